"""The names that proposals deprecate, remove or change, and the extensions that use them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .._files import FileContent
from ..extensions.affected import AffectedFile, explain_stale, find_results
from ..extensions.symbols import decided_changes
from ..extensions.upgrade import ChangesFile, DeclaredChange
from ..process.model import Process
from ..proposals.model import Proposal
from .model import AffectedEntry


def affected_entries(
    proposal: Proposal, files: Mapping[str, FileContent]
) -> tuple[AffectedEntry, ...]:
    """Return the extensions that use the names of a proposal; none if the results are outdated.

    :param files: the attachments of the corpus.
    """
    results = find_results(files, proposal.path)
    if not isinstance(results, AffectedFile) or explain_stale(results, proposal):
        return ()
    return tuple(
        AffectedEntry(
            extension=name,
            version=record.version,
            affected=record.is_affected,
            symbols=tuple(sorted({use.symbol for use in record.uses})),
            places=len(record.uses),
        )
        for name, record in sorted(results.extensions.items())
        if record.uses
    )


def changes_file(
    proposals: Iterable[Proposal],
    process: Process,
    url_of: Callable[[int], str],
    titles: Mapping[int, str | None],
) -> ChangesFile:
    """Return the changes of the proposals that are accepted or released.

    :param url_of: returns the URL of a proposal's page; empty if it is unknown.
    :param titles: the titles of proposals by number.
    """
    return ChangesFile(
        process=process.acronym,
        changes=tuple(
            DeclaredChange(
                **change._asdict(),
                title=titles.get(change.number) or None,
                url=url_of(change.number) or None,
            )
            for change in decided_changes(proposals, process)
        ),
    )

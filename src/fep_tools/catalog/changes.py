"""The names that proposals deprecate, remove or change, for ``api/changes.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..extensions.symbols import decided_changes
from ..extensions.upgrade import ChangesFile, DeclaredChange
from ..process.model import Process
from ..proposals.model import Proposal
from .build import plain_title


def changes_file(
    proposals: Iterable[Proposal], process: Process, url_of: Callable[[int], str]
) -> ChangesFile:
    """Return the changes of the proposals that are accepted or released.

    :param url_of: returns the URL of a proposal's page; empty if it is unknown.
    """
    proposals = [proposal for proposal in proposals if proposal.number is not None]
    titles = {p.number: plain_title(p, process) for p in proposals}
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

"""What changed in the texts of proposals since the decisions about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import get_args

from .._cache import key, tool
from .._text import parse_json
from ..catalog.model import Catalog, CatalogEntry
from ..history.decisions import find_decision
from ..history.model import Event, History, Timeline
from ..proposals.model import Proposal
from ..repository import Repository
from .former_text import read_former_texts
from .textdiff import compare_texts, DifferenceKind, TextChange, with_context, Words


@dataclass(frozen=True)
class ChangesSince:
    """The changes of a text since the decision about its proposal; none if it reads the same.

    :param status: The status that the decision gave, as it was written.
    :param changes: Without those of typography, and with a few unchanged words around each.
    """

    status: str
    commit: str
    date: date | None
    changes: tuple[TextChange, ...]

    @cached_property
    def counts(self) -> tuple[int, int]:
        """The numbers of removed and of added words."""
        counts = [change.counts for change in self.changes]
        return sum(removed for removed, _ in counts), sum(added for _, added in counts)

    def __bool__(self) -> bool:
        """Return whether readers see other words than those that were decided on."""
        return any(self.counts)


def changes_since_decision(
    repository: Repository, proposals: Iterable[Proposal], history: History
) -> dict[int, ChangesSince]:
    """Return by number what changed in the words of *proposals* since they were decided.

    A proposal that no commit has decided is left out: what was decided elsewhere is a record,
    and its first version here is not the text that was decided on. So is one whose text at that
    commit cannot be read. Git is asked once, and not at all if nothing has changed since the last
    time.
    """
    decided: dict[int, tuple[Timeline, Event]] = {}
    texts: dict[int, str] = {}
    for proposal in proposals:
        line = history.by_path.get(proposal.path)
        event = find_decision(line.statuses, repository.process) if line and line.complete else None
        if line and event and event.commit and proposal.number is not None:
            decided[proposal.number] = line, event
            texts[proposal.number] = proposal.body_text
    keys = {number: _key(*decided[number], texts[number], repository) for number in decided}
    known: dict[bytes, tuple[TextChange, ...]] = {}
    for name, text in repository.cache.get(keys.values()).items():
        with suppress(ValueError, TypeError, LookupError):
            known[name] = tuple(_changes_from(text))
    missing = {number: decided[number] for number in decided if keys[number] not in known}
    new: dict[bytes, str] = {}
    for number, former in (read_former_texts(repository, missing) if missing else {}).items():
        changes = tuple(_compare(former.proposal.body_text, texts[number]))
        known[keys[number]] = changes
        new[keys[number]] = _dump(changes)
    repository.cache.put(new)
    return {
        number: ChangesSince(event.after or "", event.commit or "", event.date, known[keys[number]])
        for number, (_line, event) in decided.items()
        if keys[number] in known
    }


def with_changes(catalog: Catalog, changes: Mapping[int, ChangesSince]) -> Catalog:
    """Return a catalog that says whether texts have changed since the decisions about them.

    :param changes: What :func:`changes_since_decision` returned.
    """

    def compared(entry: CatalogEntry) -> CatalogEntry:
        found, decided = changes.get(entry.number), entry.decided_text
        if found is None or decided is None:
            return entry
        removed, added = found.counts
        values = {"changed": bool(found), "removed_words": removed, "added_words": added}
        return entry.model_copy(update={"decided_text": decided.model_copy(update=values)})

    return catalog.model_copy(update={"proposals": tuple(map(compared, catalog.proposals))})


def _compare(before: str, after: str) -> Iterable[TextChange]:
    for change in compare_texts(before, after):
        if not change.is_typography:
            yield TextChange(change.section, change.line, tuple(with_context(change.pieces)))


# The cache ---------------------------------------------------------------------------------------


def _key(line: Timeline, event: Event, text: str, repository: Repository) -> bytes:
    paths = (line.path or "", *line.former_paths)
    return key("decided", tool(), repository.process_text, event.commit or "", repr(paths), text)


def _dump(changes: Iterable[TextChange]) -> str:
    return json.dumps(
        [
            {
                "section": change.section,
                "line": change.line,
                "pieces": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
            }
            for change in changes
        ]
    )


def _changes_from(text: str) -> Iterable[TextChange]:
    """Yield the changes in the cache; a repository may come with a prepared one.

    :raises ValueError: It is anything else; or TypeError or LookupError.
    """
    for row in parse_json(text):
        pieces = tuple(Words(_KINDS[piece["kind"]], str(piece["text"])) for piece in row["pieces"])
        yield TextChange(str(row["section"]), int(row["line"]), pieces)


_KINDS: dict[str, DifferenceKind] = {kind: kind for kind in get_args(DifferenceKind)}

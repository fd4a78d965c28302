"""What changed in the texts of proposals since they were accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import get_args

from .._cache import key, tool
from .._text import parse_json
from ..history.model import Event, History, Timeline
from ..process.model import Process
from ..proposals.model import Proposal
from ..repository import Repository
from .former_text import read_former_texts
from .textdiff import compare_texts, Kind, TextChange, with_context, Words


@dataclass(frozen=True)
class ChangesSince:
    """The changes of a text since its proposal was accepted.

    :param status: The first status that means so, as it was written.
    :param changes: Without those of typography, and with a few unchanged words around each.
    """

    status: str
    commit: str
    date: date | None
    changes: tuple[TextChange, ...]

    @property
    def counts(self) -> tuple[int, int]:
        """The numbers of removed and of added words."""
        counts = [change.counts for change in self.changes]
        return sum(removed for removed, _ in counts), sum(added for _, added in counts)


def changes_since_acceptance(
    repository: Repository, proposals: Iterable[Proposal], history: History
) -> dict[int, ChangesSince]:
    """Return by number what changed in the words of *proposals* since they were accepted.

    A proposal that no commit has accepted is left out: what was decided elsewhere is a record,
    and its first version here is not the text that was accepted. Git is asked once, and not at
    all if nothing has changed since the last time.
    """
    accepted: dict[int, tuple[Timeline, Event]] = {}
    texts: dict[int, str] = {}
    for proposal in proposals:
        line = history.by_path.get(proposal.path)
        event = _acceptance(line, repository.process) if line else None
        if line and event and proposal.number is not None:
            accepted[proposal.number] = line, event
            texts[proposal.number] = proposal.body_text
    keys = {number: _key(*accepted[number], texts[number], repository) for number in accepted}
    known: dict[bytes, tuple[TextChange, ...]] = {}
    for name, text in repository.cache.get(keys.values()).items():
        with suppress(ValueError, TypeError, LookupError):
            known[name] = tuple(_changes_from(text))
    missing = {number: accepted[number] for number in accepted if keys[number] not in known}
    new: dict[bytes, str] = {}
    for number, former in (read_former_texts(repository, missing) if missing else {}).items():
        changes = tuple(_compare(former.proposal.body_text, texts[number]))
        known[keys[number]] = changes
        new[keys[number]] = _dump(changes)
    repository.cache.put(new)
    found = {
        number: ChangesSince(event.after or "", event.commit or "", event.date, changes)
        for number, (_line, event) in accepted.items()
        if (changes := known.get(keys[number], ()))
    }
    return {number: since for number, since in found.items() if any(since.counts)}


def _acceptance(line: Timeline, process: Process) -> Event | None:
    """Return the first event after which a proposal was decided in favour, if a commit made it."""
    for event in line.statuses if line.complete else ():
        status = process.resolve_status(event.after or "")
        if status and status.decision and status.stage in ("agreed", "done"):
            return event if event.commit else None
    return None


def _compare(before: str, after: str) -> Iterable[TextChange]:
    for change in compare_texts(before, after):
        if not change.is_typography:
            yield TextChange(change.section, change.line, tuple(with_context(change.pieces)))


# The cache ---------------------------------------------------------------------------------------


def _key(line: Timeline, event: Event, text: str, repository: Repository) -> bytes:
    paths = (line.path or "", *line.former_paths)
    return key("accepted", tool(), repository.process_text, event.commit or "", repr(paths), text)


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


_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}

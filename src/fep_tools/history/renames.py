"""Which file became which: by the number of the proposal, and only then as git sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from .model import Change, Commit, HeaderValues

ReadValues = Callable[[str, str], HeaderValues]
"""From a path and a blob to the values of that version."""

FindNumber = Callable[[str, HeaderValues], int | None]
"""From a path and the values there to the number of a proposal."""

Facts = tuple[int | None, str | None]
"""The number and the title of a version."""


def match_renames(commit: Commit, read: ReadValues, number: FindNumber) -> Commit:
    """*commit*, with renames by number where proposals of the same number go and come.

    What says little is alike, and git takes one for the other; what is edited much as it
    moves is not alike at all.
    """

    def facts(path: str, blob: str | None) -> Facts:
        values = read(path, blob) if blob else {}
        return number(path, values), values.get("title")

    left = {c.before or c.path: c.old_blob for c in commit.changes if c.before or not c.blob}
    came = [c for c in commit.changes if c.blob and (c.before or not c.old_blob)]
    if not left or not came:
        return commit
    known = {path: facts(path, blob) for path, blob in left.items()}
    changes = [c for c in commit.changes if c.blob and c.old_blob and not c.before]
    for change in sorted(came, key=lambda some: (some.before is None, some.path)):
        before = _source(facts(change.path, change.blob), change.before, known)
        known.pop(before or "", None)
        changes.append(replace(change, before=before, old_blob=left.get(before or "")))
    changes += [Change(path, None, None, left[path]) for path in known]
    return replace(commit, changes=tuple(changes))


def _source(version: Facts, seen: str | None, left: Mapping[str, Facts]) -> str | None:
    """Which of the paths that were *left* a file comes from, in whose place git saw *seen*.

    It is the one of its number; one of another number only if the title says the same.
    """
    number, title = version
    old, old_title = left.get(seen or "", (None, None))
    if number is None or (seen in left and old in {None, number}):
        return seen if seen in left else None
    same = (path for path, facts in left.items() if facts[0] == number)
    return next(same, seen if seen in left and old_title == title else None)

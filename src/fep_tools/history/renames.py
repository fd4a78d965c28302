"""Follow proposals across renames: by number first, and only then by the likeness that git sees.

Git pairs a removed and an added file if enough of their lines agree. For proposals that goes
wrong in both ways: short drafts from one template look alike, and a proposal that is edited much
while it moves does not look like itself. So the renames of each commit are matched again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from .model import Commit, FileChange, HeaderValues

ReadValues = Callable[[str, str], HeaderValues]
"""A function from a path and a blob to the headers of that version."""

FindNumber = Callable[[str, HeaderValues], int | None]
"""A function from a path and the headers there to the number of a proposal."""


class Identity(NamedTuple):
    """The number and the title of one version of a proposal, if it has them."""

    number: int | None
    title: str | None


def match_renames(commit: Commit, read_values: ReadValues, find_number: FindNumber) -> Commit:
    """Return *commit* with renames between files of the same number.

    For example, a commit removes ``fep-1.txt`` and ``fep-2.txt`` and adds ``fep-0001.rst`` and
    ``fep-0002.rst``, and git takes each of them for the other one. Here ``fep-1.txt`` becomes
    ``fep-0001.rst``.
    """

    def identify(path: str, blob: str | None) -> Identity:
        values = read_values(path, blob) if blob else {}
        return Identity(find_number(path, values), values.get("title"))

    # Former paths and their blobs: of files that were removed, or renamed as git sees it.
    removed = {c.before or c.path: c.old_blob for c in commit.changes if c.before or not c.blob}
    added = [c for c in commit.changes if c.blob and (c.before or not c.old_blob)]
    if not removed or not added:
        return commit
    sources = {path: identify(path, blob) for path, blob in removed.items()}
    by_number: dict[int | None, deque[str]] = {}
    for path, identity in sources.items():
        by_number.setdefault(identity.number, deque()).append(path)
    changes = [c for c in commit.changes if c.blob and c.old_blob and not c.before]
    # Files for which git has seen a source choose first, and a source is used once.
    for change in sorted(added, key=lambda change: (change.before is None, change.path)):
        file = identify(change.path, change.blob)
        paths = by_number.get(file.number, deque())
        while paths and paths[0] not in sources:  # another file has come from there
            paths.popleft()
        source = _find_source(file, change.before, sources, next(iter(paths), None))
        sources.pop(source or "", None)
        changes.append(replace(change, before=source, old_blob=removed.get(source or "")))
    changes += [FileChange(path, None, None, removed[path]) for path in sources]
    return replace(commit, changes=tuple(changes))


def _find_source(
    file: Identity,
    seen_by_git: str | None,
    sources: Mapping[str, Identity],
    same_number: str | None,
) -> str | None:
    """Return the former path of an added file, or ``None`` if it is new.

    :param same_number: The first source with its number, if there is one.

    =========================  ======================  =====================================
    the file has               git has seen            then it comes from
    =========================  ======================  =====================================
    no number                  a source or none        what git has seen
    number 7                   7, or one without       what git has seen
    number 7                   another, none           a source with number 7, if any
    number 7, none is 7        9, with the same title  what git has seen: it was renumbered
    number 7, none is 7        9, with another title   nowhere: it is new
    =========================  ======================  =====================================
    """
    source = seen_by_git if seen_by_git in sources else None
    seen = sources.get(source or "", Identity(None, None))
    if file.number is None or (source is not None and seen.number in {None, file.number}):
        return source
    if same_number is not None:
        return same_number
    return source if seen.title == file.title else None

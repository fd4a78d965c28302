"""Another number for a proposal, as edits of the files that there are, and as files moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from .._text import quote
from ..diagnostics import Edit, Span
from ..editing.renumber import Renumbering
from ..errors import FepError
from ..process.model import Process


class Renaming(NamedTuple):
    """The edits of each file under the path that it has now, and the files that become others."""

    edits: Mapping[str, list[Edit]]
    moved: Mapping[str, str]


def number(name: str, process: Process) -> int:
    """The number that somebody asks for; raises :class:`FepError` where it is none."""
    found = re.fullmatch(rf"(?i)(?:{re.escape(process.acronym)}[ -]?)?0*([0-9]{{1,4}})", name)
    if found is None:
        raise FepError(f"{quote(name)} is no number; write the new one, such as 12")
    return int(found[1])


def renaming(made: Renumbering, text: Callable[[str], str]) -> Renaming:
    """What *made* changes; *text* gives what a file says now."""
    before = {after: path for path, after in made.moved.items()}
    texts = {before.get(path, path): new for path, new in made.texts.items()}
    return Renaming({path: difference(text(path), new) for path, new in texts.items()}, made.moved)


def difference(old: str, new: str) -> list[Edit]:
    """The edits, of whole lines, that make *new* of *old*; what is the same stays as it is."""
    before, after = re.split(r"(?<=\n)", old), re.split(r"(?<=\n)", new)
    steps = SequenceMatcher(None, before, after).get_opcodes()
    return [
        Edit(Span(*_place(before, first), *_place(before, last)), "".join(after[start:end]))
        for kind, first, last, start, end in steps
        if kind != "equal"
    ]


def _place(lines: list[str], index: int) -> tuple[int, int]:
    """Where the line of that index begins, or the last one ends."""
    return (index + 1, 1) if index < len(lines) else (len(lines), len(lines[-1]) + 1)

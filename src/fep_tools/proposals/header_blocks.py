"""Find the block of headers at the top of a file or under its title.

Blocks are indices of lines as range() takes them.
"""

from __future__ import annotations

import re

from ..process.schema import Dialect
from .text_headers import FENCE, find_below_title

HEADER = {
    # "Discussions-To: ...", "PEP : 8", of up to three words; not the URL of "https://...".
    "rfc2822": re.compile(
        r"(?P<name>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2})(?P<colon>\s*:\s*)(?!//)"
    ),
    # ":Implementation Team: ..."; neither ":a::" nor the role of ":pep:`8`".
    "field-list": re.compile(r":(?P<name>[^:\s](?:[^:]*[^:\s])?)(?P<colon>:)(?!:|[\w:.+-]*`)\s*"),
}
"""What a header looks like in a dialect whose headers are one block."""

OF_SPHINX = frozenset(("nocomments", "nosearch", "orphan", "tocdepth"))
"""Fields at the top of a file that Sphinx reads, and does not show."""


def find_block(lines: list[str], dialect: Dialect) -> tuple[int, int] | None:
    """Return where the headers are, which may be between two lines of ``---``."""
    return _find_fenced(lines, dialect) or _FIND_BLOCK[dialect](lines)


def _find_fenced(lines: list[str], dialect: Dialect) -> tuple[int, int] | None:
    """Find a block between two lines of ``---`` at the top, without a blank line in it.

    A ``---`` with a header on the next line is not its end, if there is another one below; it
    belongs to no header.
    """
    if lines[0].rstrip() != FENCE:
        return None
    is_header = HEADER[dialect].match
    stop = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    fences = [index for index in range(1, stop) if lines[index].rstrip() == FENCE]
    ends = [index for index in fences[:-1] if not is_header(lines[index + 1])] + fences[-1:]
    has_header = bool(ends) and any(map(is_header, lines[1 : ends[0]]))
    return (0, ends[0] + 1) if has_header else None


def _find_rfc2822(lines: list[str]) -> tuple[int, int] | None:
    """Find the first paragraph, if a line in it is a header."""
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    is_header = HEADER["rfc2822"].match
    return (start, end) if any(map(is_header, lines[start:end])) else None


def _find_field_list(lines: list[str]) -> tuple[int, int] | None:
    """Find the first field list, if nothing but the title of the document is above it.

    Labels, comments, directives and definitions of substitutions may stand above it too, and
    fields for Sphinx, such as ``:orphan:``.
    """
    is_header = HEADER["field-list"].match
    start = find_below_title(lines, lambda index: is_header(lines[index]) is not None)
    if start is None:
        return None
    end = _end_of_field_list(lines, start)
    fields = filter(None, map(is_header, lines[start:end]))
    if all(match["name"] in OF_SPHINX for match in fields):
        return _find_field_list([*[""] * end, *lines[end:]])
    return start, end


def _end_of_field_list(lines: list[str], start: int) -> int:
    """Return the index after the last field.

    Blank lines between two fields belong to the list. A text in the first column ends it, and so
    does an indented one after a blank line.
    """
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        is_continued = end == index and line[:1].isspace()
        if line.strip() and (is_continued or HEADER["field-list"].match(line)):
            end = index + 1
        elif line.strip():
            break
    return end


_FIND_BLOCK = {"rfc2822": _find_rfc2822, "field-list": _find_field_list}

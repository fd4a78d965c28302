"""Find headers that are written as text below the title: paragraphs, directives or a list.

APEs have ``paragraphs``, whose names may also be in bold::

    APE Purpose and Process
    -----------------------

    author: Perry Greenfield, Lia Corrales

    date-created: 2013 October 11

    revised-by:

    * Lia Corrales - 2021 February 26 - Added APE modification process

In Markdown, no blank line needs to be above the list.

GHC's proposals have ``directives``, among others that are part of the text::

    Standalone kind signatures
    ==========================

    .. author:: Richard Eisenberg
    .. implemented:: 8.10
    .. contents::

TAPs have a ``bullet-list``, which may also be at the top of the file::

    * TAP: 3
    * Title: Multi-role delegations
    * Author: Trishank Karthik Kuppusamy,
              Sebastien Awwad
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from .header_field import Field, Line
from .rst.allowlist import DIRECTIVES

FENCE = "---"
"""The line above and below front matter."""

# "author: Ada", "**Author:** Ada" and "**Author**: Ada"; not the URL of "https://...".
_PARAGRAPH = re.compile(
    r"(?P<bold>\*\*)?(?P<name>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2}(?:\(s\))?)"
    r"(?P<colon>(?(bold)(?::\*\*|\*\*:)|\s*:(?!//))(?=\s|$)\s*)"
)
# "- author: Ada", "* **Author:** Ada"
_BULLET = re.compile(rf"[*+-] +{_PARAGRAPH.pattern}")
# ".. date-accepted:: 2018-09-30"
_DIRECTIVE = re.compile(r"\.\. (?P<name>[^\W\d_][\w-]*)(?P<colon>\s?::(?=\s|$)\s*)")

_ITEM = re.compile(r"(?P<mark>\s*[*+-] +)?")

# "## Preamble", "Header" and "# Metadata": titles of the headers, not of the text.
_TITLE_OF_HEADERS = re.compile(r"(?:#+\s*)?(?:pre[aä]mble|headers?|metadata)\s*:?", re.IGNORECASE)

_NOT_HEADERS = DIRECTIVES | {
    "default-role", "highlight", "include", "index", "meta", "module", "raw", "role", "toctree",
}  # fmt: skip
"""Directives of docutils and Sphinx that stand at the top of a text, and are part of it."""

# "====", the line over or under a title. A title of two letters may have two.
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*$")

# ".. _label:", ".. comment" and ".. |name| replace:: text", which are no text of their own.
_EXPLICIT_MARKUP = re.compile(r"(?:\.\.|__)(?:\s|$)")


def find_below_title(lines: Sequence[str], is_header: Callable[[int], bool]) -> int | None:
    """Return the index of the first header, if nothing but the title of the document is above it.

    Labels, comments, directives and definitions of substitutions may stand above it too, and the
    front matter of another generator of sites.

    :param is_header: says of the index of a line whether a header begins there.
    """
    texts, is_explicit = 0, False
    _start, above = find_front_matter(lines) or (0, 0)
    for index, line in enumerate(lines[above:], above):
        if is_header(index):
            return index
        if not line.strip() or (is_explicit and line[0].isspace()):
            continue
        # NumPy's and others' " .. _label:" has a blank before it now and then.
        is_explicit = _EXPLICIT_MARKUP.match(line.lstrip()) is not None
        is_text = not is_explicit and not _ADORNMENT.match(line.strip())
        texts += is_text and not _TITLE_OF_HEADERS.fullmatch(line.strip())
        if texts > 1:
            break
    return None


def title_of_headers(lines: Sequence[str], start: int) -> int:
    """Return the index of a heading such as "Preamble" right above *start*, or else *start*."""
    above = start - 1
    while above >= 0 and (not lines[above].strip() or _ADORNMENT.match(lines[above].strip())):
        above -= 1
    is_title = above >= 0 and _TITLE_OF_HEADERS.fullmatch(lines[above].strip())
    return above if is_title else start


def find_front_matter(lines: Sequence[str]) -> tuple[int, int] | None:
    """Find what is between a line of ``---`` at the top and the next; blank lines may be in it.

    :return: indices of lines, as range() takes them.
    """
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines) - 1)
    if lines[start].rstrip() != FENCE:
        return None
    ends = (n for n in range(start + 1, len(lines)) if lines[n].rstrip() in (FENCE, "..."))
    end = next(ends, None)
    return None if end is None else (start, end + 1)


def parse_paragraphs(lines: Sequence[str]) -> list[Field]:
    """Return the paragraphs below the title that are headers; another text is the end of them."""
    fields: list[Field] = []
    start = find_below_title(lines, partial(_is_paragraph, lines))
    for first, end in [] if start is None else _paragraphs(lines, start):
        block = lines[first:end]
        if _is_paragraph(lines, first):
            fields += _fields(block, first)
        elif fields and not fields[-1].lines[0].text and re.match(r"[*+-] ", block[0]):
            fields[-1] = _with_items(fields[-1], block, first)
        else:
            break
    return fields


def _is_paragraph(lines: Sequence[str], index: int) -> bool:
    """Return whether a paragraph is a header, and no title, such as ``SLEP006: Routing``."""
    if (index and lines[index - 1].strip()) or not _PARAGRAPH.match(lines[index]):
        return False
    below = lines[index + 1].rstrip() if index + 1 < len(lines) else ""
    return not _ADORNMENT.match(below)


def parse_directives(lines: Sequence[str]) -> list[Field]:
    """Return the directives below the title that are headers; other text is the end of them."""
    fields: list[Field] = []
    is_header = False
    start = find_below_title(lines, lambda index: _match_directive(lines[index]) is not None)
    for index, line in [] if start is None else enumerate(lines[start:], start):
        if match := _match_directive(line):
            is_header = True
            fields.append(_field(match, line, index))
        elif line.strip() and line[0].isspace():
            if is_header:
                fields[-1] = _continued(fields[-1], line, index)
        elif line.strip() and not line.startswith(".. "):
            break
        else:
            is_header = False
    return fields


def parse_bullets(lines: Sequence[str]) -> list[Field]:
    """Return the items of the first list that are headers; other text is the end of them."""
    fields: list[Field] = []
    is_below_blank = False
    start = find_below_title(lines, lambda index: _BULLET.match(lines[index]) is not None)
    for index, line in [] if start is None else enumerate(lines[start:], start):
        if match := _BULLET.match(line):
            fields.append(_field(match, line, index))
        elif line.strip():
            if is_below_blank or not line[0].isspace():
                break
            fields[-1] = _with_items(fields[-1], [line], index)
        is_below_blank = not line.strip()
    return fields


def _match_directive(line: str) -> re.Match[str] | None:
    match = _DIRECTIVE.match(line)
    return match if match and match["name"] not in _NOT_HEADERS else None


def _paragraphs(lines: Sequence[str], start: int) -> list[tuple[int, int]]:
    """Return the first index of every paragraph, and the index after it."""
    blanks = [n for n in range(start, len(lines)) if not lines[n].strip()]
    edges = [start - 1, *blanks, len(lines)]
    pairs = pairwise(edges)
    return [(before + 1, end) for before, end in pairs if end > before + 1]


def _fields(block: Sequence[str], first: int) -> list[Field]:
    """Return the headers in a paragraph; a line that is none continues the one before."""
    fields: list[Field] = []
    for index, line in enumerate(block, first):
        if match := _PARAGRAPH.match(line):
            fields.append(_field(match, line, index))
        else:
            fields[-1] = _with_items(fields[-1], [line], index)
    return fields


def _field(match: re.Match[str], line: str, index: int) -> Field:
    value = Line(index + 1, match.end() + 1, line[match.end() :].rstrip())
    return Field(match["name"], match.start("name") + 1, match["colon"], (value,))


def _continued(field: Field, line: str, index: int, skip: int = 0) -> Field:
    """Return *field* with another line, of which *skip* characters are not part of the value."""
    text = line[skip:].strip()
    column = skip + len(line[skip:]) - len(line[skip:].lstrip()) + 1
    return replace(field, lines=(*field.lines, Line(index + 1, column, text)))


def _with_items(field: Field, block: Sequence[str], first: int) -> Field:
    """Return *field* with the items of a list as its value, without their bullets."""
    for index, line in enumerate(block, first):
        mark = _ITEM.match(line)
        field = _continued(field, line, index, mark.end() if mark else 0)
    return field

"""Comments in proposals that suppress rules, and the lines that they apply to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..diagnostics import Span
from ..proposals.body import Body, Heading, Location, Occurrence
from ..proposals.model import Proposal

COMMENT_PREFIX = "fep:"
"""The beginning of a comment that is meant for this tool, after the two dots.

A text without these characters has no comment that suppresses a rule.
"""

IGNORE_EXAMPLE = ".. fep: ignore[H103] and the reason"
"""A valid comment, for messages."""

# fep: ignore[H103, link-bare] The thread names no day.
_IGNORE = re.compile(r"fep: ?ignore\[(?P<codes>[\w, -]*)\] ?(?P<reason>.*)")

# The beginning of a comment. These also begin with two dots, and are none: ".. [1] footnote",
# ".. _target: x", ".. |name| replace:: x" and ".. note:: x". But ".. See a::b" is one.
_COMMENT = re.compile(r"\.\.(?:\s+(?!\s|_|\||\[[^\s\]]+\](?:\s|$)|[\w.+:-]+ ?::(?:\s|$))|$)")

# The beginning of an option, as in "-o FILE, --output=FILE  "
_OPTION = re.compile(r"(?:--|[-+/])\w")

# What ends a name of options: two blanks, or one of another kind
_GAP = re.compile(r"  |[^\S ]")


@dataclass(frozen=True)
class InlineIgnore:
    """A comment that suppresses rules in a part of its proposal.

    :param codes: Codes or names of rules, as written.
    :param first_line: The first line in which the rules are suppressed, from 1.
    :param last_line: The last of these lines.
    """

    path: str
    span: Span
    codes: tuple[str, ...]
    reason: str
    first_line: int
    last_line: int

    def covers(self, line: int) -> bool:
        """Return whether findings on a line are suppressed."""
        return self.first_line <= line <= self.last_line


def ignore_comments(proposal: Proposal) -> Iterator[tuple[Occurrence, re.Match[str] | None]]:
    """Yield the comments that begin with ``fep:``, each with its parts or ``None``."""
    for comment in (proposal.body or Body()).comments:
        if comment.name.startswith(COMMENT_PREFIX):
            yield comment, _IGNORE.fullmatch(comment.name)


def inline_ignores(proposal: Proposal) -> tuple[InlineIgnore, ...]:
    """Return the comments of a proposal that suppress rules, with the lines they apply to.

    A comment at the top of the body applies to the whole proposal, with its headers and the files
    that it includes. At the start of an item (``- .. fep: ignore[B020] x``), it applies to the
    rest of that item. Elsewhere it applies to the block after it: a paragraph, a list item or a
    directive with everything indented under it, or a whole section if a title follows. It applies
    to nothing if its position is unknown, or if it is in an included file.
    """
    comments = [(comment, match) for comment, match in ignore_comments(proposal) if match]
    if not comments:  # as nearly always; to look for the blocks would cost more than all rules
        return ()
    blocks = _Blocks(proposal)
    return tuple(
        InlineIgnore(
            proposal.path,
            comment.location.span,
            tuple(code for code in re.split("[ ,]+", match["codes"]) if code),
            match["reason"],
            *_covered_lines(proposal, comment.location, blocks),
        )
        for comment, match in comments
    )


def is_included(proposal: Proposal, line: int) -> bool:
    """Return whether a line below a proposal is that of a file that it includes."""
    return line > len(proposal.lines)


def _covered_lines(proposal: Proposal, location: Location, blocks: _Blocks) -> tuple[int, int]:
    """Return the first and the last line that the comment at *location* applies to.

    The last one is less than the first if the comment applies to nothing.
    """
    lines, line = proposal.lines, location.line
    if location.is_empty or is_included(proposal, line):
        return line, 0
    before = lines[line - 1][: location.column - 1]
    if (item := _item_start(before)) is not None:
        return line, blocks.next_block(line, item) - 1
    if not before and blocks.is_at_top(line):
        included = proposal.body.inclusions if proposal.body else ()
        return 1, max([len(lines), *(each.first_line + each.length for each in included)])
    start = blocks.after_comments(line)
    return start, blocks.section_end(start) or blocks.block_end(start)


def _item_start(before: str) -> int | None:
    """Return the column from 0 of the item that begins on a line; ``None`` if none does.

    It is that of "- ", "1. ", ":field: ", ".. note:: ", ".. [1] " or "-o FILE, --output=FILE  "
    without outer ones. Each character is looked at a few times: a line may have 5,000.

    :param before: What is on the line before the comment.
    """
    mark = before.rstrip()
    if not mark or mark == before:
        return None
    words = mark[: -len(mark.split()[-1])]
    starts = [len(words)]
    outer = words.rstrip()
    if outer.endswith("..") and outer != words:
        starts.append(len(outer) - 2)
    if mark.endswith(":") and -1 < (colon := mark.rfind(":", 0, -1)) < len(mark) - 2:
        starts.append(colon)
    if before.startswith("  ", len(mark)):
        end = max((gap.end() for gap in _GAP.finditer(mark)), default=0)
        if option := _OPTION.search(mark, end):
            starts.append(option.start())
    return min(starts)


class _Indents:
    """Lines with text, to find one that is not deeper without looking at those in between.

    :param numbers: The numbers of the lines, from 1.
    """

    def __init__(self, lines: Sequence[str], numbers: Iterable[int]) -> None:
        self._numbers = [*numbers, len(lines) + 1]
        self._depths = [_indent(lines[number - 1]) for number in self._numbers[:-1]] + [-1]
        self._less_deep = [0] * len(self._numbers)  # the index of the next line that is less deep
        waiting: list[int] = []
        for index, depth in enumerate(self._depths):
            while waiting and self._depths[waiting[-1]] > depth:
                self._less_deep[waiting.pop()] = index
            waiting.append(index)

    def after(self, line: int, depth: int) -> int:
        """Return the first line after *line* at that depth or less; after the last one if none."""
        index = bisect_right(self._numbers, line)
        while self._depths[index] > depth:
            index = self._less_deep[index]
        return self._numbers[index]


class _Blocks:
    """The blocks of a proposal, each looked for once: it may have tens of thousands of comments."""

    def __init__(self, proposal: Proposal) -> None:
        self._lines = proposal.lines
        self._top = proposal.preamble.last_line + 1
        self._after: dict[int, int] = {}
        texts = [n for n, line in enumerate(self._lines, start=1) if line.strip()]
        self._texts = _Indents(self._lines, texts)
        # The first lines of paragraphs, and for each line with text the one before it.
        first = [n for n, before in zip(texts, [0, *texts], strict=False) if n > before + 1]
        self._paragraphs = _Indents(self._lines, first)
        self._before = dict(zip([*texts, len(self._lines) + 1], [0, *texts], strict=True))
        self._headings = (proposal.body or Body()).headings
        self._sections: dict[int, int] = {}

    def next_block(self, line: int, depth: int | None = None) -> int:
        """Return the line after the block on *line*, without what is indented under that block.

        :param depth: The indentation of the block, by default that of its first line.

        In this example it is 4 for line 1::

            .. fep: ignore[B020]
               A reason over two lines.

            A paragraph.
        """
        return self._texts.after(line, _indent(self._lines[line - 1]) if depth is None else depth)

    def block_end(self, line: int) -> int:
        """Return the last line of the block on *line*, with everything indented under it."""
        if line > len(self._lines):  # there is none
            return line
        following = self._paragraphs.after(line, _indent(self._lines[line - 1]))
        return max(line, self._before[following])

    def section_end(self, line: int) -> int:
        """Return the last line of the section that begins on *line*; 0 if none begins there.

        A title with an overline is on the next line.
        """
        headings = self._headings
        index = bisect_left(headings, line, key=lambda heading: heading.location.line)
        if index == len(headings) or headings[index].location.line > line + 1:
            return 0
        if index not in self._sections:
            # The section ends before the next heading of the same level or of a higher one.
            rest = (h for h in headings[index + 1 :] if h.level <= headings[index].level)
            ends = (_title_start(self._lines, heading) - 1 for heading in rest)
            self._sections[index] = next(ends, len(self._lines))
        return self._sections[index]

    def after_comments(self, line: int) -> int:
        """Return the line of the first block after *line* that is no comment for this tool.

        Two comments above one paragraph both apply to the paragraph.
        """
        passed = []
        while line not in self._after:
            passed.append(line)
            following = self.next_block(line)
            if following > len(self._lines) or not _is_ignore(self._lines, following):
                self._after[line] = following
            else:
                line = following
        self._after.update(dict.fromkeys(passed, self._after[line]))
        return self._after[line]

    def is_at_top(self, line: int) -> bool:
        """Return whether only blank lines and comments are between the headers and *line*.

        :param line: A line that is not above that of an earlier call.
        """
        lines = self._lines
        while self._top < line:
            text, following = lines[self._top - 1].rstrip(), lines[self._top].strip()
            if not text or (text == ".." and not following):
                # A comment without text does not include what is indented below a blank line.
                self._top += 1
            elif _COMMENT.match(text):
                self._top = self.next_block(self._top)
            else:
                return False
        return True


def _is_ignore(lines: Sequence[str], line: int) -> bool:
    """Return whether a comment for this tool is on *line*, or its two dots with the text below."""
    text = "\n".join(lines[line - 1 : line + 1])
    return re.match(rf"\s*\.\.\s+{COMMENT_PREFIX}", text) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _title_start(lines: Sequence[str], heading: Heading) -> int:
    """Return the line of a title, or that of its overline, which is equal to the underline."""
    line = heading.location.line
    if line in (1, len(lines)):  # a title in Markdown may be on the last line
        return line
    overline, underline = lines[line - 2].rstrip(), lines[line].rstrip()
    return line - 1 if overline and overline == underline else line

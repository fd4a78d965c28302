"""The plain text of a proposal, in which a fix may replace characters.

Everything else is hidden: code, URLs, names that something links to, titles, tables, options and
the content of most directives. Where the markup of a paragraph is not certain, such as with a
backtick too many, the whole paragraph is hidden. That costs a fix, and a mistake would cost text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...proposals.layout import find_tables
from ...proposals.model import Proposal
from ...proposals.rst.allowlist import ADMONITIONS, NESTED

HIDDEN = "\0"
"""The character that stands for each that is hidden."""

MAX_PARAGRAPH = 20_000
"""How many characters a paragraph may have; a longer one is hidden.

Of code between backticks, each row of backticks is looked for up to the end of the paragraph.
"""

_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\(?(?:\d+|[A-Za-z#])[.)])\s")

# Signs around markup: "*" in straight quotation marks is no emphasis, and of a backslash before
# one, only the mark is shown.
_AROUND_MARKUP = re.compile(r"(?<=\\).|[^\w\s*`|~](?:[*`|_~]+[^\w\s*`|~])+", re.DOTALL)

# "https://flask.example/it's", "www.flask.example", "ada@flask.example"
_URL = re.compile(r"(?<!\S)(?=\S*(?:://|www\.|@))\S+")

# A line of nothing but signs may become the line under a title.
_NO_WORDS = re.compile(r"^[^\w\n]+$", re.MULTILINE)


def plain_text(proposal: Proposal) -> list[str]:
    """Return the lines of a proposal, with :data:`HIDDEN` for all that is no plain text."""
    first = proposal.preamble.last_line
    lines = [*proposal.lines[first:]]
    read, inline, doubtful = _MARKDOWN if proposal.is_markdown else _RST
    shown = [HIDDEN * len(line) for line in proposal.lines]
    for start, end in _paragraphs(lines, read(lines)):
        text = "\n".join(lines[start:end])
        if len(text) <= MAX_PARAGRAPH and not doubtful.search(_hide(text, inline)):
            text = _hide(text, (*inline, _URL, _AROUND_MARKUP, _NO_WORDS))
            shown[first + start : first + end] = text.split("\n")
    return shown


def _paragraphs(lines: Sequence[str], numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each paragraph or list item, and the line after it.

    :param numbers: The indexes of the lines with plain text.
    """
    start = end = 0
    for number in numbers:
        if number != end or _ITEM.match(lines[number]):
            if start < end:
                yield start, end
            start = number
        end = number + 1
    if start < end:
        yield start, end


def _hide(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Return *text* with all matches hidden, but for the ends of lines."""
    characters = list(text)
    for pattern in patterns:
        for match in pattern.finditer(text):
            characters[match.start() : match.end()] = re.sub(r"[^\n]", HIDDEN, match[0])
    return "".join(characters)


# reStructuredText --------------------------------------------------------------------------

_BOXES = frozenset((*ADMONITIONS, *NESTED, "admonition", "sidebar", "topic"))
"""Directives whose content is text; that of others is code, a table or a file."""

_DIRECTIVE = re.compile(r"\s*\.\. (?P<name>[\w-]+)::")
_EXPLICIT = re.compile(r"(?:^|\s)\.\.(?:\s|$)")  # also in a list: "- .. image:: a.png"
_ADORNMENT = re.compile(r"\s*([!-/:-@\[-`{-~])\1+\s*$")

_RST_INLINE = (
    re.compile(r"``.+?``|`[^`]*`", re.DOTALL),
    re.compile(r"\|[^|]+\|"),  # substitutions
    re.compile(r"(?<!\S)(?=\S*_(?!\w))\S+"),  # "name_", "[1]_"
)


def _rst_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of the lines of paragraphs, lists, definitions and boxes."""
    tables = {n for start, end in find_tables(lines) for n in range(start, end)}
    # What is indented more than "..", ":option:" or "Example::" belongs to it.
    owner: int | None = None
    is_hidden = False  # until the next blank line
    after_colons = False  # the last line ended with "::"
    for number, line in enumerate(lines):
        text, indent = line.lstrip(), len(line) - len(line.lstrip())
        if not text:
            is_hidden = False
            continue
        if owner is not None and indent > owner:
            after_colons = False
            continue
        is_after_blank = number == 0 or not lines[number - 1].strip()
        # Code after "::" may also have a quotation mark before each line.
        is_code = text.startswith(">>> ") or (after_colons and not text[0].isalnum())
        is_hidden = is_hidden or (is_code and is_after_blank)
        after_colons = text.rstrip().endswith("::")
        owner = indent if after_colons else None
        if _EXPLICIT.search(line):
            box = _DIRECTIVE.match(line) if is_after_blank else None
            owner = None if box and box["name"] in _BOXES else indent
            is_hidden = True
            after_colons = after_colons and not box
        elif is_hidden or number in tables or text[0] in "|+" or _is_title(lines, number):
            pass
        elif text[0] == ":" or text.startswith("__ "):
            owner = indent
        else:
            yield number


def _is_title(lines: Sequence[str], number: int) -> bool:
    """Return whether a line is a title, or a line over or under one."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return any(map(_ADORNMENT.match, (lines[number], following)))


# Markdown ----------------------------------------------------------------------------------

# What is before the text of a line: "> - ", "  1. ", "[^note]: ".
_PREFIX = re.compile(r"[ \t>]*(?:(?:[-+*]|\d+[.)]|\[\^[^\]]+\]:)[ \t>]+)*")
_FENCE = re.compile(r"(?P<mark>`{3,}(?=[^`]*$)|~{3,}|:{3,}|\$\$)")
_SETEXT = re.compile(r"(?:=+|-+)\s*$")

# "[name]: URL", and "<table>" but not "<https://flask.example>"
_HIDDEN_BLOCK = re.compile(r"\[(?!\^)[^\]]+\]:|<(?![\w.+-]+[:@])")

_MARKDOWN_INLINE = (
    re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL),
    # The URL and the title of a link: '](https://flask.example "Say (it)")'
    re.compile(r"""\]\((?:[^()"'\\]|\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\([^()]*\))*\)"""),
    re.compile(r"\[[^\[\]]*\](?!\()"),  # "[name]", "[text][name]"
    re.compile(r"<!--.*-->|<[^<>]*>", re.DOTALL),
    re.compile(r"(?<!\$)\$(?!\$).*\$", re.DOTALL),  # formulas, and what is between them
    re.compile(r"\{[^{}]*\}"),
)


def _markdown_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of the lines of paragraphs, lists, quotations and tables."""
    fence = ""  # what ends the block of code, the formula or the comment that has begun
    is_hidden = False  # until the next blank line
    titles = _underlined(lines)
    for number, line in enumerate(lines):
        prefix = _PREFIX.match(line)
        before = prefix[0] if prefix else ""
        text = line[len(before) :]
        if fence:
            is_end = fence in line if fence in ("-->", "$$") else _ends_fence(text, fence)
            fence = "" if is_end else fence
        elif not text.strip():
            is_hidden = False
        elif match := _FENCE.match(text):
            is_one_line = match["mark"] == "$$" and "$$" in text[2:]
            fence = "" if is_one_line else match["mark"]
        elif "<!--" in text and "-->" not in text.rpartition("<!--")[2]:
            fence = "-->"
        else:
            is_hidden = is_hidden or _HIDDEN_BLOCK.match(text) is not None
            # Four blanks may make it code.
            is_code = "    " in before or "\t" in before
            if not (is_hidden or is_code or text.startswith("#") or number in titles):
                yield number


def _ends_fence(text: str, fence: str) -> bool:
    return text.startswith(fence) and not text.strip().strip(fence[0])


def _underlined(lines: Sequence[str]) -> set[int]:
    """Return the indexes of the lines of titles that have a line of ``===`` or ``---`` below."""
    found: set[int] = set()
    start = 0
    for number, line in enumerate(lines):
        text = line.strip("> \t")
        if _SETEXT.match(text):
            found.update(range(start, number + 1))
        if not text or number in found:
            start = number + 1
    return found


# How to read a markup: its lines with plain text, what to hide in them, and what must not be left
# then, since it is the half of something.
_RST = _rst_lines, _RST_INLINE, re.compile("`")
_MARKDOWN = _markdown_lines, _MARKDOWN_INLINE, re.compile(r"`|\]\(|<|\$")

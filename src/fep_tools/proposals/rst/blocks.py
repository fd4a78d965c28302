"""Find blocks that docutils took for something else because of blank lines, dots or indentation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from docutils import nodes

from ..._text import quote
from .allowlist import DIRECTIVES
from .locator import Locator
from .prose import Leak, Prose

OTHER_DIRECTIVES = frozenset(
    ("centered", "csv-table", "default-role", "figure", "footer", "glossary", "header", "include",
     "index", "line-block", "literalinclude", "math", "meta", "only", "productionlist", "raw",
     "role", "tabularcolumns", "title", "toctree", "todo")
)  # fmt: skip
"""Directives of docutils and Sphinx that are refused, but meant as directives all the same."""

MAX_BULLET_LINE = 64
"""A line that ends before this column was not broken because it was full."""


def known_directives(extra: Collection[str]) -> frozenset[str]:
    """Return the names that are taken for a directive, whatever else is missing."""
    return frozenset((*DIRECTIVES, *OTHER_DIRECTIVES, *extra))


# Explicit markup ---------------------------------------------------------------------------

# "... note:: x", "..note:: x", ". . note::", "… note::", "note:: x" at the start of a paragraph.
_DIRECTIVE = re.compile(
    r"(?P<dots>\.{3,4} ?|\.\.|\. \.? ?|\u2026\.? ?|: ?|)"
    r"(?P<name>[A-Za-z][\w-]*(?::[\w-]+)?)(?P<colons> ?::?)(?=\s|$|(?<=::)\w)"
)

# "..[1] x", ".._name: x", "..|x| replace:: y" at the start of a line.
_EXPLICIT = re.compile(r"(?P<dots>\.{3,4} ?|\.\.)(?=\[[\w#*.-]+\] |_[^:\n]+:|\|[^|\n]+\| [a-z]+::)")

# ".. note:: x" on a later line of a paragraph.
_GLUED = re.compile(r"^\.\.(?: (?P<text>[^\n]*)|$)", re.MULTILINE)


def find_directives(prose: Prose, directives: Collection[str]) -> Iterator[Leak]:
    """Yield directives, targets and footnotes in *prose* that are shown as text."""
    text = prose.text
    # The lines at the beginning, as in "..[1] x\n..[2] y": a fix of the first alone would leave
    # the next one at the beginning of a paragraph.
    start, leaks = 0, [*_first_line(prose, 0, directives)]
    while leaks:
        yield from leaks
        start = text.find("\n", start) + 1
        leaks = [*_first_line(prose, start, directives)] if start else []
    if "\n.." in text:
        for match in _GLUED.finditer(text, text.index("\n") + 1):
            source = prose.source[match.start() : match.end()]
            message = f"{quote(source)} is shown as text, because no blank line is before it"
            yield Leak("directive-text", *match.span(), message, "put a blank line before it")


def _first_line(prose: Prose, start: int, directives: Collection[str]) -> Iterator[Leak]:
    if match := _DIRECTIVE.match(prose.text, start):
        yield from _directive(prose, match, directives)
    elif match := _EXPLICIT.match(prose.text, start):
        source = prose.source[start:].split("\n", 1)[0]
        message = f"{quote(source)} is shown as text: it begins with two dots and a blank"
        yield Leak("directive-text", *match.span(), message, "", ".. ")


def _directive(prose: Prose, match: re.Match[str], directives: Collection[str]) -> Iterator[Leak]:
    name, dots, colons = match["name"], match["dots"], match["colons"].strip()
    source = prose.source[match.start() : match.end()]
    is_known = name.lower() in directives
    # "note::" alone announces a literal block, and "..then::" is a kind of ellipsis.
    has_text = prose.text[match.end() : match.end() + 1] == " "
    if dots == "" and not (is_known and colons == "::" and (has_text or "-" in name)):
        return
    if not is_known and (dots != ".." or colons != "::" or not has_text):
        return
    if colons == ":" and dots != "..":
        return
    meant = f".. {name}::"
    is_allowed = is_known and name not in OTHER_DIRECTIVES
    if prose.text[match.end() : match.end() + 1].strip():
        meant += " "  # "..note::x"
    certain = meant if is_allowed and name == name.lower() else ""
    message = f"{quote(source)} is no directive, and is shown as text; write {meant.strip()}"
    yield Leak("directive-text", *match.span(), message, "", certain)


# Lines of a paragraph that begin another block -----------------------------------------------

_ITEM = re.compile(
    r"^(?P<mark>[-*+\u2022\u2023\u2043]|[0-9]+[.)]|#\.|\([0-9a-z]\)|[a-z][.)]) +(?P<text>\S.*)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\(?[0-9]+[.)]")

# "1.First" and "#. a" on lines of a paragraph
_NUMBERED_LINE = re.compile(r"^(?P<number>[0-9]{1,3}|#)[.)](?P<blank> *)(?=[^\W\d_])", re.MULTILINE)
_UNDERLINE = re.compile(r"^(?P<mark>[=~^#*+_-])(?P=mark)+$", re.MULTILINE)
_TABLE = re.compile(r"^(?:=+(?: +=+)+|\+[-=]{2,}[-=+]*\+)$", re.MULTILINE)
_DOCTEST = re.compile(r"^>>> .*", re.MULTILINE)

# Bullets that docutils does not know.
_BULLET = re.compile(
    r"^(?P<mark>[\u00b7\u25cf\u25aa\u25cb\u25e6\u2013\u2014\u2610\u2611]) +\S", re.MULTILINE
)

_FIRST_MARKS = frozenset(["-", "*", "+", "•", "‣", "⁃", "#.", "1.", "1)", "(1)", "a.", "a)", "(a)"])

_URL = re.compile(r"\s<[^<>]*>`__?")


def find_glued_blocks(prose: Prose, *, is_item: bool) -> Iterator[Leak]:
    """Yield lists, titles, tables and code that lack a blank line before them.

    :param is_item: The paragraph is in an item of a list.
    """
    text = prose.text
    if len(re.findall(_BULLET, text)) > 1 and (match := _BULLET.match(text)):
        message = f"{quote(match['mark'])} begins no list item, and is shown as text"
        yield Leak("list", *match.span("mark"), message, "begin each item with - and a blank")
    if "\n" not in text:
        return
    second = text.index("\n") + 1
    yield from _glued_list(prose, second, is_item=is_item)
    yield from _tight_list(prose)
    if match := _UNDERLINE.search(text, second):
        yield _glued_title(prose, match, second)
    if match := _TABLE.search(text, second):
        message = "the table is shown as text, because no blank line is before it"
        yield Leak("markup", *match.span(), message, "put a blank line before it")
    if match := _DOCTEST.search(text, second):
        message = "the Python session is shown as text, because no blank line is before it"
        yield Leak("code", *match.span(), message, "put a blank line before it")


def _glued_list(prose: Prose, second: int, *, is_item: bool) -> Iterator[Leak]:
    items = list(_ITEM.finditer(prose.text, second))
    if not items:
        return
    first = items[0]
    before = prose.source[: first.start() - 1].split("\n")[-1]
    # What the reader sees of "`text <URL>`__" is short.
    length = len(_URL.sub("", before)) + len(first["text"].split()[0])
    kinds = [re.sub("[0-9]+|[a-z]", "1", item["mark"]) for item in items]
    # "PEP\n380. It" is no item, but "1." begins a list; "- and so" is a dash.
    is_first = first["mark"] in _FIRST_MARKS and (is_item or not first["text"][0].islower())
    is_broken = length < MAX_BULLET_LINE - 6
    # "1. a\n3. b" and "1. a\n1. b": to docutils, the second number is none of a list.
    opening = _ITEM.match(prose.text)
    is_numbered = opening is not None and all(
        _NUMBER.fullmatch(item["mark"]) for item in (opening, first)
    )
    is_list = len(kinds) > len(set(kinds)) or before.rstrip().endswith(":")
    if is_numbered or is_list or (is_first and is_broken):
        what = "a nested list" if is_item else "a list"
        end = first.end("mark")
        source = prose.source[first.start() : first.end()]
        message = (
            f"{quote(source)} looks like an item of {what}, but is shown as part of the paragraph"
        )
        help_ = "put a blank line before the list, and indent the lines that continue an item"
        # If there is a line between them, as in "1. a\nb\n2. c", it is that line's indentation.
        if is_numbered and first.start() == second:
            help_ = "number the items in order, without a gap, or begin each with #. instead"
        yield Leak("list", first.start(), end, message, help_)


def _tight_list(prose: Prose) -> Iterator[Leak]:
    """Yield the first item without a blank after its number, as in ``1.First`` and ``2.Second``."""
    items = list(_NUMBERED_LINE.finditer(prose.text))
    tight = next((item for item in items if not item["blank"]), None)
    # The numbers count from the first line on, so that "3.x" at the start of a line is no item.
    numbers = [item["number"] for item in items]
    counted = [str(int(numbers[0]) + n) for n in range(len(items))] if "#" not in numbers else []
    is_list = len(items) > 1 and items[0].start() == 0 and numbers in (counted, ["#"] * len(items))
    if tight and is_list:
        message = f"{quote(tight[0])} begins no list item, and is shown as text"
        yield Leak("list", *tight.span(), message, "put a blank after it")


def _glued_title(prose: Prose, match: re.Match[str], second: int) -> Leak:
    line = match[0]
    if prose.text.count("\n", 0, match.start()) == 1:
        # docutils: "Possible title underline, too short for the title."
        message = f"the underline {quote(line)} is too short, so the title is shown as text"
        return Leak("underline", *match.span(), message, "make it as long as the title")
    title = prose.source[: match.start() - 1].split("\n")[-1]
    message = f"the title {quote(title)} is shown as text, because no blank line is before it"
    start = match.start() - 1 - len(title)
    return Leak("markup", start, match.start() - 1, message, "put a blank line before it")


# Indentation -------------------------------------------------------------------------------

_CODE = re.compile(
    r"""\s*(?:
      \.\.\.\ |\$\ \w|def\ \w+\(|class\ \w+.*:$|from\ [\w.]+\ import\ |import\ [\w.]+(?:\ as\ \w+)?$
    | @\w[\w.]*(?:\(.*\))?$|\#\s*include\b
    | (?:if|elif|for|while|with|except|async\ \w+)\b.*:$|(?:else|try|finally):$
    | return\b(?:\ \S+){0,6}$|raise\ \w+|(?:print|assert)\(
    | [A-Za-z_][\w.]*(?:\[[^\]]*\])?(?::\ [\w\[\],\ .]+)?\ [-+*/|]?=\ \S
    | [A-Za-z_][\w.]*\([^)]*\)[;:]?$|[{}\])]+[,;]?$
    | (?:pip|git|npm|cd|sudo|curl|python3?)\ [\w-]+
    )""",
    re.VERBOSE,
)

_SENTENCE = re.compile(r"[A-Z][a-z]+(?: \S+){4,}[.:]$")


def is_code(lines: Collection[str]) -> bool:
    """Return whether at least half of the *lines* look like code, and none like a sentence."""
    lines = [line for line in lines if line.strip()]
    hits = sum(1 for line in lines if _CODE.match(line))
    return bool(hits) and 2 * hits >= len(lines) and not any(map(_SENTENCE.match, lines))


def quoted_lines(quotation: nodes.block_quote) -> list[str]:
    """Return the lines of a block quote that holds only text, or none."""
    plain = (nodes.paragraph, nodes.definition_list, nodes.block_quote, nodes.system_message)
    if not all(isinstance(child, plain) for child in quotation.children):
        return []
    if any(True for _ in quotation.findall(nodes.literal)):
        return []
    source: str = quotation.rawsource
    return [] if "::" in source else source.split("\n")


def is_below_item(
    before: nodes.Node | None, after: nodes.Node | None, locator: Locator, line: int | None
) -> bool:
    """Return whether a quotation on *line* was meant as text of the list item *before* it.

    It is indented less than the text of the item, or what is *after* it goes on with the list.
    """
    if not isinstance(before, (nodes.bullet_list, nodes.enumerated_list)):
        return False
    if _continues(before, after):
        return True
    paragraphs = before.children[-1].findall(nodes.paragraph)
    mark = locator.line(next((node.line for node in paragraphs), None))
    match = _MARK.match(locator.text(mark))
    column = locator.line(line).column - mark.column
    return match is not None and 0 < column < match.end()


_MARK = re.compile(r"(?:[-*+\u2022\u2023\u2043]|\(?(?:[0-9]+|#|[A-Za-z]+)[.)])\s+")


def _continues(before: nodes.Element, after: nodes.Node | None) -> bool:
    """Return whether *after* goes on with the numbers of the list *before*."""
    if not (isinstance(before, nodes.enumerated_list) and isinstance(after, nodes.enumerated_list)):
        return False
    is_same = before["enumtype"] == after["enumtype"] and before["suffix"] == after["suffix"]
    start: int = after.get("start", 1)
    return is_same and start == before.get("start", 1) + len(before.children)


def is_split_sentence(item: Any) -> bool:
    """Return whether a definition is only the second line of a sentence, indented too much.

    In ``- a long first line\\n    and a second one``, docutils takes the first line for a term.
    """
    term, definition = item.children[0], item.children[-1]
    paragraph = definition.children[0] if definition.children else None
    if not isinstance(paragraph, nodes.paragraph) or not isinstance(term, nodes.term):
        return False
    words = " ".join(child for child in term.children if isinstance(child, nodes.Text)).split()
    is_continued = re.match(r"[a-z](?!\w*://)", paragraph.rawsource) is not None
    # A signature has its explanation below it: "load(name) -> module".
    if re.search(r"\w\(|->", term.rawsource):
        return False
    return is_continued and (len(words) >= 3 or term.rawsource.endswith(","))


def stray_line(source: str) -> str:
    """Return the line of a literal block that is prose, indented like the block by mistake.

    It is indented less than the code, but more than the text around it.
    """
    if not source.startswith(" "):
        return ""
    blocks = re.split(r"\n\s*\n", source)
    lines = [block.split("\n")[-1] for block in blocks[1:]]
    return next((line for line in lines if re.match(r"[A-Z]\S*(?: \S+)*::?$", line)), "")

"""Read files with drafts, in Markdown or reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from .._files import MAX_FILE_BYTES
from .._text import quote
from ..errors import FepError
from ..process.model import Process
from ..proposals.model import build_vocabulary
from .drafts import Draft, DraftSection
from .rst_blocks import render_blocks, title
from .rst_inline import Conversion, lose_markup, plain_text, render_inline, Token

MARKDOWN = (".md", ".markdown", ".mdown")
RST = (".rst", ".rest", ".txt")

# The block of headers at the top, as in EIPs and DEPs: "---\ntitle: Typed views\n---\n".
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PLAIN_HEADERS = re.compile(
    r"\A(?P<lines>(?:[A-Z][\w-]*:[ \t][^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,})\n"
)
_KEY = re.compile(r"(?P<key>[A-Za-z][\w -]*):(?:\s+(?P<value>.*))?$")

# "Ada Lovelace (@ada)": EIPs have the name of an account.
_HANDLE = re.compile(r"(?<!\s)\s*\(@[\w-]+\)")

# "Ada Lovelace <ada@example.org>"
_ADDRESS = re.compile(r"(?<!\s)\s*<[^<>@]+@[^<>]+>")


def read_draft(data: bytes, name: str, process: Process) -> Draft:
    """Return the draft in a file.

    :param name: its name, whose suffix says how it is written; ``-`` is Markdown
    :raises FepError: if it is not a text, or of another kind
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*MARKDOWN, *RST) and name != "-":
        raise FepError(f"{quote(name)} is no draft; use a .md or .rst file")
    if len(data) > MAX_FILE_BYTES:
        raise FepError(f"the draft {quote(name)} is too large; a proposal has at most 1 MiB")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\0", "\ufffd")
    except UnicodeDecodeError:
        raise FepError(f"the draft {quote(name)} is not UTF-8; save it as UTF-8") from None
    headers, text = _split_headers(text)
    draft = _read_rst(text, process) if suffix in RST else _read_markdown(text, process)
    _use_headers(draft, headers, process)
    return draft


def _split_headers(text: str) -> tuple[dict[str, str], str]:
    """Return the headers at the top of a draft, by their names in lower case, and the rest."""
    match = _FRONT_MATTER.match(text) or _PLAIN_HEADERS.match(text)
    if match is None:
        return {}, text
    headers: dict[str, str] = {}
    key = ""
    for line in match["lines"].split("\n"):
        if found := _KEY.match(line):
            key = found["key"].lower()
            headers[key] = _unquote(found["value"] or "")
        elif key and line.strip():
            # "author:\n  - Ada", or a second line of a value
            more = _unquote(line.strip().removeprefix("- "))
            headers[key] = f"{headers[key].rstrip(',')}, {more}".removeprefix(", ")
    return headers, text[match.end() :]


def _unquote(value: str) -> str:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return ", ".join(map(_unquote, value[1:-1].split(",")))
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _use_headers(draft: Draft, headers: Mapping[str, str], process: Process) -> None:
    """Take title, author and type from *headers*, and report the others."""
    heading, draft.title = draft.title, headers.get("title") or draft.title
    if heading and heading.casefold() != draft.title.casefold():
        draft.losses.append(
            f"the first heading, {quote(heading)}, is not the title; it was left out"
        )
    draft.author = _HANDLE.sub("", headers.get("author") or headers.get("authors") or "")
    header = process.header_for("authors")
    if header and not header.emails and _ADDRESS.search(draft.author):
        draft.author = _ADDRESS.sub("", draft.author)
        draft.losses.append(f"{quote(header.name)} has no e-mail addresses; they were left out")
    draft.type = headers.get("type") or ""
    others = [key for key in headers if key not in {"title", "author", "authors", "type"}]
    if others:
        draft.losses.append(f"headers that were not used: {', '.join(others)}")


# Markdown ----------------------------------------------------------------------------------


def _read_markdown(text: str, process: Process) -> Draft:
    from .markdown_parser import parse_markdown  # not at the top: no other command needs mistune

    notes = Conversion()
    tokens = parse_markdown(text, notes)
    headings = [token for token in tokens if token["type"] == "heading"]
    notes.anchors = _anchors(headings)
    first = headings[0] if headings else None
    draft = Draft([])
    standard = {section.title.casefold() for section in process.sections}
    if first is not None and _is_title(first, headings, standard):
        draft.title = _heading_text(first)
        lose_markup(first["children"], notes)
        tokens = [token for token in tokens if token is not first]
    draft.sections = list(_sections(tokens, notes))
    last = draft.sections[-1]
    if notes.definitions:
        last.text = "\n\n".join([last.text, *notes.definitions]).lstrip("\n")
    draft.losses = notes.losses
    return draft


def _is_title(first: Token, headings: Sequence[Token], standard: Collection[str]) -> bool:
    """Return whether the first heading is the title of the draft, and not that of a section.

    It is if all others are below it, or if only later ones have its level: some authors write
    ``# Typed views``, ``## Abstract``, and later ``# Specification``.
    """
    level = first["attrs"]["level"]
    others = [other["attrs"]["level"] for other in headings[1:]]
    is_section = _heading_text(first).casefold() in standard
    return not is_section and (level < min(others, default=7) or level < others[0])


def _heading_text(heading: Token) -> str:
    return " ".join(plain_text(heading["children"]).split())


def _anchors(headings: Iterable[Token]) -> dict[str, str]:
    """Return the titles by the anchors that GitHub gives them: ``how-it-works``."""
    anchors: dict[str, str] = {}
    for heading in headings:
        text = _heading_text(heading)
        anchor = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        anchors.setdefault(anchor, text)
    return anchors


def _sections(tokens: Sequence[Token], notes: Conversion) -> Iterator[DraftSection]:
    """Yield what is above the first title, and the sections with their subsections."""
    levels = (token["attrs"]["level"] for token in tokens if token["type"] == "heading")
    top = next(levels, 1)
    current = DraftSection("", "", "")
    parts: list[str] = []
    blocks: list[Token] = []
    stack: list[int] = []

    def flush() -> None:
        parts.append(render_blocks(_without_edges(blocks), notes))
        blocks.clear()

    for token in tokens:
        if token["type"] != "heading":
            blocks.append(token)
            continue
        flush()
        level, text = token["attrs"]["level"], render_inline(token["children"], notes)
        text = " ".join(text.replace("\v", " ").split())
        if level <= top:
            current.text = "\n\n".join(filter(None, parts))
            yield current
            parts, stack = [], []
            current = DraftSection(text, title(text, 0), "")
        else:
            # A title may skip a level in Markdown.
            while stack and stack[-1] >= level:
                stack.pop()
            stack.append(level)
            parts.append(title(text, len(stack)))
    flush()
    current.text = "\n\n".join(filter(None, parts))
    yield current


def _without_edges(blocks: Sequence[Token]) -> list[Token]:
    """Return *blocks* without the lines at an end of a section, where docutils allows none."""
    kept = [block for block in blocks if block["type"] != "blank_line"]
    while kept and kept[0]["type"] == "thematic_break":
        del kept[0]
    while kept and kept[-1]["type"] == "thematic_break":
        del kept[-1]
    return kept


# reStructuredText --------------------------------------------------------------------------


def _read_rst(text: str, process: Process) -> Draft:
    from ..proposals.rst.parser import parse_body_safely

    headings = parse_body_safely(text, build_vocabulary(process)).headings
    lines = text.split("\n")
    draft = Draft([])
    if headings and all(other.level > headings[0].level for other in headings[1:]):
        draft.title, headings = headings[0].title, headings[1:]
        titles = (index for index, line in enumerate(lines) if line.strip() == draft.title)
        start, end = _title_lines(lines, text_line=next(titles, 0))
        lines[start:end] = [""] * (end - start)
    top = min((heading.level for heading in headings), default=1)
    current, begin = DraftSection("", "", ""), 0
    for heading in headings:
        if heading.level == top:
            start, end = _title_lines(lines, heading.location.line - 1)
            current.text = "\n".join(lines[begin:start]).strip("\n")
            draft.sections.append(current)
            current = DraftSection(heading.title, "\n".join(lines[start:end]), "")
            begin = end
    current.text = "\n".join(lines[begin:]).strip("\n")
    draft.sections.append(current)
    return draft


def _title_lines(lines: Sequence[str], text_line: int) -> tuple[int, int]:
    """Return the indexes of the first line of a title and of the one after its last."""
    under = lines[text_line + 1].rstrip() if text_line + 1 < len(lines) else ""
    has_overline = text_line > 0 and under and lines[text_line - 1].rstrip() == under
    return text_line - 1 if has_overline else text_line, text_line + 2

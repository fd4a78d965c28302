"""Write the block tokens of a Markdown parser as reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import indent, wrap

from .._text import quote, width
from .rst_inline import (
    Conversion,
    escape,
    lose_markup,
    lose_tooltip,
    plain_text,
    render_inline,
    Token,
)

UNDERLINES = "=-~^\"'"
"""The underlines of titles, by level."""

WIDTH = 79
"""The width of paragraphs whose lines are longer than :data:`MAX_LINE`."""

MAX_LINE = 100

# Text at the beginning of a paragraph that would begin a list, a directive or a table.
_BLOCK_START = re.compile(
    r"(?:[-+\u2022\u2023\u2043]|\(?(?:[0-9]+|[A-Za-z#]|[ivxlcdmIVXLCDM]+)[.)]|\.\.|__)(?=\s|$)|"
    r":[^:\s][^:]*:(?=\s|$)|>>>(?=\s)|([=\-~^\"'#+.,:;!?$%&/<>@])\1{3,}\s*$"
)
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1+\s*$")
_COMMENT = re.compile(r"\s*<!--(?P<text>.*?)-->\s*", re.DOTALL)
_SUMMARY = re.compile(r"</?(?:details|div|center|p|span|section)\b[^<>]*>|<br\s*/?>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[\w+#.-]+")


def render_blocks(tokens: Iterable[Token], notes: Conversion) -> str:
    """Return the text of *tokens*, its blocks with a blank line between them."""
    blocks: list[str] = []
    previous: Token = {"type": ""}
    for token in tokens:
        if text := _render(token, notes):
            if blocks and _would_join(previous, token):
                blocks.append("..")
            blocks.append(text)
            previous = token
    return "\n\n".join(blocks)


def _would_join(before: Token, after: Token) -> bool:
    """Return whether docutils takes *after* for a part of *before*: an empty comment ends it."""
    if after["type"] == "block_quote":
        return before["type"] not in {"paragraph", "block_text", "heading", "thematic_break"}
    if before["type"] != "list" or after["type"] != "list":
        return False
    return bool(before["attrs"]["ordered"] == after["attrs"]["ordered"])


def _render(token: Token, notes: Conversion) -> str:
    kind = token["type"]
    children: Sequence[Token] = token.get("children", ())
    if kind == "blank_line":
        return ""
    if kind in {"paragraph", "block_text"}:
        return paragraph(children, notes)
    if kind == "heading":
        return _bold_title(children, notes)
    if kind == "list":
        return _list(token, notes)
    if kind == "block_code":
        return _fence(token["raw"], token.get("attrs", {}).get("info") or "", notes)
    if kind == "admonition":
        return _admonition(token["attrs"]["name"], children, notes)
    if kind == "block_quote":
        return indent(render_blocks(children, notes), "   ")
    if kind == "table":
        return _table(token, notes)
    if kind == "block_html":
        return _html(token["raw"], notes)
    if kind == "def_list":
        return _definitions(children, notes)
    if kind == "footnotes":
        return "\n\n".join(_footnote(item, notes) for item in children)
    if kind == "thematic_break":
        return "----"
    return render_blocks(children, notes) if children else escape(token.get("raw", ""))


def paragraph(tokens: Sequence[Token], notes: Conversion) -> str:
    """Return a paragraph, an image that is alone in it, or a line block."""
    if len(tokens) == 1 and tokens[0]["type"] == "image" and (image := _image(tokens[0])):
        lose_tooltip(tokens[0], notes)
        return image
    text = render_inline(tokens, notes)
    if "\v" in text:
        broken = (" ".join(line.split()) for line in text.strip("\v\n ").split("\v"))
        return "\n".join(f"| {line}" for line in broken)
    wrapped = (part for line in text.split("\n") for part in _wrap(line.strip()))
    lines = [_protect(line, index) for index, line in enumerate(wrapped)]
    text = "\n".join(filter(None, lines))
    # "::" at the end would announce a literal block.
    return f"{text[:-1]}\\:" if text.endswith("::") else text


def _wrap(line: str) -> list[str]:
    """Return a line as several if it is long: some authors write a paragraph on one line."""
    if len(line) <= MAX_LINE:
        return [line]
    return wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)


def _protect(line: str, index: int) -> str:
    """Return a line of a paragraph that docutils does not take for another block."""
    is_block = _BLOCK_START.match(line) if index == 0 else None
    return f"\\{line}" if is_block or _UNDERLINE.match(line) else line


def _image(token: Token) -> str:
    url, alt = token["attrs"]["url"], " ".join(plain_text(token["children"]).split())
    if re.match(r"[a-z][a-z0-9+.-]*:|//", url, re.IGNORECASE):
        return ""
    return f".. image:: {url}" + (f"\n   :alt: {escape(alt)}" if alt else "")


def _bold_title(tokens: Sequence[Token], notes: Conversion) -> str:
    """Return a title inside a list or a quotation, where docutils allows none."""
    lose_markup(tokens, notes)
    text = escape(" ".join(plain_text(tokens).split()))
    return f"**{text}**" if text else ""


def title(text: str, level: int) -> str:
    """Return the title of a section, underlined; level 0 is the outermost."""
    line = UNDERLINES[min(level, len(UNDERLINES) - 1)]
    return f"{text}\n{line * max(width(text), 4)}"


def _fence(code: str, info: str, notes: Conversion) -> str:
    """Return a block of code in the language that *info* begins with."""
    match = _LANGUAGE.match(info)
    if rest := info[match.end() if match else 0 :].strip():
        notes.lose(f"{quote(rest)} after the language of a code block was left out")
    return code_block(code, match[0] if match else "text")


def code_block(code: str, language: str) -> str:
    """Return a block of code."""
    code = code.rstrip("\n").expandtabs(4)
    if not code.strip():
        return ""
    # The least indented line must not be moved to the margin of the block.
    return f".. code-block:: {language}\n\n{indent(code, '   ')}"


def _admonition(name: str, children: Sequence[Token], notes: Conversion) -> str:
    """Return an admonition, whose title is the first of its children."""
    title, *content = children
    argument = " ".join(render_inline(title["children"], notes).replace("\v", " ").split())
    head = f".. {name}:: {argument}".rstrip()
    return f"{head}\n\n{indent(render_blocks(content, notes), '   ')}".rstrip()


def _list(token: Token, notes: Conversion) -> str:
    attrs = token["attrs"]
    number = attrs.get("start", 1)
    items = []
    for item in token["children"]:
        if item["type"] == "blank_line":
            continue
        marker = f"{number}. " if attrs["ordered"] else "- "
        number += 1
        text = render_blocks(item["children"], notes)
        if item["type"] == "task_list_item":
            # As a ballot box, for which reStructuredText has no markup.
            box = "\u2611" if item["attrs"]["checked"] else "\u2610"
            text = f"{box} {text}"
        items.append(f"{marker}{indent(text, ' ' * len(marker)).lstrip(' ')}".rstrip())
    is_short = all("\n\n" not in item for item in items)
    return ("\n" if is_short else "\n\n").join(items)


def _table(token: Token, notes: Conversion) -> str:
    rows: list[Sequence[Token]] = []
    for part in token["children"]:
        if part["type"] == "table_head":
            rows.append(part["children"])
        else:
            rows += [row["children"] for row in part["children"]]
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in rows:
        for index, cell in enumerate(row):
            text = paragraph(cell.get("children", ()), notes)
            mark = "   * - " if index == 0 else "     - "
            lines.append(f"{mark}{indent(text, ' ' * 7).lstrip(' ')}".rstrip())
    return "\n".join(lines)


def _html(raw: str, notes: Conversion) -> str:
    if match := _COMMENT.fullmatch(raw):
        text = match["text"].strip()
        return f"..\n{indent(text, '   ')}" if text else ""
    summary = re.sub(r"<summary>(.*?)</summary>", r"**\1**\n", raw, flags=re.DOTALL | re.IGNORECASE)
    text = _SUMMARY.sub("", summary)
    if "<" not in text:
        notes.lose(f"the HTML tags of {quote(raw.strip().split(chr(10))[0])} were left out")
        paragraphs = re.split(r"\n\s*\n", text.strip().replace("**\n", "**\n\n"))
        return "\n\n".join(_html_text(words) for words in paragraphs if words.strip())
    notes.lose(f"the HTML that begins with {quote(raw.strip().split(chr(10))[0])} became code")
    return code_block(raw, "html")


def _html_text(text: str) -> str:
    text = "\n".join(line.strip() for line in text.strip().split("\n"))
    if match := re.fullmatch(r"\*\*(.+)\*\*", text):
        return f"**{escape(match[1])}**"
    return escape(text)


def _definitions(children: Sequence[Token], notes: Conversion) -> str:
    lines = []
    for child in children:
        if child["type"] == "def_list_head":
            lines.append(render_inline(child["children"], notes))
        else:
            lines.append(f"{indent(render_blocks(child['children'], notes), '   ')}\n")
    return "\n".join(lines).rstrip("\n")


def _footnote(item: Token, notes: Conversion) -> str:
    """Return a footnote with its number."""
    text = render_blocks(item["children"], notes)
    return f".. [{item['attrs']['index']}] {indent(text, '   ').lstrip(' ')}"

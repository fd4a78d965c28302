"""Write the inline tokens of a Markdown parser as reStructuredText.

reStructuredText has no markup inside other markup, so that ``**a `b` c**`` becomes three pieces:
strong text, a literal, and strong text. Where two pieces, or a piece and a word, touch each other,
a backslash and a blank keep them apart without being shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .._text import quote

Token = Mapping[str, Any]

# Characters that begin or end markup, wherever they are: "*", "`", "|" and "\\".
_ACTIVE = re.compile(r"[\\*`|]")

# "name_", "name__": a link in reStructuredText; "[1]_" as well.
_LINK_END = re.compile(r"(?<=[^\W_]|\])_+(?!\w)")

# What may be before and after inline markup (docutils, "Inline markup recognition rules").
_MAY_BEGIN = re.compile(r"[\s'\"(\[{<\-/:\u2018\u201c\u00ab\u2013\u2014]$|^$")
_MAY_END = re.compile(r"^[\s'\")\]}>\-/:.,;!?\\\u2019\u201d\u00bb\u2013\u2014]|^$")

_URL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)[^>]*>")

STYLES = {
    "strong": "**", "b": "**",
    "emphasis": "*", "em": "*", "i": "*",
}  # fmt: skip
"""The marks of tokens and of HTML tags."""

_ROLES = {"sub": "sub", "sup": "sup"}


class InlinePiece(NamedTuple):
    """A part of a paragraph.

    :param is_markup: It may not touch a word.
    """

    text: str
    is_markup: bool = False


@dataclass
class Conversion:
    """The state of a conversion, with what cannot be written in reStructuredText.

    :param anchors: The titles of the draft, by the anchor that Markdown gives them.
    :param definitions: Substitution definitions for images inside a line.
    """

    losses: list[str] = field(default_factory=list)
    anchors: Mapping[str, str] = field(default_factory=dict)
    definitions: list[str] = field(default_factory=list)

    def lose(self, text: str) -> None:
        """Add a loss, once."""
        if text not in self.losses:
            self.losses.append(text)


def escape(text: str) -> str:
    r"""Return *text* as docutils shows it: ``*args`` is ``\*args``."""
    text = _ACTIVE.sub(r"\\\g<0>", text)
    return _LINK_END.sub(lambda match: match[0].replace("_", "\\_"), text)


def render_inline(tokens: Iterable[Token], notes: Conversion) -> str:
    """Return a paragraph; its lines are those of the draft."""
    return _join(list(_pieces(list(tokens), notes, "")))


def plain_text(tokens: Iterable[Token]) -> str:
    """Return the text of *tokens* without any markup."""
    parts = []
    for token in tokens:
        if token["type"] in {"softbreak", "linebreak"}:
            parts.append(" ")
        elif token["type"] != "inline_html":
            parts.append(token.get("raw") or plain_text(token.get("children", ())))
    return "".join(parts)


def _pieces(tokens: list[Token], notes: Conversion, style: str) -> Iterator[InlinePiece]:
    """Yield the pieces of *tokens*, text with the marks *style* around it."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token["type"] == "inline_html":
            found = _html_span(tokens, position - 1)
            if found:
                name, end = found
                inside = tokens[position : end - 1]
                position = end
                yield from _html(name, inside, notes, style)
                continue
        yield from _WRITERS.get(token["type"], _unknown)(token, notes, style)


def _html_span(tokens: list[Token], start: int) -> tuple[str, int] | None:
    """Return the name of a tag and the index after the one that ends it; ``None`` if none does."""
    first = _TAG.fullmatch(tokens[start]["raw"])
    if not first or first["end"]:
        return None
    for index in range(start + 1, len(tokens)):
        if tokens[index]["type"] == "inline_html":
            last = _TAG.fullmatch(tokens[index]["raw"])
            if last and last["end"] and last["name"].lower() == first["name"].lower():
                return first["name"].lower(), index + 1
    return None


def _html(name: str, inside: list[Token], notes: Conversion, style: str) -> Iterator[InlinePiece]:
    if name in STYLES:
        yield from _pieces(inside, notes, STYLES[name])
    elif name in {"code", "kbd", "tt", "samp"}:
        yield literal(plain_text(inside))
    elif name in _ROLES:
        yield InlinePiece(f":{_ROLES[name]}:`{escape(plain_text(inside))}`", is_markup=True)
    else:
        notes.lose(f"the HTML tag <{name}> was left out, and its text was kept")
        yield from _pieces(inside, notes, style)


def _text(token: Token, _notes: Conversion, style: str) -> Iterator[InlinePiece]:
    text = escape(token["raw"])
    if not style or not text.strip():
        yield InlinePiece(text)
        return
    # The marks may not have a blank inside: "** so**".
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    yield InlinePiece(text[:start])
    yield InlinePiece(f"{style}{text[start:end]}{style}", is_markup=True)
    yield InlinePiece(text[end:])


def _styled(token: Token, notes: Conversion, style: str) -> Iterator[InlinePiece]:
    # Strong text wins: there is no "strong and emphasised".
    marks = max(style, STYLES[token["type"]], key=len)
    children = _merge_text(_flatten(token["children"], marks))
    yield from _pieces(children, notes, marks)


def _merge_text(tokens: Iterable[Token]) -> list[Token]:
    """Return *tokens* with neighbouring texts as one, so that they get marks once."""
    merged: list[Token] = []
    for token in tokens:
        raw = "\n" if token["type"] == "softbreak" else token.get("raw", "")
        is_text = token["type"] in {"text", "softbreak"}
        if is_text and merged and merged[-1]["type"] == "text":
            merged[-1] = {"type": "text", "raw": merged[-1]["raw"] + raw}
        elif is_text:
            merged.append({"type": "text", "raw": raw})
        else:
            merged.append(token)
    return merged


def _flatten(tokens: Iterable[Token], marks: str) -> Iterator[Token]:
    """Yield *tokens*, and instead of emphasis inside *marks*, which are as strong, its text."""
    for token in tokens:
        if token["type"] in {"strong", "emphasis"} and len(STYLES[token["type"]]) <= len(marks):
            yield from _flatten(token["children"], marks)
        else:
            yield token


def literal(text: str) -> InlinePiece:
    """Return code in a line."""
    text = " ".join(text.split("\n"))
    if text.strip() and text == text.strip() and "``" not in text and "`" not in text[0] + text[-1]:
        return InlinePiece(f"``{text}``", is_markup=True)
    if not text.strip():
        return InlinePiece(text)
    shown = re.sub(r"[\\`]", r"\\\g<0>", text.strip())
    return InlinePiece(f":literal:`{shown}`", is_markup=True)


def _link(token: Token, notes: Conversion, style: str) -> Iterator[InlinePiece]:
    url = token["attrs"]["url"]
    text = " ".join(plain_text(token["children"]).split())
    lose_tooltip(token, notes)
    if url.startswith("#"):
        title = notes.anchors.get(url[1:].lower())
        if title is None:
            notes.lose(f"the link to {quote(url)} was left out: the draft has no such section")
            yield from _pieces(list(token["children"]), notes, style)
        elif title == text:
            yield InlinePiece(f"`{escape(title)}`_", is_markup=True)
        else:
            yield InlinePiece(f"`{_link_text(text)} <{_link_text(title)}_>`__", is_markup=True)
    elif url in (text, f"mailto:{text}"):
        yield InlinePiece(text, is_markup=True)
    elif not text:
        yield InlinePiece(url, is_markup=True)
    else:
        yield InlinePiece(f"`{_link_text(text)} <{_target(url)}>`__", is_markup=True)


def lose_tooltip(token: Token, notes: Conversion) -> None:
    """Report the title of a link or an image, for which reStructuredText has no markup."""
    if tooltip := token["attrs"].get("title"):
        what = "an image" if token["type"] == "image" else "a link"
        notes.lose(f"the tooltip {quote(tooltip)} of {what} was left out")


def lose_markup(tokens: Iterable[Token], notes: Conversion) -> None:
    """Report what :func:`plain_text` leaves out of a title: URLs and HTML."""
    for token in tokens:
        if url := token.get("attrs", {}).get("url"):
            notes.lose(f"the link to {quote(url)} in a title was left out")
            lose_tooltip(token, notes)
        elif token["type"] == "inline_html":
            notes.lose(f"the HTML {quote(token['raw'])} in a title was left out")
        lose_markup(token.get("children", ()), notes)


def _link_text(text: str) -> str:
    return re.sub(r"[\\`<>]", r"\\\g<0>", text)


def _target(url: str) -> str:
    # "<https://example.org/a_>" would be the name of another target.
    url = url.replace("\\", "%5C").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return re.sub("_$", r"\\_", url)


def _image(token: Token, notes: Conversion, _style: str) -> Iterator[InlinePiece]:
    url, alt = token["attrs"]["url"], " ".join(plain_text(token["children"]).split())
    lose_tooltip(token, notes)
    if _URL.match(url):
        notes.lose(f"the image {quote(url)} became a link: put its file next to the proposal")
        yield InlinePiece(f"`{_link_text(alt or 'image')} <{_target(url)}>`__", is_markup=True)
        return
    name = f"image {len(notes.definitions) + 1}"
    option = f"\n   :alt: {escape(alt)}" if alt else ""
    notes.definitions.append(f".. |{name}| image:: {url}{option}")
    yield InlinePiece(f"|{name}|", is_markup=True)


def _struck(token: Token, notes: Conversion, style: str) -> Iterator[InlinePiece]:
    text = plain_text(token["children"])
    notes.lose(f"{quote(text)} is no longer struck through: remove it, or say that it is outdated")
    yield from _pieces(list(token["children"]), notes, style)


def _footnote(token: Token, _notes: Conversion, _style: str) -> Iterator[InlinePiece]:
    yield InlinePiece(f"[{token['attrs']['index']}]_", is_markup=True)


def _inline_html(token: Token, notes: Conversion, _style: str) -> Iterator[InlinePiece]:
    raw = token["raw"]
    if re.match(r"<br\b", raw):
        yield InlinePiece("\v")
    elif raw.startswith("<!--"):
        notes.lose(f"the comment {quote(raw)} was left out")
    else:
        notes.lose(f"the HTML tag {quote(raw)} was left out")


def _unknown(token: Token, notes: Conversion, style: str) -> Iterator[InlinePiece]:
    if "children" in token:
        yield from _pieces(list(token["children"]), notes, style)
    else:
        yield InlinePiece(escape(token.get("raw", "")))


_WRITERS: dict[str, Callable[[Token, Conversion, str], Iterator[InlinePiece]]] = {
    "text": _text,
    "strong": _styled,
    "emphasis": _styled,
    "codespan": lambda token, _notes, _style: iter([literal(token["raw"])]),
    "link": _link,
    "image": _image,
    "strikethrough": _struck,
    "footnote_ref": _footnote,
    "inline_html": _inline_html,
    "softbreak": lambda _token, _notes, _style: iter([InlinePiece("\n")]),
    # A line that ends here; see BlockWriter.
    "linebreak": lambda _token, _notes, _style: iter([InlinePiece("\v")]),
}


def _join(pieces: list[InlinePiece]) -> str:
    text = ""
    is_markup = False
    for piece in pieces:
        if not piece.text:
            continue
        touches_before = piece.is_markup and not _MAY_BEGIN.search(text[-1:])
        touches_after = is_markup and not _MAY_END.match(piece.text[:1])
        if touches_before or touches_after:
            text += "\\ "
        text += piece.text
        is_markup = piece.is_markup
    return text

"""The text of a page as a reader sees it: words, images and anchors."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

# Their text runs on: "py<b>th</b>on" is one word.
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark",
     "math", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr")
)  # fmt: skip
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
_NO_TEXT = frozenset(("head", "script", "style", "template"))


class PageText(HTMLParser):
    """The words of a page, in parts. A formula is one word.

    :param part_classes: Parts by the class or the id of the element that they are in. What is in
        none of them is the part ``""``, and what is in an element of the part ``"-"`` is left out.
    :param root: The name of the element that holds the text.
    """

    def __init__(self, root: str, part_classes: dict[str, str]) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self._root = root
        self._part_classes = part_classes
        self._parts: list[tuple[str, str | None]] = []  # open elements, and the parts they begin
        self._formula = 0  # the depth of the formula that is open
        self._texts: dict[str, list[str]] = {}

    def words(self, part: str = "") -> list[str]:
        """Return the words of a part; an image is a word like ``[figure.png]``."""
        return "".join(self._texts.get(part, ())).split()

    @property
    def _part(self) -> str | None:
        return next((part for _tag, part in reversed(self._parts) if part is not None), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        part = self._begins(tag, values)
        if part is not None or self._part is not None:
            self.anchors.update(filter(None, (values.get("id"), values.get("name"))))
        is_formula = tag == "math" or "formula" in values.get("class", "").split()
        if tag not in _INLINE and not self._formula:
            self._add(" ")
        if tag not in _VOID:
            self._parts.append((tag, part))
            if is_formula and not self._formula:
                self._formula = len(self._parts)
        if tag in ("img", "object"):
            source = unquote(values.get("src") or values.get("data") or "")
            if source:
                self._add(f" [{source.rpartition('/')[2]}] ")

    def _begins(self, tag: str, values: dict[str, str]) -> str | None:
        if self._part is None:
            return "" if tag == self._root else None
        if tag in _NO_TEXT:
            return "-"
        if self._part == "-":
            return None
        names: Collection[str] = [*values.get("class", "").split(), f"#{values.get('id', '')}"]
        return next(
            (self._part_classes[name] for name in names if name in self._part_classes), None
        )

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _part in self._parts):
            if self._parts.pop()[0] == tag:
                break
        if self._formula > len(self._parts):
            self._formula = 0
        if tag not in _INLINE and not self._formula:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        self._add("".join(data.split()) if self._formula else data)

    def _add(self, text: str) -> None:
        part = self._part
        if part not in (None, "-"):
            self._texts.setdefault(part or "", []).append(text)


def read_page(path: Path, root: str, part_classes: dict[str, str]) -> PageText:
    """Return the text of the page in a file."""
    page = PageText(root, part_classes)
    page.feed(path.read_text("utf-8"))
    page.close()
    return page


def pages_below(directory: Path) -> Iterator[str]:
    """Yield the directories that have a page, relative to *directory*."""
    for path in sorted(directory.rglob("index.html")):
        yield path.parent.relative_to(directory).as_posix()

"""How large an SVG picture becomes in a browser, where elements stand for copies of others.

``<g id="b"><use href="#a"/><use href="#a"/></g>`` is two copies of *a*. Of 22 such groups, each
with two copies of the one before, a file of 1.6 KB has four million elements.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Final
from urllib.parse import unquote, unquote_to_bytes
from xml.parsers import expat

from .._text import bare_text

MIN_COPIES: Final = 20_000
"""How many elements any picture may have with all copies."""

COPIES_PER_ELEMENT: Final = 4
"""How many more for each element of the file. A chart of matplotlib copies each letter."""

_MANY: Final = 10**9  # more are not counted: with 50,000 groups, the number has 15,000 digits

MAX_PICTURES: Final = 5
"""How many pictures may be inside each other."""

_COPYING = frozenset(("feimage", "pattern", "use"))
"""Elements that show what their ``href`` names."""

_REFERENCE = re.compile(r"(?:url|element)\(\s*[\"']?\s*#([^\"')]*)", re.I)

_PICTURE = "data:image/svg+xml"

# What browsers leave out of a URL, besides the blanks at its end.
_IGNORED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")


@dataclass
class _Part:
    """An element with an id, and what is inside it up to the next ones that have one.

    :param parts: The ids of these, and of the elements that it copies.
    """

    elements: int = 0
    parts: list[str] = field(default_factory=list)


def copies_problem(data: bytes, plain_css: Callable[[str], str], level: int = 1) -> str:
    """Return why a browser should not show a picture, as the end of a sentence, or ``""``.

    That is if it would make too many elements, or some without an end.

    :param data: The file.
    :param plain_css: Returns CSS without comments and escapes.
    :param level: In how many pictures it is, with itself.
    """
    picture = _Picture(plain_css)
    try:
        picture.parse(data)
    except expat.ExpatError:
        return "has a picture inside that is not well-formed XML"
    if picture.is_too_large() or (picture.inner and level == MAX_PICTURES):
        return "becomes too large in a browser: elements are copies of copies"
    problems = (copies_problem(_decode(url), plain_css, level + 1) for url in picture.inner)
    return next(filter(None, problems), "")


def _decode(url: str) -> bytes:
    """Return the content of a ``data:`` URL as browsers do, which need no ``=`` at the end."""
    header, _comma, content = _IGNORED.sub("", url).partition(",")
    data = unquote_to_bytes(content)
    try:
        return b64decode(data + b"==") if header.rstrip().lower().endswith("base64") else data
    except Error:
        return b""


class _Picture:
    """The parts of a picture, collected while it is parsed."""

    def __init__(self, plain_css: Callable[[str], str]) -> None:
        self.inner: list[str] = []  # the URLs of pictures inside this one
        self._plain_css = plain_css
        self._elements = 0
        self._parts = {"": _Part()}  # by id; the one of the file has none
        self._open = [""]
        self._is_style = False
        self._style: list[str] = []

    def parse(self, data: bytes) -> None:
        """Collect the parts of a file.

        :raises xml.parsers.expat.ExpatError: It is not well-formed.
        """
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def is_too_large(self) -> bool:
        """Return whether there are too many elements with all copies."""
        try:
            sizes = self._sizes()
        except CycleError:
            return True
        # In the worst case, each element in a part that a style names shows the next such part.
        limit = MIN_COPIES + COPIES_PER_ELEMENT * self._elements
        from_styles = 1
        for name in set(self._references("".join(self._style))):
            from_styles = min(from_styles * max(1, sizes.get(name, 1) - 1), _MANY)
        return max(sizes[""], from_styles) > limit

    def _begin(self, qualified: str, attributes: Mapping[str, str]) -> None:
        element = _local(qualified)
        self._elements += 1
        self._is_style = element == "style"
        above = self._open[-1]
        name = bare_text(next((v for n, v in attributes.items() if _local(n) == "id"), "")) or above
        if name != above:
            self._parts[above].parts.append(name)
        self._open.append(name)
        part = self._parts.setdefault(name, _Part())
        part.elements += 1
        for attribute, value in attributes.items():
            if _local(attribute) != "href":
                part.parts += self._references(value)
            elif element in _COPYING:
                part.parts.append(_name(value.partition("#")[2]))
            elif bare_text(value).lower().startswith(_PICTURE):
                self.inner.append(value)

    def _end(self, _element: str) -> None:
        self._is_style = False
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._is_style:
            self._style.append(text)

    def _references(self, css: str) -> list[str]:
        if "(" not in css and "\\" not in css:
            return []
        plain = self._plain_css(css)
        return [*map(_name, _REFERENCE.findall(css)), *map(_name, _REFERENCE.findall(plain))]

    def _sizes(self) -> Mapping[str, int]:
        """Return how many elements each part has with its copies.

        :raises CycleError: A part is inside a copy of itself.
        """
        inner = {
            name: [other for other in part.parts if other in self._parts]
            for name, part in self._parts.items()
        }
        sizes: dict[str, int] = {}
        for name in TopologicalSorter(inner).static_order():
            size = self._parts[name].elements + sum(sizes[other] for other in inner[name])
            sizes[name] = min(size, _MANY)
        return sizes


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _name(written: str) -> str:
    return bare_text(unquote(written))

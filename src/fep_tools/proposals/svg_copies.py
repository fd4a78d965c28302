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
from math import prod
from typing import Final
from urllib.parse import unquote, unquote_to_bytes
from xml.parsers import expat

from .._text import bare_text

MIN_COPIES: Final = 20_000
"""How many elements any picture may have with all copies."""

COPIES_PER_ELEMENT: Final = 4
"""How many more for each element of the file. A chart of matplotlib copies each letter."""

MAX_PICTURES: Final = 5
"""How many pictures may be inside each other."""

_COPYING = frozenset(("feimage", "pattern", "use"))
"""Elements that show what their ``href`` names."""

_REFERENCE = re.compile(r"(?:url|element)\(\s*[\"']?\s*#([^\"')]*)", re.I)

_PICTURE = re.compile(r"data:image/svg\+xml([^,]*),(.*)", re.I | re.DOTALL)


@dataclass
class _Part:
    """An element with an id, and what is inside it up to the next ones that have one.

    :param parts: The ids of these, and of the elements that it copies.
    """

    elements: int = 0
    parts: list[str] = field(default_factory=list)


def has_too_many_copies(data: bytes, plain_css: Callable[[str], str]) -> bool:
    """Return whether a browser would make too many elements, or some without an end.

    :param data: The file. One that is not well-formed has none.
    :param plain_css: Returns CSS without comments and escapes.
    """
    return _has_too_many(data, plain_css, 1)


def _has_too_many(data: bytes, plain_css: Callable[[str], str], level: int) -> bool:
    picture = _Picture(plain_css)
    try:
        picture.parse(data)
    except expat.ExpatError:
        return False
    inner = [_decode(address) for address in picture.pictures]
    if inner and level == MAX_PICTURES:
        return True
    return picture.is_too_large() or any(_has_too_many(i, plain_css, level + 1) for i in inner)


def _decode(address: str) -> bytes:
    """Return the content of a ``data:`` URL of a picture in SVG."""
    found = _PICTURE.match(address)
    if found is None:
        return b""
    data = unquote_to_bytes(found[2])
    try:
        return b64decode(data) if found[1].strip().lower().endswith("base64") else data
    except Error:
        return b""


class _Picture:
    """The parts of a picture, collected while it is parsed."""

    def __init__(self, plain_css: Callable[[str], str]) -> None:
        self.pictures: list[str] = []
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
        names = set(self._references("".join(self._style)))
        from_styles = prod(max(1, sizes.get(name, 1) - 1) for name in names)
        limit = MIN_COPIES + COPIES_PER_ELEMENT * self._elements
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
            elif value.strip().lower().startswith("data:image/svg"):
                self.pictures.append(bare_text(value))

    def _end(self, _name: str) -> None:
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
            sizes[name] = self._parts[name].elements + sum(sizes[other] for other in inner[name])
        return sizes


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _name(written: str) -> str:
    return bare_text(unquote(written))

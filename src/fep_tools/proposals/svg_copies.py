"""How large an SVG picture becomes in a browser, where elements stand for copies of others.

``<g id="b"><use href="#a"/><use href="#a"/></g>`` is two copies of *a*. Of 22 such groups, each
with two copies of the one before, a file of 1.6 KB has four million elements.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Final
from urllib.parse import unquote, unquote_to_bytes
from xml.parsers import expat

from .._text import bare_text
from .css import Css, read_attribute, read_css
from .svg_styles import attribute_problem, count_others, style_problem

MIN_COPIES: Final = 20_000
"""How many elements any picture may have with all copies."""

COPIES_PER_ELEMENT: Final = 4
"""How many more for each element of the file. A chart of matplotlib copies each letter."""

MAX_FROM_STYLES: Final = 1_000_000
"""How many elements a style sheet may show, if all its rules apply to all elements."""

_MANY: Final = 10**9  # more are not counted: with 50,000 groups, the number has 15,000 digits

MAX_PICTURES: Final = 5
"""How many pictures may be inside each other."""

_COPYING = frozenset(("feimage", "pattern", "use"))
"""Elements that show what their ``href`` names."""

_INHERITED = frozenset(
    ("by", "fill", "from", "marker", "marker-end", "marker-mid", "marker-start", "stroke",
     "style", "to", "values")
)  # fmt: skip
"""Attributes that may apply to all elements inside; the animation of one has it as a value."""

_AT_ENDS = frozenset(("fill", "marker-end", "marker-start", "stroke"))
"""Those of them that show a copy once for each element, and not at each point of a line."""

_COLOURS = frozenset(("lineargradient", "radialgradient", "stop"))
"""Elements of gradients, which are colours and no copies."""

_NO_CSS = frozenset(("alt", "aria-label", "content", "d", "desc", "href", "label", "src", "title"))
"""Attributes with texts, in which draw.io keeps the source of a picture."""

# In CSS, "element(#a)" is a picture of an element in Firefox.
_ELEMENT = re.compile(r"element\(\s*(#[^)]*)", re.I)

_PICTURE = "data:image/svg+xml"

# What browsers leave out of a URL, besides the blanks at its end.
_IGNORED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")


@dataclass
class _Part:
    """An element with an id, and what is inside it up to the next ones that have one.

    :param points: At most so many points have the lines in it.
    :param parts: The ids of these, and of the elements that it copies.
    :param at_elements: The ids of what each element in it shows.
    :param at_points: The ids of what each point in it shows.
    """

    elements: int = 0
    points: int = 0
    parts: list[str] = field(default_factory=list)
    at_elements: list[str] = field(default_factory=list)
    at_points: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Size:
    """What a part has with its copies.

    :param elements: Its elements without what they show by inheritance.
    :param total: All of them.
    """

    elements: int
    points: int
    total: int


def copies_problem(data: bytes, level: int = 1) -> str:
    """Return why a browser should not show a picture, as the end of a sentence, or ``""``.

    That is if it would make too many elements, or some without an end.

    :param data: The file.
    :param level: In how many pictures it is, with itself.
    """
    picture = _Picture()
    try:
        picture.parse(data)
    except expat.ExpatError:
        return "has a picture inside that is not well-formed XML"
    if picture.is_too_large() or (picture.inner and level == MAX_PICTURES):
        return "becomes too large in a browser: elements are copies of copies"
    if problem := picture.style_problem():
        return problem
    problems = (copies_problem(_decode(url), level + 1) for url in picture.inner)
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

    def __init__(self) -> None:
        self.inner: list[str] = []  # the URLs of pictures inside this one
        self._elements = 0
        self._parts = {"": _Part()}  # by id; the one of the file has none
        self._open = [""]
        self._is_style = False
        self._style: list[str] = []
        self._styles: list[Css] = []  # of elements
        self._problem = ""
        self._uses = 0  # of other values by one attribute

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
        whole = sizes[""]
        # In the worst case, each element in a part that a style names shows the next such part.
        from_styles, style = 0, read_css("".join(self._style))
        if named := {*_references(style)} & sizes.keys():
            marks = _has_marks(style)
            from_styles = max(whole.elements, marks * whole.points)
            for name in named:
                size = sizes[name]
                factor = max(1, size.total - 1, marks * size.points)
                from_styles = min(from_styles * factor, _MANY)
        limit = MIN_COPIES + COPIES_PER_ELEMENT * self._elements
        return whole.total > limit or from_styles > MAX_FROM_STYLES

    def style_problem(self) -> str:
        """Return what is wrong with its styles, as the end of a sentence, or ``""``."""
        if self._problem:
            return self._problem
        styles = [*self._styles, read_css("".join(self._style))]
        return style_problem(styles, self._elements, self._uses)

    def _begin(self, qualified: str, attributes: Mapping[str, str]) -> None:
        element = _local(qualified)
        self._elements += 1
        self._is_style = element == "style"
        values = {name: read_attribute(_local(name), value) for name, value in attributes.items()}
        inherited = {n: _references(css) for n, css in values.items() if _local(n) in _INHERITED}
        inherited = {name: named for name, named in inherited.items() if named}
        above = self._open[-1]
        name = bare_text(next((v for n, v in attributes.items() if _local(n) == "id"), ""))
        name = name or (f"\0{self._elements}" if inherited else above)
        if name != above:
            self._parts[above].parts.append(name)
        self._open.append(name)
        part = self._parts.setdefault(name, _Part())
        part.elements += element not in _COLOURS
        for attribute, value in attributes.items():
            local, css = _local(attribute), values[attribute]
            if local == "style":
                self._styles.append(css)
            elif local not in _NO_CSS:
                self._uses = max(self._uses, count_others(css))
                self._problem = self._problem or attribute_problem(css)
            if attribute in inherited:
                is_at_ends = local in _AT_ENDS or (local == "style" and not _has_marks(css))
                shown = part.at_elements if is_at_ends else part.at_points
                shown += inherited[attribute]
            elif local in ("d", "points"):
                part.points += len(value)
            elif local != "href":
                part.parts += _references(css)
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

    def _sizes(self) -> Mapping[str, _Size]:
        """Return what each part has with its copies.

        :raises CycleError: A part is inside a copy of itself.
        """
        inner = {
            name: [o for o in (*p.parts, *p.at_elements, *p.at_points) if o in self._parts]
            for name, p in self._parts.items()
        }
        sizes: dict[str, _Size] = {}
        for name in TopologicalSorter(inner).static_order():
            sizes[name] = _size(self._parts[name], sizes)
        return sizes


def _size(part: _Part, sizes: Mapping[str, _Size]) -> _Size:
    """Return what a part has, from the sizes of the others."""
    parts = [sizes[name] for name in part.parts if name in sizes]
    elements = part.elements + sum(size.elements for size in parts)
    points = part.points + sum(size.points for size in parts)
    total = part.elements + sum(size.total for size in parts)
    total += elements * sum(sizes[name].total for name in part.at_elements if name in sizes)
    shown = sum(sizes[name].total for name in part.at_points if name in sizes)
    total += max(elements, points) * shown
    return _Size(min(elements, _MANY), min(points, _MANY), min(total, _MANY))


def _references(css: Css) -> list[str]:
    """Return the ids of the elements that a style or attribute shows."""
    elements = (match[1] for text in css.texts for match in _ELEMENT.finditer(text))
    urls = (url for url in (*css.urls, *elements) if url.startswith("#"))
    return [*dict.fromkeys(_name(url[1:]) for url in urls)]


def _has_marks(css: Css) -> bool:
    return any("marker" in text.lower() for text in css.texts)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _name(written: str) -> str:
    return bare_text(unquote(written))

"""Pictures, read back."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from fep_tools.catalog.charts.svg import width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script>\"' onload='x' \x1b[31m\u202e&lt; " + "W" * 60
"""What must come out as text, and must not leave its box."""


def read(picture: str) -> Element:
    """The picture, which is well formed, says what it shows, and holds nothing that acts."""
    root = ElementTree.fromstring(picture)
    named = root.attrib["aria-labelledby"].split()
    assert [part.attrib.get("id") for part in root][:2] == named
    for part in root.iter():
        assert part.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "defs", "marker", "path", "rect", "text", "g", "a",
        }  # fmt: skip
        assert not [name for name in part.attrib if name.startswith("on") or name == "style"]
    return root


def texts(root: Element) -> list[str]:
    return [part.text or "" for part in root.iter(f"{SVG}text")]


def numbers(part: Element, *names: str) -> list[float]:
    return [float(part.attrib[name]) for name in names]


def assert_inside(root: Element) -> None:
    """No text leaves the picture, if letters are as wide as is reckoned."""
    right = float(root.attrib["viewBox"].split()[2])
    anchors: dict[str, Callable[[float, float], tuple[float, float]]] = {
        "start": lambda x, wide: (x, x + wide),
        "middle": lambda x, wide: (x - wide / 2, x + wide / 2),
        "end": lambda x, wide: (x - wide, x),
    }
    for shift, part in _placed(root):
        size = float(part.attrib.get("font-size", "13"))
        (x,) = numbers(part, "x")
        wide = width(part.text or "", size)
        first, last = anchors[part.attrib.get("text-anchor", "start")](x + shift, wide)
        assert first >= -1, part.text
        assert last <= right + 1, part.text


def _placed(part: Element, shift: float = 0.0) -> list[tuple[float, Element]]:
    """The texts in *part*, each with how far its group is moved to the right."""
    moved = part.attrib.get("transform", "translate(0 0)")
    shift += float(moved.removeprefix("translate(").split()[0])
    own = [(shift, part)] if part.tag == f"{SVG}text" else []
    return [*own, *(found for child in part for found in _placed(child, shift))]

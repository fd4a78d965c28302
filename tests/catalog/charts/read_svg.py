"""Parse charts and check what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from fep_tools.catalog.charts.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script>\"' onload='x' \x1b[31m\u202e&lt; " + "W" * 60
"""Text that must stay text, and must stay in its box."""

ELEMENTS = frozenset({
    "svg", "title", "desc", "defs", "marker", "path", "rect", "line", "text", "g", "a", "use",
})  # fmt: skip

PHONE = 358.0
"""The width of the text on a phone, in pixels."""


def read(svg: str) -> Element:
    """Parse a chart, and check that it is labelled and has nothing active in it."""
    root = ElementTree.fromstring(svg)
    labels = root.attrib["aria-labelledby"].split()
    assert [part.attrib.get("id") for part in root][:2] == labels
    for part in root.iter():
        assert part.tag.removeprefix(SVG) in ELEMENTS
        assert not [name for name in part.attrib if name.startswith("on") or name == "style"]
    return root


def title(root: Element) -> str:
    return root[0].text or ""


def description(root: Element) -> str:
    return root[1].text or ""


def texts(root: Element) -> list[str]:
    return [part.text or "" for part in root.iter(f"{SVG}text")]


def numbers(part: Element, *names: str) -> list[float]:
    return [float(part.attrib[name]) for name in names]


def shares(part: Element, *names: str) -> list[float]:
    """Return percentages, such as ``12.5%``, as they are: 12.5."""
    assert all(part.attrib[name].endswith("%") for name in names)
    return [float(part.attrib[name].removesuffix("%")) for name in names]


def assert_inside(root: Element) -> None:
    """Check that no text crosses the edge of the chart, with estimated widths of letters.

    A chart that is as wide as its box must fit a phone.
    """
    is_fluid = root.attrib["width"] == "100%"
    right = PHONE if is_fluid else float(root.attrib["viewBox"].split()[2])
    extents: dict[str, Callable[[float, float], tuple[float, float]]] = {
        "start": lambda x, width: (x, x + width),
        "middle": lambda x, width: (x - width / 2, x + width / 2),
        "end": lambda x, width: (x - width, x),
    }
    for shift, part in _shifted_texts(root):
        size = float(part.attrib.get("font-size", "13"))
        x = shares(part, "x")[0] * right / 100 if "%" in part.attrib["x"] else numbers(part, "x")[0]
        width = text_width(part.text or "", size)
        first, last = extents[part.attrib.get("text-anchor", "start")](x + shift, width)
        assert first >= -1, part.text
        assert last <= right + 1, part.text


def _shifted_texts(part: Element, shift: float = 0.0) -> list[tuple[float, Element]]:
    """Return the texts in *part*, each with how far its group is moved to the right."""
    moved = part.attrib.get("transform", "translate(0 0)")
    shift += float(moved.removeprefix("translate(").split()[0])
    own = [(shift, part)] if part.tag == f"{SVG}text" else []
    return [*own, *(found for child in part for found in _shifted_texts(child, shift))]

"""SVG primitives: a frame with a title and a description, and text that stays in its box.

Colors are system colors (``CanvasText``), so that a chart fits light and dark pages; each
shape has a class by which a theme can color it. Untrusted text is escaped here and nowhere
else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape
from itertools import accumulate, takewhile

from ..._text import safe

FONT = "system-ui, sans-serif"
SIZE, SMALL = 13.0, 11.0
"""Font sizes, in pixels."""

PAGE_WIDTH = 680.0
"""The width of the text column of a page beside its contents, in pixels."""

# Widths of characters as shares of the font size, somewhat wider than in common sans-serif
# fonts: the reader's font is unknown, and text must not run out of its box.
_NARROW = frozenset("fijlrtI.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%&—…")


def escape_text(text: str) -> str:
    """Return *text* as the content of an element, or of an attribute in double quotes."""
    return escape(safe(text, None))


def coordinate(value: float) -> str:
    """Return *value* with at most one decimal: ``12`` and ``12.5``."""
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """Return *share*, from 0 to 1, as a percentage with at most two decimals: ``12.5%``."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def text_width(text: str, size: float) -> float:
    """Return an upper estimate of the width of *text*, in pixels."""
    return size * sum(map(_character_width, text))


def _character_width(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.02
    return 0.74 if character.isupper() else 0.6


def truncate(text: str, width: float, size: float) -> str:
    """Return *text*, shortened with an ellipsis if it is wider than *width* pixels."""
    shown = safe(text, None)
    ends = accumulate(map(_character_width, shown))
    fitting = sum(1 for _ in takewhile(lambda end: size * end <= width, ends))
    if fitting == len(shown):
        return shown
    shown = shown[:fitting]
    while shown and text_width(f"{shown}…", size) > width:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def wrap(text: str, width: float, size: float, max_lines: int) -> list[str]:
    """Return *text* in at most *max_lines* lines, the last one shortened if it is too long."""
    lines: list[str] = []
    words = safe(text, None).split()
    while words and len(lines) < max_lines - 1:
        count = 1
        while count < len(words) and text_width(" ".join(words[: count + 1]), size) <= width:
            count += 1
        lines.append(truncate(" ".join(words[:count]), width, size))
        words = words[count:]
    return [*lines, truncate(" ".join(words), width, size)] if words else lines


def text_element(
    x: float | str,
    y: float,
    text: str,
    *,
    css_class: str = "",
    anchor: str = "start",
    size: float = SIZE,
    fill: str = "CanvasText",
) -> str:
    """Return a ``<text>`` element.

    :param x: Pixels, or a percentage.
    :param text: May be untrusted.
    :param anchor: Whether *x* is the ``start``, the ``middle`` or the ``end`` of the text.
    :param fill: Its color; another one than that of the page needs a ground of its own.
    """
    attributes = f' class="{css_class}"' if css_class else ""
    attributes += f' text-anchor="{anchor}"' if anchor != "start" else ""
    attributes += f' font-size="{coordinate(size)}"' if size != SIZE else ""
    left = x if isinstance(x, str) else coordinate(x)
    return (
        f'<text x="{left}" y="{coordinate(y)}"{attributes} fill="{fill}">{escape_text(text)}</text>'
    )


def rectangle(
    x: float, y: float, width: float, height: float, css_class: str, attributes: str
) -> str:
    """Return a ``<rect>`` element."""
    return (
        f'<rect class="{css_class}" x="{coordinate(x)}" y="{coordinate(y)}" '
        f'width="{coordinate(width)}" height="{coordinate(height)}" {attributes}/>'
    )


def link(content: str, url: str | None, *, focusable: bool = True) -> str:
    """Return *content* as a link, if there is a URL.

    :param focusable: If false, the Tab key skips the link. Used where a table below the chart
        has the same links.
    """
    if not url:
        return content
    skip = "" if focusable else ' tabindex="-1"'
    return f'<a href="{escape_text(url)}"{skip}>{content}</a>'


def arrow_marker(name: str) -> str:
    """Return the definition of an arrowhead with the id ``NAME-arrow``."""
    return (
        f'<defs><marker id="{name}-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        '<path d="M0 .5 8 4 0 7.5z" fill="currentColor"/></marker></defs>'
    )


def curve(stops: Sequence[tuple[float, float, float]]) -> str:
    """Return the data of a path that leads down through *stops*.

    A stop is (x, top, bottom). The path enters it at its top and leaves it at its bottom, both
    vertically: ``M10 44C10 61 90 61 90 78V112`` goes from (10, 44) in an S-curve to (90, 78),
    and straight down to (90, 112).
    """
    x, _top, y = stops[0]
    path = f"M{coordinate(x)} {coordinate(y)}"
    for next_x, top, bottom in stops[1:]:
        half = coordinate((y + top) / 2)
        end = f"{coordinate(next_x)} {coordinate(top)}"
        path += f"C{coordinate(x)} {half} {coordinate(next_x)} {half} {end}"
        x, y = next_x, bottom
        if bottom > top:
            path += f"V{coordinate(y)}"
    return path


def document(
    name: str,
    size: tuple[float | str, float],
    title: str,
    description: str,
    content: str,
    *,
    has_links: bool = False,
) -> str:
    """Return a complete ``<svg>`` element.

    :param name: The class, and the prefix of the ids; a page has one chart of each name.
    :param size: Width and height in pixels. With the width ``100%``, a chart whose positions are
        percentages is as wide as its box, on a phone and on paper.
    :param has_links: Screen readers treat a chart as one image, which hides links in it. With
        links it is a group.
    """
    width, height = size
    if isinstance(width, str):
        view, shown = "", width
    else:
        shown = coordinate(width)
        view = f' viewBox="0 0 {shown} {coordinate(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{view} width="{shown}" '
        f'height="{coordinate(height)}" role="{"group" if has_links else "img"}" '
        f'aria-labelledby="{name}-title {name}-desc" class="{name}" '
        f'font-family="{FONT}" font-size="{coordinate(SIZE)}">'
        f'<title id="{name}-title">{escape_text(title)}</title>'
        f'<desc id="{name}-desc">{escape_text(description)}</desc>{content}</svg>'
    )


_PAPER = {"Canvas": "#ffffff", "CanvasText": "#1c2326", "GrayText": "#767676"}


def on_paper(svg: str) -> str:
    """Return a chart for programs that know neither system colors nor a page around it.

    Its width is that of the text column, if it has the width ``100%``.
    """
    # Text has &quot; for a quotation mark, so "Canvas" in quotation marks is always an attribute.
    for name, color in _PAPER.items():
        svg = svg.replace(f'"{name}"', f'"{color}"')
    start = f'<svg color="{_PAPER["CanvasText"]}"'
    width = f'width="{coordinate(PAGE_WIDTH)}"'
    return svg.replace("<svg", start, 1).replace('width="100%"', width, 1)

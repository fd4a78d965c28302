"""What all pictures have in common: a frame that is read aloud, and text that stays in its place.

Colours are given as the system's, and every shape has a class, by which a theme gives it
colours of its own. Text of strangers is escaped here and nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape

from ..._text import safe

FONT = "system-ui, sans-serif"
SIZE, SMALL = 13.0, 11.0

_NARROW = frozenset("fijlrtI.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%&—…")


def text(words: str) -> str:
    """*words* as the content of an element or of an attribute in double quotes."""
    return escape(safe(words, None))


def number(value: float) -> str:
    """A coordinate in few characters."""
    return f"{value:.1f}".removesuffix(".0")


def width(words: str, size: float) -> float:
    """About how wide *words* are in a font of that *size*; rather more than less."""
    return size * sum(map(_share, words))


def _share(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    return 0.74 if letter.isupper() else 0.6


def fitted(words: str, room: float, size: float) -> str:
    """*words* as far as there is *room*, with an ellipsis for what was left out."""
    shown = safe(words, None)
    if width(shown, size) <= room:
        return shown
    while shown and width(f"{shown}…", size) > room:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def words_at(
    x: float, y: float, words: str, *, kind: str = "", anchor: str = "start", size: float = SIZE
) -> str:
    """An element of text in a font of that *size*; *words* are a stranger's."""
    style = f' class="{kind}"' if kind else ""
    style += f' text-anchor="{anchor}"' if anchor != "start" else ""
    style += f' font-size="{number(size)}"' if size != SIZE else ""
    return f'<text x="{number(x)}" y="{number(y)}"{style} fill="CanvasText">{text(words)}</text>'


def linked(content: str, address: str | None, *, stop: bool = True) -> str:
    """*content* as a link; without *stop*, the keyboard passes it by."""
    if not address:
        return content
    skipped = "" if stop else ' tabindex="-1"'
    return f'<a href="{text(address)}"{skipped}>{content}</a>'


def arrow(prefix: str) -> str:
    """The head of lines, which refer to it as ``PREFIX-arrow``."""
    return (
        f'<defs><marker id="{prefix}-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        '<path d="M0 .5 8 4 0 7.5z" fill="currentColor"/></marker></defs>'
    )


def curve(stops: Sequence[tuple[float, float, float]]) -> str:
    """A way downwards through *stops*: the middle, the upper and the lower edge of each.

    It leaves and enters every stop straight.
    """
    x, _top, y = stops[0]
    path = f"M{number(x)} {number(y)}"
    for to, top, bottom in stops[1:]:
        half = number((y + top) / 2)
        path += f"C{number(x)} {half} {number(to)} {half} {number(to)} {number(top)}"
        x, y = to, bottom
        if bottom > top:
            path += f"V{number(y)}"
    return path


def picture(
    size: tuple[float, float],
    title: str,
    description: str,
    content: str,
    *,
    prefix: str,
    kind: str,
    links: bool = False,
) -> str:
    """The whole picture.

    *prefix* begins its ids, and must be the only one of that name on a page. A picture with
    *links* in it is a group to those who do not see it, any other is one thing.
    """
    wide, high = map(number, size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" role="{"group" if links else "img"}" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" class="{kind}" '
        f'font-family="{FONT}" font-size="{number(SIZE)}">'
        f'<title id="{prefix}-title">{text(title)}</title>'
        f'<desc id="{prefix}-desc">{text(description)}</desc>{content}</svg>'
    )

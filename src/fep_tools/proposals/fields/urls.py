"""Addresses on the web, anywhere or in the places that a process names."""

from __future__ import annotations

import re
from functools import cache

from ..._text import quote
from .spec import FieldSpec, Piece

EXAMPLE = "https://example.org/thread/7"

_URL = re.compile(r"https?://(?![^/?#]*@)[^\s/?#\"'<>`\\]+(?:[/?#][^\s\"<>`\\]*)?")
_HOSTED = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)")
_HOLES = {
    "slug": (r"(?![0-9]+/)[\w-]+", "a-title"),
    "id": (r"[0-9]+", "42"),
    "name": (r"[\w-]+", "a-list"),
    "hash": (r"[A-Za-z0-9]+", "ABC123"),
    "rest": (r"[^\s\"<>`\\]*", "page"),
}
_HOLE = re.compile(r"\{(\w+)\}")


def is_url(text: str) -> bool:
    """Whether *text* is an address that may be linked (SEC-B1): a scheme, a host, no secrets."""
    return _URL.fullmatch(text) is not None and text.isprintable()


def url_placeholders() -> tuple[str, ...]:
    """What may stand in braces in a ``places`` template."""
    return tuple(_HOLES)


def read_url(piece: Piece, spec: FieldSpec) -> str:
    """The address that *piece* is."""
    if _is_refused(piece.text, spec):
        what = f"is {quote(piece.text)}, which is no place for this header"
        raise piece.wrong("header-url", f"{what}; write another, such as {example(spec)}")
    if _accepted(piece.text, spec):
        return piece.text
    fix = _mended(piece.text, spec)
    write = fix or f"a full address, such as {example(spec)}"
    raise piece.wrong("header-url", f"is {quote(piece.text)}; write {write}", fix)


def example(spec: FieldSpec) -> str:
    """An address that *form* accepts."""
    if not spec.header.allowed_urls:
        return EXAMPLE
    return _HOLE.sub(lambda hole: _HOLES[hole[1]][1], spec.header.allowed_urls[0])


def _accepted(text: str, spec: FieldSpec) -> bool:
    if spec.header.allowed_urls:
        return any(_place(place).fullmatch(text) for place in spec.header.allowed_urls)
    return is_url(text)


def _is_refused(text: str, spec: FieldSpec) -> bool:
    """Whether *text*, however its scheme is written, leads to a place that is not taken."""
    secure = re.sub("^(https?://|)", "https://", text.strip("<>"), count=1, flags=re.I)
    return any(_place(place).fullmatch(secure) for place in spec.header.refused_urls)


def _mended(text: str, spec: FieldSpec) -> str | None:
    """*text* without ``<>`` around it and with a scheme, if that makes an address of it."""
    bare = text.strip("<>")
    whole = bare if "://" in bare else f"https://{bare}"
    guesses = (whole, whole.replace("http://", "https://", 1))
    sound = (guess for guess in guesses if _HOSTED.match(guess) and _accepted(guess, spec))
    return next(sound, None)


@cache
def _place(template: str) -> re.Pattern[str]:
    parts = _HOLE.split(template)
    holes = [_HOLES[part][0] if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(holes), re.ASCII | re.IGNORECASE)

"""Records of what happened: when, what, and where it is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ..._text import join_words, quote
from . import urls
from .dates import EXAMPLE, format_date, read_date
from .lists import read_each
from .scalars import read_choice
from .spec import FieldSpec, InvalidValue, Mistake, Piece


@dataclass(frozen=True, slots=True)
class Record:
    """Something that happened, as far as its form says: when, what, and where that is told."""

    date: date | None = None
    status: str | None = None
    url: str | None = None


_PARTS = {"date": r"[^\s`<>]+", "status": r"\S+(?: \S+)*?", "url": r"[^\s`<>]+"}
_READERS: dict[str, Callable[[Piece, FieldSpec], object]] = {
    "date": read_date,
    "status": read_choice,
    "url": urls.read_url,
}


def record_placeholders() -> tuple[str, ...]:
    """What may stand in braces in a ``forms`` template."""
    return tuple(_PARTS)


def read_record(piece: Piece, spec: FieldSpec) -> Record:
    """The one record that *piece* is."""
    for template in spec.header.record_formats:
        if match := _shape(template).fullmatch(piece.text):
            return _parts(piece, match, spec)
    write = join_words(_filled(template, spec) for template in spec.header.record_formats)
    raise piece.wrong("header-record", f"has {quote(piece.text)}; write {write}")


def read_records(whole: Piece, spec: FieldSpec) -> tuple[Record, ...]:
    """Every record of *whole*."""
    return read_each(whole, spec, read_record)


def example(spec: FieldSpec) -> str:
    """A record that *form* accepts."""
    return _filled(spec.header.record_formats[0], spec)


def _filled(template: str, spec: FieldSpec) -> str:
    return template.format(
        date=format_date(EXAMPLE, spec.header.date_format),
        status=spec.choices[0] if spec.choices else "",
        url=urls.example(spec),
    )


@cache
def _shape(template: str) -> re.Pattern[str]:
    split = re.split(r"\{(\w+)\}", template)
    named = [rf"(?P<{p}>{_PARTS[p]})" if n % 2 else re.escape(p) for n, p in enumerate(split)]
    return re.compile("".join(named).replace(r"\ ", r"\s+"))


def _parts(piece: Piece, match: re.Match[str], spec: FieldSpec) -> Record:
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for part, text in match.groupdict().items():
        try:
            values[part] = _READERS[part](Piece(text, piece.start + match.start(part)), spec)
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
    if mistakes:
        raise InvalidValue(*mistakes)
    return Record(**values)

"""Records of an event: a date, a status and the URL of the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ..._text import join_words, quote
from . import urls
from .dates import EXAMPLE_DATE, format_date, read_date
from .lists import read_each
from .scalars import read_choice
from .spec import FieldSpec, InvalidValue, Mistake, Piece


@dataclass(frozen=True, slots=True)
class Record:
    """A record; what its format does not have is ``None``."""

    date: date | None = None
    status: str | None = None
    url: str | None = None


RECORD_READERS: dict[str, tuple[str, Callable[[Piece, FieldSpec], object]]] = {
    "date": (r"[^\s`<>]+", read_date),
    "status": (r"\S+(?: \S+)*?", read_choice),
    "url": (r"[^\s`<>]+", urls.read_url),
}
"""The pattern and the reader of each placeholder of a record format."""


def read_record(piece: Piece, spec: FieldSpec) -> Record:
    """Read a record in one of the formats of the header."""
    formats = spec.header.record_formats
    for record_format in formats:
        if match := _pattern(record_format).fullmatch(piece.text):
            return _read_parts(piece, match, spec)
    examples = join_words(
        _fill(record_format, spec) for record_format in spec.header.record_formats
    )
    raise piece.error("header-record", f"has {quote(piece.text)}; write {examples}")


def read_records(value: Piece, spec: FieldSpec) -> tuple[Record, ...]:
    """Read a list of records."""
    return read_each(value, spec, read_record)


def example(spec: FieldSpec) -> str:
    """Return a record that can be read."""
    return _fill(spec.header.record_formats[0], spec)


def _fill(record_format: str, spec: FieldSpec) -> str:
    return record_format.format(
        date=format_date(EXAMPLE_DATE, spec.header.date_format),
        status=spec.choices[0] if spec.choices else "",
        url=urls.example(spec),
    )


@cache
def _pattern(record_format: str) -> re.Pattern[str]:
    # "{date} {url}" splits into "", "date", " ", "url", "": every other part is a placeholder.
    parts = re.split(r"\{(\w+)\}", record_format)
    pattern = "".join(
        f"(?P<{part}>{RECORD_READERS[part][0]})" if position % 2 else re.escape(part)
        for position, part in enumerate(parts)
    )
    return re.compile(pattern.replace(r"\ ", r"\s+"))


def _read_parts(piece: Piece, match: re.Match[str], spec: FieldSpec) -> Record:
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for name, text in match.groupdict().items():
        _pattern, read = RECORD_READERS[name]
        try:
            values[name] = read(Piece(text, piece.start + match.start(name)), spec)
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
    if mistakes:
        raise InvalidValue(*mistakes)
    return Record(**values)

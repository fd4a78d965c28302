"""Records of an event: a date, a status and the URL of the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ..._text import join_words, quote, safe
from . import urls
from .dates import format_date, read_date
from .lists import pieces, read_each
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
    for record_format in spec.header.record_formats:
        if match := _pattern(record_format).fullmatch(piece.text):
            return _read_parts(piece, match, spec)
    message = f"has {quote(piece.text)}; {_advice(piece.text, spec)}"
    is_complete = urls.is_url(piece.text) and not _needs_status(spec)
    understood = Record(url=piece.text) if is_complete else None
    raise piece.error("header-record", message, value=understood)


def read_records(value: Piece, spec: FieldSpec) -> tuple[Record, ...]:
    """Read a list of records, with a blank or a line end after each comma."""
    records = read_each(value, spec, read_record)
    if spec.header.separator == "line" or spec.header.repeated:
        return records
    entries = list(pieces(value.text, spec.header.separator, value.start))
    # "01-Jan-2020,02-Jan-2020": the second begins right after the comma.
    tight = [entry for entry in entries[1:] if value.text[entry.start - value.start - 1] == ","]
    if tight:
        fixed = value.text
        for entry in reversed(tight):
            start = entry.start - value.start
            fixed = f"{fixed[:start]} {fixed[start:]}"
        message = "needs a space after each comma"
        raise value.error("header-list", message, fixed, records)
    return records


def example(spec: FieldSpec, day: date) -> str:
    """Return a record of *day* that can be read."""
    return spec.header.record_formats[0].format(
        date=format_date(day, spec.header.date_format), **_example_parts(spec)
    )


def _example_parts(spec: FieldSpec) -> dict[str, str]:
    return {"status": spec.choices[0] if spec.choices else "", "url": urls.example(spec)}


def _needs_status(spec: FieldSpec) -> bool:
    return any("{status}" in record_format for record_format in spec.header.record_formats)


def _advice(text: str, spec: FieldSpec) -> str:
    """Return how to write *text* as a record, without a date that the author did not give.

    The date format stands for the date: ``YYYY-MM-DD https://example.org``.
    """
    parts = {**_example_parts(spec), "date": spec.header.date_format}
    formats = spec.header.record_formats
    if urls.is_url(text):
        with_url = [form for form in formats if "{url}" in form]
        records = join_words(form.format(**{**parts, "url": safe(text, 200)}) for form in with_url)
        if not any("{status}" in form for form in with_url):
            which = "date of the decision" if spec.header.role == "resolution" else "date"
            return f"put the {which} before the URL: {records}"
        return f"put the date and the status before the URL: {records}"
    return f"write {join_words(form.format(**parts) for form in formats)}"


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
            values[name] = invalid.value
    if mistakes:
        raise InvalidValue(*mistakes, value=_understood(values))
    return Record(**values)


def _understood(values: dict[str, Any]) -> Record | None:
    """Return the record of what was read.

    A record with a status is read as a whole: without one of its parts it would say something
    else about the history of the proposal.
    """
    if ("status" in values and None in values.values()) or not any(values.values()):
        return None
    return Record(**values)

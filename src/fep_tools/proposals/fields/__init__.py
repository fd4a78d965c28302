"""The kinds of value that a header can have.

Each reader turns the text of a value into a typed value, or raises :class:`InvalidValue` with
every mistake that it found, each at its position in the text. :data:`READERS` has one for each
:data:`~fep_tools.process.schema.Kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from . import records, urls
from .dates import EXAMPLE_DATE, read_date
from .dates import format_date as format_date
from .lists import pieces as pieces
from .lists import read_each, read_tidy
from .people import join_suffixes, read_people, read_person
from .people import Person as Person
from .people import strip_emails as strip_emails
from .records import Record as Record
from .scalars import read_choice, read_flag, read_number, read_symbol, read_text, read_version
from .scalars import version_key as version_key
from .spec import FieldSpec as FieldSpec
from .spec import InvalidValue as InvalidValue
from .spec import Mistake as Mistake
from .spec import Piece as Piece
from .spec import trimmed
from .urls import find_link as find_link
from .urls import is_url as is_url

Scalar = str | int | date | Person | Record
Value = Scalar | tuple[Scalar, ...] | None

_SCALARS: dict[str, Callable[[Piece, FieldSpec], Scalar]] = {
    "text": read_text,
    "choice": read_choice,
    "flag": read_flag,
    "number": read_number,
    "date": read_date,
    "version": read_version,
    "url": urls.read_url,
    "record": records.read_record,
}
_ENTRIES: dict[str, Callable[[Piece, FieldSpec], Scalar]] = {
    "choices": read_choice,
    "numbers": read_number,
    "versions": read_version,
    "urls": urls.read_url,
    "people": read_person,
    "records": records.read_record,
    "symbols": read_symbol,
}
_LISTS: dict[str, Callable[[Piece, FieldSpec], tuple[Scalar, ...]]] = {
    "choices": lambda value, spec: read_tidy(value, spec, read_choice),
    "numbers": lambda value, spec: read_tidy(value, spec, read_number),
    "versions": lambda value, spec: read_tidy(value, spec, read_version, version_key),
    "urls": lambda value, spec: read_each(value, spec, urls.read_url),
    "people": read_people,
    "records": records.read_records,
    "symbols": lambda value, spec: read_tidy(value, spec, read_symbol),
}
READERS = {**_SCALARS, **_LISTS}
"""The reader of each kind."""


def read(text: str, spec: FieldSpec) -> Value:
    """Return the value of a header with the text *text*.

    A special value of the header, such as ``Pending``, is read as ``None``, or as an empty list.

    :raises InvalidValue: if *text* has mistakes.
    """
    value, kind = trimmed(text), spec.header.kind
    if value.text in spec.header.special_values:
        return () if kind in _LISTS else None
    return READERS[kind](value, spec)


def read_entries(text: str, spec: FieldSpec) -> Iterator[tuple[Scalar, Piece]]:
    """Yield the entries of a list that can be understood, in order, with their positions.

    A header that takes one value has one entry.
    """
    value, kind = trimmed(text), spec.header.kind
    if value.text in spec.header.special_values:
        return
    read_one = _ENTRIES.get(kind) or _SCALARS[kind]
    entries = pieces(value.text, spec.header.separator, value.start)
    if kind == "people":
        entries = join_suffixes(entries)
    for piece in entries if kind in _ENTRIES else (value,):
        try:
            yield read_one(piece, spec), piece
        except InvalidValue as invalid:
            if invalid.value is not None:
                yield invalid.value, piece


def example(spec: FieldSpec, day: date = EXAMPLE_DATE) -> str:
    """Return a value that can be read, for messages to show.

    :param day: The date in a value that has one.
    """
    match spec.header.kind:
        case "choice" | "choices" | "flag":
            return spec.choices[0]
        case "number" | "numbers":
            return "12"
        case "date":
            return format_date(day, spec.header.date_format)
        case "version" | "versions":
            majors = spec.header.major_versions
            return f"{majors[-1] if majors else 3}.1"
        case "url" | "urls":
            return urls.example(spec)
        case "symbols":
            return "package.Class.name"
        case "people":
            return "Ada Lovelace"
        case "record" | "records":
            return records.example(spec, day)
    return "Typed views"

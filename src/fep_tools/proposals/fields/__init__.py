"""The kinds of value that a header can hold.

Each reader turns raw text into a typed value, or raises :class:`InvalidValue` with every
mistake that it saw, each at its place in the text. A line break in the text is a blank.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from . import records, urls
from .dates import date_formats as date_formats
from .dates import EXAMPLE, read_date
from .dates import format_date as format_date
from .lists import pieces as pieces
from .lists import read_each, read_tidy
from .people import Person as Person
from .people import read_people
from .people import strip_emails as strip_emails
from .records import Record as Record
from .records import record_placeholders as record_placeholders
from .scalars import read_choice, read_flag, read_number, read_text, read_version, version_key
from .spec import FieldSpec as FieldSpec
from .spec import InvalidValue as InvalidValue
from .spec import Mistake as Mistake
from .spec import Piece as Piece
from .spec import trimmed
from .urls import is_url as is_url
from .urls import url_placeholders as url_placeholders

One = str | int | date | Person | Record
Value = One | tuple[One, ...] | None

_ONE: dict[str, Callable[[Piece, FieldSpec], One]] = {
    "text": read_text,
    "choice": read_choice,
    "flag": read_flag,
    "number": read_number,
    "date": read_date,
    "version": read_version,
    "url": urls.read_url,
    "record": records.read_record,
}
_SEVERAL: dict[str, Callable[[Piece, FieldSpec], tuple[One, ...]]] = {
    "choices": lambda whole, spec: read_tidy(whole, spec, read_choice),
    "numbers": lambda whole, spec: read_tidy(whole, spec, read_number),
    "versions": lambda whole, spec: read_tidy(whole, spec, read_version, version_key),
    "urls": lambda whole, spec: read_each(whole, spec, urls.read_url),
    "people": read_people,
    "records": records.read_records,
}


def kinds() -> tuple[str, ...]:
    """The names of all kinds, as a process file may use them."""
    return (*_ONE, *_SEVERAL)


def read(text: str, spec: FieldSpec) -> Value:
    """The value that *text* stands for; raises :class:`InvalidValue`.

    A word that the form allows in place of a value, such as ``Pending``, stands for none.
    """
    whole = trimmed(text)
    kind = spec.header.kind
    if whole.text in spec.header.special_values:
        return () if kind in _SEVERAL else None
    return _SEVERAL[kind](whole, spec) if kind in _SEVERAL else _ONE[kind](whole, spec)


def example(spec: FieldSpec) -> str:
    """A value that *form* accepts, for messages to show."""
    match spec.header.kind:
        case "choice" | "choices" | "flag":
            return spec.choices[0]
        case "number" | "numbers":
            return "12"
        case "date":
            return format_date(EXAMPLE, spec.header.date_format)
        case "version" | "versions":
            return f"{spec.header.major_versions[-1] if spec.header.major_versions else 3}.1"
        case "url" | "urls":
            return urls.example(spec)
        case "people":
            return "Ada Lovelace"
        case "record" | "records":
            return records.example(spec)
    return "Typed views"

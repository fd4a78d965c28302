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
    "choices": lambda whole, form: read_tidy(whole, form, read_choice),
    "numbers": lambda whole, form: read_tidy(whole, form, read_number),
    "versions": lambda whole, form: read_tidy(whole, form, read_version, version_key),
    "urls": lambda whole, form: read_each(whole, form, urls.read_url),
    "people": read_people,
    "records": records.read_records,
}


def kinds() -> tuple[str, ...]:
    """The names of all kinds, as a process file may use them."""
    return (*_ONE, *_SEVERAL)


def read(text: str, form: FieldSpec) -> Value:
    """The value that *text* stands for; raises :class:`InvalidValue`.

    A word that the form allows in place of a value, such as ``Pending``, stands for none.
    """
    whole = trimmed(text)
    several = form.kind in _SEVERAL
    if whole.text in form.allow:
        return () if several else None
    return _SEVERAL[form.kind](whole, form) if several else _ONE[form.kind](whole, form)


def example(form: FieldSpec) -> str:
    """A value that *form* accepts, for messages to show."""
    match form.kind:
        case "choice" | "choices" | "flag":
            return form.choices[0]
        case "number" | "numbers":
            return "12"
        case "date":
            return format_date(EXAMPLE, form.date)
        case "version" | "versions":
            return f"{form.majors[-1] if form.majors else 3}.1"
        case "url" | "urls":
            return urls.example(form)
        case "people":
            return "Ada Lovelace"
        case "record" | "records":
            return records.example(form)
    return "Typed views"

"""Days, written as a process asks; month names are English wherever the tool runs."""

from __future__ import annotations

import re
from datetime import date

from ..._text import quote
from .spec import FieldSpec, Piece

EXAMPLE = date(2025, 3, 9)
"""The day that messages show; its number and its month differ."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT = tuple(name[:3] for name in _MONTHS)

_EXACT = {
    "YYYY-MM-DD": re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    "DD-mmm-YYYY": re.compile(rf"(?P<d>[0-9]{{2}})-(?P<m>{'|'.join(_SHORT)})-(?P<y>[0-9]{{4}})"),
}
_LOOSE = (
    re.compile(r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})[-/. ](?P<m>[A-Za-z]{3,9})[-/. ](?P<d>[0-9]{1,2})"),
    re.compile(
        r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<m>[A-Za-z]{3,9})[-/., ]+(?P<y>[0-9]{4})"
    ),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? +(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? +(?P<y>[0-9]{4})"),
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def date_formats() -> tuple[str, ...]:
    """The ways of writing a day that a process file may ask for."""
    return tuple(_EXACT)


def format_date(day: date, form: str) -> str:
    """*day* written as *form* says."""
    if form == "DD-mmm-YYYY":
        return f"{day.day:02}-{_SHORT[day.month - 1]}-{day.year:04}"
    return day.isoformat()


def read_date(piece: Piece, spec: FieldSpec) -> date:
    """The day that *piece* is."""
    match = _EXACT[spec.header.date_format].fullmatch(piece.text)
    day = _day(match) if match else None
    if day is not None:
        return day
    guess = _guess(piece.line)
    form = spec.header.date_format
    fix = None if guess is None else format_date(guess, form)
    write = fix or f"the day as {form}, such as {format_date(EXAMPLE, form)}"
    raise piece.wrong("header-date", f"is {quote(piece.text)}; write {write}", fix)


def _guess(text: str) -> date | None:
    """The day that *text* means beyond doubt: 03/04/2025 is not one."""
    plain = text.translate(_DASHES)
    matches = (pattern.fullmatch(plain) for pattern in _LOOSE)
    return next((day for match in matches if match and (day := _day(match))), None)


def _day(match: re.Match[str]) -> date | None:
    month = int(match["m"]) if match["m"].isdigit() else _month(match["m"])
    try:
        return date(int(match["y"]), month, int(match["d"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    """The number of the month that *word* is or begins; 0 for any other word."""
    word = "sep" if word.lower() == "sept" else word.lower()
    return next((n for n, name in enumerate(_MONTHS, 1) if name.lower().startswith(word)), 0)

"""Dates, in the format of a process; month names are English in every locale."""

from __future__ import annotations

import re
from datetime import date

from ..._text import quote
from .spec import FieldSpec, Piece

EXAMPLE_DATE = date(2025, 3, 9)
"""The date in messages; its day and its month differ, so that their order is visible."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ABBREVIATIONS = tuple(name[:3] for name in _MONTHS)

DATE_PATTERNS = {
    "YYYY-MM-DD": re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    "DD-mmm-YYYY": re.compile(
        rf"(?P<d>[0-9]{{2}})-(?P<m>{'|'.join(_ABBREVIATIONS)})-(?P<y>[0-9]{{4}})"
    ),
    "D-mmm-YYYY": re.compile(
        rf"(?P<d>[1-9][0-9]?)-(?P<m>{'|'.join(_ABBREVIATIONS)})-(?P<y>[0-9]{{4}})"
    ),
    "D mmm YYYY": re.compile(
        rf"(?P<d>[1-9][0-9]?) (?P<m>{'|'.join(_ABBREVIATIONS)}) (?P<y>[0-9]{{4}})"
    ),
    "YYYY/MM/DD": re.compile(r"(?P<y>[0-9]{4})/(?P<m>[0-9]{2})/(?P<d>[0-9]{2})"),
    "YYYY Month D": re.compile(rf"(?P<y>[0-9]{{4}}) (?P<m>{'|'.join(_MONTHS)}) (?P<d>[1-9][0-9]?)"),
}
"""The pattern of each date format of a process file."""

# Ways to write a date that have one meaning only, so that they can be fixed:
# 2025/3/9, 2025-Mar-9, "9th March 2025" and "March 9th, 2025", but not 03/09/2025.
_UNAMBIGUOUS = (
    re.compile(r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})[-/. ](?P<m>[A-Za-z]{3,9})[-/. ](?P<d>[0-9]{1,2})"),
    re.compile(
        r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<m>[A-Za-z]{3,9})[-/., ]+(?P<y>[0-9]{4})"
    ),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? +(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? +(?P<y>[0-9]{4})"),
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def format_date(day: date, date_format: str) -> str:
    """Return *day* in a date format of a process file."""
    match date_format:
        case "DD-mmm-YYYY":
            return f"{day.day:02}-{_ABBREVIATIONS[day.month - 1]}-{day.year:04}"
        case "D-mmm-YYYY" | "D mmm YYYY":
            mark = date_format[1]
            return f"{day.day}{mark}{_ABBREVIATIONS[day.month - 1]}{mark}{day.year:04}"
        case "YYYY/MM/DD":
            return day.isoformat().replace("-", "/")
        case "YYYY Month D":
            return f"{day.year:04} {_MONTHS[day.month - 1]} {day.day}"
    return day.isoformat()


def read_date(piece: Piece, spec: FieldSpec) -> date:
    """Read a date in one of the formats of the header.

    A date that is written in another way, but has one meaning only, is understood.
    """
    date_format = spec.header.date_format
    matches = (DATE_PATTERNS[name].fullmatch(piece.text) for name in spec.header.date_formats)
    day = next((day for match in matches if match and (day := _to_date(match))), None)
    if day is not None:
        return day
    guess = _guess(piece.line)
    fix = None if guess is None else format_date(guess, date_format)
    example = format_date(EXAMPLE_DATE, date_format)
    hint = fix or f"the date as {date_format}, such as {example}"
    raise piece.error("header-date", f"is {quote(piece.text)}; write {hint}", fix, guess)


def _guess(text: str) -> date | None:
    plain = text.translate(_DASHES)
    matches = (pattern.fullmatch(plain) for pattern in _UNAMBIGUOUS)
    return next((day for match in matches if match and (day := _to_date(match))), None)


def _to_date(match: re.Match[str]) -> date | None:
    month = int(match["m"]) if match["m"].isdigit() else _month(match["m"])
    try:
        return date(int(match["y"]), month, int(match["d"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return the number of the month that *word* is or abbreviates; 0 for any other word."""
    word = "sep" if word.lower() == "sept" else word.lower()
    return next((n for n, name in enumerate(_MONTHS, 1) if name.lower().startswith(word)), 0)

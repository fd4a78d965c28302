"""The kinds of value that a header can hold.

Each reader turns raw text into a typed value, or raises :class:`InvalidValue` with every
mistake that it saw, each at its place in the text. A line break in the text is a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from functools import cache
from typing import Any

from .text import listed
from .text import nearest
from .text import quote

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with ``text[start:end]``, and what to put there if that is certain.

    *rule* names the rule that reports it; *message* goes on where the header's name ends.
    """

    rule: str
    start: int
    end: int
    message: str
    fix: str | None = None


class InvalidValue(ValueError):
    """A value that does not have the form of its kind."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Form:
    """What a process asks of the values of one header (see :class:`~fep_tools.process.Header`)."""

    kind: str = "text"
    choices: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    date: str = "YYYY-MM-DD"
    forms: tuple[str, ...] = ("{url}",)
    places: tuple[str, ...] = ()
    separator: str = "either"
    longest: int = 0
    sorted: bool = False
    padded: bool = False
    wildcard: bool = False
    single: bool = False
    emails: bool = True
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a header: ``Name``, ``Name <mail>`` or ``Name (@handle)``."""

    name: str
    email: str | None = None
    handle: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Something that happened: when, what, and where it is written down."""

    date: date | None = None
    status: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value and where it starts."""

    text: str
    start: int
    comma: bool = field(default=True, compare=False)

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def wrong(self, rule: str, message: str, fix: str | None = None) -> Mistake:
        """A mistake that is all of it."""
        return Mistake(rule, self.start, self.end, message, fix)


Reader = Callable[[str, Form], Any]


def read(text: str, form: Form) -> Any:
    """The value that *text* stands for; raises :class:`InvalidValue`."""
    if text in form.allow:
        return text
    return _READERS[form.kind](text, form)


def kinds() -> tuple[str, ...]:
    """The names of all kinds, as a process file may use them."""
    return tuple(_READERS)


# One value ---------------------------------------------------------------------------------


def _text(text: str, form: Form) -> str:
    line = " ".join(text.split())
    if form.longest and len(line) > form.longest:
        message = f"has {len(line)} characters; write at most {form.longest}"
        raise InvalidValue(Mistake("header-text", 0, len(text), message))
    return line


def _choice(text: str, form: Form) -> str:
    return _one_of(Piece(text, 0), form)


def _one_of(piece: Piece, form: Form) -> str:
    if piece.text in form.choices:
        return piece.text
    meant = nearest(piece.text, form.choices)
    write = meant or listed(form.choices)
    message = f"is {quote(piece.text)}; write {write}"
    raise InvalidValue(piece.wrong("header-choice", message, meant))


def _flag(text: str, form: Form) -> bool:
    return _choice(text, form) == form.choices[0]


def _number(text: str, form: Form) -> int:
    return _one_number(Piece(text, 0), form)


def _one_number(piece: Piece, form: Form) -> int:
    digits = piece.text.removeprefix(form.acronym).lstrip(" -")
    if re.fullmatch(r"[0-9]{1,4}", digits) is None:
        message = f"is {quote(piece.text)}; write a number from 0 to 9999, such as 12"
        raise InvalidValue(piece.wrong("header-number", message))
    plain = str(int(digits))
    if piece.text != plain and not (form.padded and digits == piece.text):
        message = f"is {quote(piece.text)}; write {plain}"
        raise InvalidValue(piece.wrong("header-number", message, plain))
    return int(digits)


def _date(text: str, form: Form) -> date:
    return _one_date(Piece(text, 0), form)


def _one_date(piece: Piece, form: Form) -> date:
    day = _exact_date(piece.text, form.date)
    if day is not None:
        return day
    guess = _any_date(piece.text)
    fix = None if guess is None else format_date(guess, form.date)
    write = fix or f"the day as {form.date}, such as {format_date(date(2025, 3, 9), form.date)}"
    raise InvalidValue(piece.wrong("header-date", f"is {quote(piece.text)}; write {write}", fix))


def _url(text: str, form: Form) -> str:
    return _one_url(Piece(text, 0), form)


def _one_url(piece: Piece, form: Form) -> str:
    if form.places:
        if any(_place(place).fullmatch(piece.text) for place in form.places):
            return piece.text
        examples = listed(map(_example, form.places))
        message = f"is {quote(piece.text)}; write an address such as {examples}"
        raise InvalidValue(piece.wrong("header-url", message))
    if is_url(piece.text):
        return piece.text
    message = f"is {quote(piece.text)}; write a full address, such as https://example.org/thread/7"
    raise InvalidValue(piece.wrong("header-url", message))


_URL = re.compile(r"https?://(?![^/?#]*@)[^\s/?#\"'<>`\\]+(?:[/?#][^\s\"<>`\\]*)?")


def is_url(text: str) -> bool:
    """Whether *text* is an address that may be linked (SEC-B1): a scheme, a host, no secrets."""
    return _URL.fullmatch(text) is not None and text.isprintable()


_HOLES = {
    "slug": (r"(?![0-9]+/)[\w-]+", "a-title"),
    "id": (r"[0-9]+", "42"),
    "name": (r"[\w-]+", "a-list"),
    "hash": (r"[A-Za-z0-9]+", "ABC123"),
    "rest": (r"[^\s\"<>`\\]*", "page"),
}


@cache
def _place(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    holes = [_HOLES[part][0] if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(holes), re.ASCII | re.IGNORECASE)


def _example(template: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: _HOLES[hole[1]][1], template)


def holes() -> tuple[str, ...]:
    """What may stand in braces in a ``places`` template."""
    return tuple(_HOLES)


# Several values ----------------------------------------------------------------------------


def pieces(text: str, separator: str = "either") -> Iterator[Piece]:
    """The entries of a list, at commas and line ends outside ``<>``, ``()`` and backquotes.

    An entry whose line ends without a comma says so with ``comma=False``.
    """
    if separator == "line":
        yield from _lines(text)
        return
    start, depth, quoted = 0, 0, False
    for at, character in enumerate(text + "\n"):
        quoted ^= character == "`"
        depth += (character in "<(") - (character in ">)")
        if character == "\n":
            depth, quoted = 0, False
        if (character == "," and depth <= 0 and not quoted) or character == "\n":
            piece = _trimmed(text[start:at], start, comma=character == "," or at == len(text))
            if piece.text:
                yield piece
            start = at + 1


def _lines(text: str) -> Iterator[Piece]:
    start = 0
    for line in text.split("\n"):
        piece = _trimmed(line, start)
        if piece.text:
            yield piece
        start += len(line) + 1


def _trimmed(text: str, start: int, *, comma: bool = True) -> Piece:
    stripped = text.strip()
    return Piece(stripped, start + text.find(stripped) if stripped else start, comma)


def _each(
    text: str, form: Form, read_one: Callable[[Piece, Form], Any], split: Any = None
) -> tuple[Any, ...]:
    """Every entry read by *read_one*, and every mistake in them raised at once."""
    values: list[Any] = []
    mistakes: list[Mistake] = []
    for piece in split or pieces(text, form.separator):
        try:
            values.append(read_one(piece, form))
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
    if not values and not mistakes:
        mistakes.append(Mistake("header-list", 0, len(text), "holds nothing; write an entry"))
    if mistakes:
        raise InvalidValue(*mistakes)
    return tuple(values)


def _tidy_list(text: str, form: Form, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """*values*, if *text* writes them as a list should be written."""
    wanted = tuple(dict.fromkeys(values))
    if form.sorted:
        wanted = tuple(sorted(wanted))
    written = ", ".join(map(str, wanted))
    plain = " ".join(text.split()).removesuffix(",")
    if wanted != values or (not form.padded and plain != written):
        what = _list_fault(values, wanted)
        raise InvalidValue(
            Mistake("header-list", 0, len(text), f"{what}; write {quote(written)}", written)
        )
    return values


def _list_fault(values: tuple[Any, ...], wanted: tuple[Any, ...]) -> str:
    if len(values) != len(wanted):
        return "holds an entry twice"
    return "is not separated by commas and blanks" if values == wanted else "is not sorted"


def _choices(text: str, form: Form) -> tuple[str, ...]:
    return _tidy_list(text, form, _each(text, form, _one_of))


def _numbers(text: str, form: Form) -> tuple[int, ...]:
    return _tidy_list(text, form, _each(text, form, _one_number))


def _versions(text: str, form: Form) -> tuple[str, ...]:
    return _tidy_list(text, form, _each(text, form, _one_version))


_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,3})(?:\.(?:0|[1-9][0-9]{0,3})){1,2}")
_WILDCARD = re.compile(r"[1-9][0-9]?\.x")


def _one_version(piece: Piece, form: Form) -> str:
    if _VERSION.fullmatch(piece.text) or (form.wildcard and _WILDCARD.fullmatch(piece.text)):
        return piece.text
    message = f"is {quote(piece.text)}; write two or three numbers, such as 3.1 or 3.1.2"
    raise InvalidValue(piece.wrong("header-version", message))


def _urls(text: str, form: Form) -> tuple[str, ...]:
    return _each(text, form, _one_url)


# People ------------------------------------------------------------------------------------

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|Ph\.?D\.?", re.IGNORECASE)
_NAME = re.compile(r"(?!\d)\w(?:[\w '’.()-]*[\w.')])?")
_MAIL = re.compile(r"[\w!#$%&'*+/=?^{|}~.-]+(?:@| at )[\w-]+(?:\.[\w-]+)*", re.ASCII)
_HANDLE = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")


def _people(text: str, form: Form) -> tuple[Person, ...]:
    entries = list(_with_suffixes(pieces(text)))
    mistakes = [
        entry.wrong("header-person", f"has {quote(entry.text)} without a comma after it")
        for entry in entries
        if form.separator == "comma" and not entry.comma
    ]
    try:
        people = _each(text, form, _person, entries)
    except InvalidValue as invalid:
        mistakes += invalid.mistakes
    if mistakes:
        raise InvalidValue(*mistakes)
    return people


def _with_suffixes(entries: Iterator[Piece]) -> Iterator[Piece]:
    """Join ``Jr.`` and its like to the name before it."""
    last: Piece | None = None
    for entry in entries:
        suffix = re.split(r"\s*[<(]", entry.text, maxsplit=1)[0]
        if last is not None and _SUFFIX.fullmatch(suffix):
            gap = " " * (entry.start - last.end - 1)
            last = Piece(f"{last.text},{gap}{entry.text}", last.start, entry.comma)
            continue
        if last is not None:
            yield last
        last = entry
    if last is not None:
        yield last


def _person(piece: Piece, form: Form) -> Person:
    """``Name``, ``Name <mail>``, ``Name (@handle)`` or ``mail (Name)``."""
    text = piece.text
    if match := re.fullmatch(r"([^<>()]+@[^<>()]+?)\s*\(([^<>()@]+)\)", text):
        return _named(piece, match[2].strip(), match[1].strip(), None)
    match = re.fullmatch(r"([^<>]*?)\s*(?:<([^<>]*)>|\((@[^<>()]*)\))?", text)
    if match is None:
        raise InvalidValue(_no_person(piece, form))
    mail, handle = match[2], match[3]
    bad_mail = mail is not None and not (form.emails and _MAIL.fullmatch(mail))
    if bad_mail or (handle and not _HANDLE.fullmatch(handle)):
        raise InvalidValue(_no_person(piece, form))
    return _named(piece, match[1], mail, handle)


def _named(piece: Piece, name: str, mail: str | None, handle: str | None) -> Person:
    bare = re.sub(r",\s*(?=\w+\.?$)", " ", name)
    if not _NAME.fullmatch(bare):
        raise InvalidValue(_no_person(piece, Form()))
    address = None if mail is None else mail.replace(" at ", "@")
    return Person(" ".join(name.split()), address, handle and handle[1:])


def _no_person(piece: Piece, form: Form) -> Mistake:
    forms = "Ada Lovelace <ada@example.org>" if form.emails else "Ada Lovelace (@ada)"
    message = f"has {quote(piece.text)}; write a name, such as Ada Lovelace or {forms}"
    return piece.wrong("header-person", message)


# Records -----------------------------------------------------------------------------------


def _record(text: str, form: Form) -> Record:
    return _one_record(Piece(text.strip(), len(text) - len(text.lstrip())), form)


def _records(text: str, form: Form) -> tuple[Record, ...]:
    return _each(text, form, _one_record)


_PARTS = {"date": r"[^\s`<>]+", "status": r".+?", "url": r"[^\s`<>]+"}


@cache
def _shape(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    named = [rf"(?P<{p}>{_PARTS[p]})" if n % 2 else re.escape(p) for n, p in enumerate(parts)]
    return re.compile("".join(named).replace(r"\ ", r"\s+"))


def _one_record(piece: Piece, form: Form) -> Record:
    for template in form.forms:
        if match := _shape(template).fullmatch(piece.text):
            return _parts(piece, match, form)
    examples = {
        "date": format_date(date(2025, 3, 9), form.date),
        "status": form.choices[0] if form.choices else "Draft",
        "url": _example(form.places[0]) if form.places else "https://example.org/thread/7",
    }
    write = listed(template.format(**examples) for template in form.forms)
    raise InvalidValue(piece.wrong("header-record", f"has {quote(piece.text)}; write {write}"))


def _parts(piece: Piece, match: re.Match[str], form: Form) -> Record:
    readers: dict[str, Callable[[Piece, Form], Any]] = {
        "date": _one_date,
        "status": _one_of,
        "url": _one_url,
    }
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for part, text in match.groupdict().items():
        try:
            values[part] = readers[part](Piece(text, piece.start + match.start(part)), form)
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
    if mistakes:
        raise InvalidValue(*mistakes)
    return Record(**values)


# Dates -------------------------------------------------------------------------------------

_DATE_FORMATS = {
    "YYYY-MM-DD": re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    "DD-mmm-YYYY": re.compile(rf"(?P<d>[0-9]{{2}})-(?P<m>{'|'.join(MONTHS)})-(?P<y>[0-9]{{4}})"),
}
_LOOSE = (
    re.compile(r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})"),
    re.compile(
        r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<m>[A-Za-z]{3,9})[-/., ]+(?P<y>[0-9]{4})"
    ),
    re.compile(r"(?P<m>[A-Za-z]{3,9})\.? +(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? +(?P<y>[0-9]{4})"),
)


def date_formats() -> tuple[str, ...]:
    """The ways of writing a day that a process file may ask for."""
    return tuple(_DATE_FORMATS)


def format_date(day: date, form: str) -> str:
    """*day* written as *form* says; month names are English wherever the tool runs."""
    if form == "DD-mmm-YYYY":
        return f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year:04}"
    return day.isoformat()


def _exact_date(text: str, form: str) -> date | None:
    match = _DATE_FORMATS[form].fullmatch(text)
    return _day(match) if match else None


def _any_date(text: str) -> date | None:
    """The day that *text* means beyond doubt: 03/04/2025 is not one."""
    text = " ".join(text.replace("\N{NON-BREAKING HYPHEN}", "-").split())
    matches = (pattern.fullmatch(text) for pattern in _LOOSE)
    return next((day for match in matches if match and (day := _day(match))), None)


def _day(match: re.Match[str]) -> date | None:
    month = match["m"]
    if not month.isdigit():
        months = [n for n, name in enumerate(MONTHS, 1) if name.lower() == month[:3].lower()]
        if not months:
            return None
        month = str(months[0])
    try:
        return date(int(match["y"]), int(month), int(match["d"]))
    except ValueError:
        return None


_READERS: dict[str, Reader] = {
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "flag": _flag,
    "number": _number,
    "numbers": _numbers,
    "date": _date,
    "version": lambda text, form: _one_version(Piece(text, 0), form),
    "versions": _versions,
    "people": _people,
    "url": _url,
    "urls": _urls,
    "record": _record,
    "records": _records,
}

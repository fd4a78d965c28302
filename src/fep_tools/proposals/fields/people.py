"""People: ``Name``, ``Name <mail>``, ``Name (@handle)`` and ``mail (Name)``.

A parser of our own, since :mod:`email.utils` damages names and loses what it does not expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..._text import quote
from .lists import pieces, read_each
from .spec import FieldSpec, InvalidValue, Mistake, Piece


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a header."""

    name: str
    email: str | None = None
    handle: str | None = None


LONGEST = 200
"""Characters that a name with an address has at most."""

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|Ph\.?D\.?", re.IGNORECASE)
_SUFFIX_COMMA = re.compile(rf",\s*(?=(?:{_SUFFIX.pattern})$)", re.IGNORECASE)
_NAME = re.compile(r"(?!\d)\w(?:[\w '’.()-]*[\w.')])?")
_MAIL = re.compile(r"(?a:[\w!#$%&'*+/=?^{|}~.-]+)(?:@| at )[\w-]+(?:\.[\w-]+)*")
_LOCAL = r"(?<![\w!#$%&'*+/=?^{|}~.-])[\w!#$%&'*+/=?^{|}~.-]+"
_HOST = r"[\w-]+(?:\.[\w-]+)+"
_PUBLIC = re.compile(
    r"(?P<url>https?://[^\s<>]+)"
    r"|(?P<angle>\s*<[^<>@]+(?:@| at )[^<>@]+>)"
    rf"|{_LOCAL}(?:@| at ){_HOST}\s*\((?P<name>[^()@]*)\)"
    rf"|{_LOCAL}@{_HOST}"
    rf"|(?:(?<=,)|^)\s*{_LOCAL} at {_HOST}(?=\s*(?:,|$))"
)
"""Addresses, as people have written them: with ``at`` for ``@`` too, where no title would.

A list's address in that of its archive stays.
"""

_HANDLE = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]{0,38}")
_PERSON = re.compile(r"(?P<name>[^<>]*?)\s*(?:<(?P<mail>[^<>]*)>|\((?P<handle>@[^<>()]*)\))?")
_MAIL_FIRST = re.compile(r"(?P<mail>[^<>()]+@[^<>()]+?)\s*\((?P<name>[^<>()@]+)\)")
_BARE_HANDLE = re.compile(rf"(?P<name>[^<>@]*[^<>@\s])\s*[<(]?(?P<handle>{_HANDLE.pattern})[>)]?")


def read_people(whole: Piece, spec: FieldSpec) -> tuple[Person, ...]:
    """Everybody whom *whole* names."""
    entries = tuple(_with_suffixes(pieces(whole.text, spec.header.separator, whole.start)))
    try:
        people = read_each(whole, spec, _person, entries)
    except InvalidValue as invalid:
        raise InvalidValue(*invalid.mistakes, *_without_comma(entries, spec, invalid)) from None
    if mistakes := tuple(_without_comma(entries, spec)):
        raise InvalidValue(*mistakes)
    if spec.header.one_person and len(people) > 1:
        raise whole.wrong("header-list", f"names {len(people)} people; write one")
    return people


def _without_comma(
    entries: Iterable[Piece], spec: FieldSpec, invalid: InvalidValue | None = None
) -> Iterator[Mistake]:
    """The entries that should have a comma after them, except those that are wrong anyway."""
    wrong = {mistake.start for mistake in invalid.mistakes} if invalid else set()
    for entry in entries if spec.header.separator == "comma" else ():
        if not entry.comma and entry.start not in wrong:
            message = f"has no comma after {quote(entry.text)}; write one"
            yield Mistake("header-list", entry.start, entry.end, message, f"{entry.text},")


def _with_suffixes(entries: Iterable[Piece]) -> Iterator[Piece]:
    """*entries* with ``Jr.`` and its like joined to the name before it."""
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


def _person(piece: Piece, spec: FieldSpec) -> Person:
    if len(piece.text) > LONGEST:
        message = f"has an entry of {len(piece.text)} characters; write {_forms(spec)}"
        raise piece.wrong("header-person", message)
    match = _MAIL_FIRST.fullmatch(piece.text) or _PERSON.fullmatch(piece.text)
    if match is None:
        raise _nobody(piece, spec)
    found = match.groupdict()
    name, mail, handle = found["name"].strip(), found["mail"], found.get("handle")
    if mail is not None and not spec.header.emails:
        plain = name if _is_name(name) else "the name alone"
        raise piece.wrong("header-person", f"has the address {quote(mail)}; write {plain}")
    if (mail is not None and not _MAIL.fullmatch(mail)) or not _is_name(name):
        raise _nobody(piece, spec)
    if handle is not None and not _HANDLE.fullmatch(handle):
        raise _nobody(piece, spec)
    address = None if mail is None else mail.replace(" at ", "@")
    return Person(" ".join(name.split()), address, handle and handle[1:])


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(_SUFFIX_COMMA.sub(" ", text)) is not None


def _nobody(piece: Piece, spec: FieldSpec) -> InvalidValue:
    match = _BARE_HANDLE.fullmatch(piece.text)
    fix = f"{match['name']} ({match['handle']})" if match and _is_name(match["name"]) else None
    write = fix or f"a name, such as Ada Lovelace or {_forms(spec)}"
    return piece.wrong("header-person", f"has {quote(piece.text)}; write {write}", fix)


def _forms(spec: FieldSpec) -> str:
    return "Ada Lovelace <ada@example.org>" if spec.header.emails else "Ada Lovelace (@ada)"


def strip_emails(text: str) -> str:
    """*text* as it may be published: people by their names, and no address of e-mail.

    >>> without_mail("Ada Lovelace <ada@example.org>, bob at example.org (Bob)")
    'Ada Lovelace, Bob'
    """
    return _PUBLIC.sub(_name_alone, text) if "@" in text or " at " in text else text


def _name_alone(mail: re.Match[str]) -> str:
    return mail["url"] or ("" if mail["angle"] else mail["name"] or "(e-mail)")

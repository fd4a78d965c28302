"""People: ``Name``, ``Name <mail>``, ``Name (@handle)``, both, ``Name (mail)`` and ``mail (Name)``.

:mod:`email.utils` is of no use here: it changes names, and drops what it does not expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..._text import quote
from .lists import pieces, read_each
from .names import is_name, is_suffix
from .spec import FieldSpec, InvalidValue, Mistake, Piece


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a header."""

    name: str
    email: str | None = None
    handle: str | None = None


MAX_PERSON_CHARACTERS = 200
"""The longest name, with its e-mail address or handle."""

_MAIL = re.compile(r"(?a:[\w!#$%&'*+/=?^{|}~.-]+)(?:@| at )[\w-]+(?:\.[\w-]+)*")
HANDLE = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]{0,38}")
"""The name of an account at the host, as in ``@ada``."""


# "Ada", "Ada <ada@example.org>", "Ada (@ada)" or "Ada (@ada) <ada@example.org>"
_PERSON = re.compile(
    r"(?P<name>[^<>]*?)\s*(?:\((?P<handle>@[^<>()]*)\))?\s*(?:<(?P<mail>[^<>]*)>)?"
)
# "Ada (ada@example.org)" and "Ada (ada at example.org)"
_MAIL_LAST = re.compile(r"(?P<name>[^<>()]*?)\s*\((?P<mail>[^<>()\s]+(?:@| at )[^<>()\s]+)\)")
# "ada@example.org (Ada)" and "ada at example.org (Ada)"
_MAIL_FIRST = re.compile(r"(?P<mail>[^<>()\s]+(?:@| at )[^<>()]+?)\s*\((?P<name>[^<>()@]+)\)")
# "Ada @ada" and "Ada <@ada>", which can be fixed
_BARE_HANDLE = re.compile(rf"(?P<name>[^<>@]*[^<>@\s])\s*[<(]?(?P<handle>{HANDLE.pattern})[>)]?")

_LOCAL_PART = r"(?<![\w!#$%&'*+/=?^{|}~.-])[\w!#$%&'*+/=?^{|}~.-]+"
_HOST = r"[\w-]+(?:\.[\w-]+)+"
_DOT = r"(?:\.|\s*[\[({]\s*dot\s*[\])}]\s*|\s+dot\s+)"
# "ada [at] example.org", "ada(at)example(dot)org" and "ada AT example DOT org": addresses that
# are hidden from programs, but not from ours. A plain " at " needs a "dot" in words here.
_HIDDEN = (
    rf"{_LOCAL_PART}(?i:\s*[\[({{]\s*at\s*[\])}}]\s*[\w-]+(?:{_DOT}[\w-]+)*"
    rf"|\s+at\s+[\w-]+(?:\.[\w-]+)*(?:\s*[\[({{]\s*dot\s*[\])}}]\s*|\s+dot\s+)"
    rf"[\w-]+(?:{_DOT}[\w-]+)*)"
)
# E-mail addresses in any text. "ada at example.org" counts only where it is a whole entry or in
# angle brackets, since "Views at rest.api" in a title is not one. URLs match first and stay as they
# are: the URL of a mailing list's archive may have the list's address in it. Anybody can be the
# author of a commit, so the time must be linear: a match does not begin inside of blanks, and
# what is between "<" and ">" has a limit.
_EMAIL_IN_TEXT = re.compile(
    r"(?P<url>https?://[^\s<>]+)"
    rf"|(?P<angle>(?<!\s)\s*<(?:\s*{_HIDDEN}\s*"
    r"|(?!https?:)[^<>@]{1,300}(?:@| at )[^<>@]{1,300})>)"
    rf"|(?:{_LOCAL_PART}(?:@| at ){_HOST}|{_HIDDEN})\s*\((?P<name>[^()@]*)\)"
    rf"|{_LOCAL_PART}@{_HOST}"
    rf"|{_HIDDEN}"
    rf"|(?:(?<=,)|^)\s*{_LOCAL_PART} at {_HOST}(?=\s*(?:,|$))"
)
# In an entry of a list of people, " at " with a host after it is always an address.
_ADDRESS = re.compile(rf"{_LOCAL_PART}(?:@|\s+(?i:at)\s+){_HOST}|{_HIDDEN}")
# "[Ada](https://example.org)" of Markdown and "`Ada <https://example.org>`_" of reStructuredText
_LINKED_TEXT = re.compile(
    r"\[(?P<markdown>[^\[\]]*)\]\([^()\s]*\)|`(?P<rst>[^`<>]*?)\s*<[^`<>]*>`__?"
)
# Where a name ends in an entry that is not as expected.
_END_OF_NAME = re.compile(r"[<>\[\]{}@|/\\;\u3001\uff0c]|\((?=\s*@)|\bhttps?:")


def read_people(value: Piece, spec: FieldSpec) -> tuple[Person, ...]:
    """Read a list of people."""
    entries = tuple(join_suffixes(pieces(value.text, spec.header.separator, value.start)))
    try:
        people = read_each(value, spec, read_person, entries)
    except InvalidValue as invalid:
        positions = {mistake.start for mistake in invalid.mistakes}
        commas = _missing_commas(entries, spec, positions)
        raise InvalidValue(*invalid.mistakes, *commas, value=invalid.value) from None
    if mistakes := tuple(_missing_commas(entries, spec)):
        raise InvalidValue(*mistakes, value=people)
    if spec.header.one_person and len(people) > 1:
        message = f"names {len(people)} people; name one"
        raise value.error("header-list", message, value=people)
    return people


def _missing_commas(
    entries: Iterable[Piece], spec: FieldSpec, reported: Iterable[int] = ()
) -> Iterator[Mistake]:
    """Yield a mistake for each entry that should end with a comma.

    :param reported: offsets of entries that have another mistake.
    """
    needs_commas = spec.header.separator == "comma" and not spec.header.repeated
    for entry in entries if needs_commas else ():
        if not entry.comma and entry.start not in reported:
            message = f"has no comma after {quote(entry.text)}; add one"
            yield Mistake("header-list", entry.start, entry.end, message, f"{entry.text},")


def join_suffixes(entries: Iterable[Piece]) -> Iterator[Piece]:
    """Join a suffix to the name before it: "Sam Roe, Jr." is one person, not two."""
    previous: Piece | None = None
    for entry in entries:
        words = re.split(r"[<(]", entry.text, maxsplit=1)[0].rstrip()
        is_short = previous is not None and len(previous.text) <= MAX_PERSON_CHARACTERS
        if previous is not None and is_short and is_suffix(words):
            gap = " " * (entry.start - previous.end - 1)
            text = f"{previous.text},{gap}{entry.text}"
            previous = Piece(text, previous.start, entry.comma)
            continue
        if previous is not None:
            yield previous
        previous = entry
    if previous is not None:
        yield previous


def read_person(piece: Piece, spec: FieldSpec) -> Person:
    """Read one person.

    Of an entry that is not as expected, the name at its beginning is understood, if it has one.
    """
    length = len(piece.text)
    if length > MAX_PERSON_CHARACTERS:
        message = f"has an entry of {length} characters; use at most {MAX_PERSON_CHARACTERS}"
        raise piece.error("header-person", message)
    if spec.header.bare_handles and HANDLE.fullmatch(piece.text):
        return _person(piece.text[1:], handle=piece.text)
    patterns = (_MAIL_FIRST, _MAIL_LAST, _PERSON)
    text = _without_trailing_text(piece.text) if spec.header.trailing_text else piece.text
    match = next((m for pattern in patterns if (m := pattern.fullmatch(text))), None)
    if match is None:
        raise _not_a_person(piece, spec)
    parts = match.groupdict()
    name, mail, handle = parts["name"].strip(), parts["mail"], parts.get("handle")
    if not _is_person_name(name):
        raise _not_a_person(piece, spec)
    if handle is not None and not HANDLE.fullmatch(handle):
        raise _not_a_person(piece, spec)
    if mail is not None and not spec.header.emails:
        rest = f"{name} ({handle})" if handle else name
        message = f"has the e-mail address {quote(mail)}; write {rest}"
        raise piece.error("header-person", message, value=_person(name, handle=handle))
    if mail is not None and not _MAIL.fullmatch(mail):
        raise _not_a_person(piece, spec)
    email = None if mail is None else mail.replace(" at ", "@")
    return _person(name, email, handle)


def _without_trailing_text(text: str) -> str:
    """Return an entry without its links, and without the comma and the text after the person.

    >>> _without_trailing_text("Ada Lovelace ([@ada](https://example.org/ada)), a society")
    'Ada Lovelace (@ada)'
    """
    plain = _LINKED_TEXT.sub(lambda match: match["markdown"] or match["rst"] or "", text)
    return plain.partition(",")[0].strip()


def _person(name: str, email: str | None = None, handle: str | None = None) -> Person:
    return Person(" ".join(name.split()), email, handle and handle[1:])


def _is_person_name(text: str) -> bool:
    """Return whether *text* is a name, and not an address such as ``ada at example.org``."""
    return is_name(text) and not _ADDRESS.search(text)


def _not_a_person(piece: Piece, spec: FieldSpec) -> InvalidValue:
    match = _BARE_HANDLE.fullmatch(piece.text)
    full = "Ada Lovelace <ada@example.org>" if spec.header.emails else "Ada Lovelace (@ada)"
    if match and _is_person_name(match["name"]):
        fix = f"{match['name']} ({match['handle']})"
        person = _person(match["name"], handle=match["handle"])
        message = f"has {quote(piece.text)}; write {fix}"
        return piece.error("header-person", message, fix, person)
    message = f"has {quote(piece.text)}; write a name, such as Ada Lovelace or {full}"
    return piece.error("header-person", message, value=_understood(piece.text))


def _understood(text: str) -> Person | None:
    """Return the person at the beginning of an entry, as in ``Ada Lovelace <ada``.

    Of ``@ada``, the handle is the name. An address without a name is not published.
    """
    if HANDLE.fullmatch(text):
        return _person(text[1:], handle=text)
    name = _END_OF_NAME.split(_ADDRESS.split(text, maxsplit=1)[0], maxsplit=1)[0].strip(" \t\n,;:-")
    return _person(name) if _is_person_name(name) else None


def strip_emails(text: str) -> str:
    """Return *text* without e-mail addresses, as it may be published.

    >>> strip_emails("Ada Lovelace <ada@example.org>, bob@example.org (Bob)")
    'Ada Lovelace, Bob'
    """
    is_possible = "@" in text or "at" in text.lower()
    return _EMAIL_IN_TEXT.sub(_without_email, text) if is_possible else text


def _without_email(match: re.Match[str]) -> str:
    return match["url"] or ("" if match["angle"] else match["name"] or "(e-mail)")

"""Make sure that the role, the kind and the options of every header go together.

What reads a role relies on its kind: authors are people, the day of creation is a date. An option
that its kind does not know would silently do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .._text import did_you_mean, join_words
from .model import Process
from .placeholder_validation import brace_problem
from .schema import Header, InvalidDefinition, RECORD_PLACEHOLDERS, URL_PLACEHOLDERS
from .schema.kinds import CHOICES, OPTION_KINDS, PEOPLE, RECORDS, ROLES

_WORD = r"\{\w+\}"
"""A placeholder of any name; :mod:`.validation` reports those that do not exist."""

LISTED_ROLES = ("status", "type", "history")
"""Roles whose choices are the statuses or the types of the process."""


def header_problems(process: Process) -> Iterator[InvalidDefinition]:
    """Yield what is wrong with the headers of *process*, at the keys in their tables."""
    headers = {header.name: header for header in process.headers}
    for position, header in enumerate(process.headers):
        for key, message in _problems(header, headers):
            message = f"header {header.name!r}: {message}"
            yield InvalidDefinition(message, ("header", position, key))


KeyProblems = Iterator[tuple[str, str]]
"""Keys, and what is wrong with their values."""


def _problems(header: Header, headers: Mapping[str, Header]) -> KeyProblems:
    role, kind = header.role, header.kind
    if role is not None and kind not in ROLES[role].kinds:
        allowed = join_words(f'"{name}"' for name in ROLES[role].kinds)
        advice = f"write kind = {allowed}, or remove the role"
        yield "kind", f"the role {role!r} does not go with the kind {kind!r}; {advice}"
    given = {Header.model_fields[name].alias or name for name in header.model_fields_set}
    for option, kinds in OPTION_KINDS.items():
        if option in given and kind not in kinds:
            message = f"{option!r} is for the kind {join_words(kinds)}, and not for {kind!r}"
            yield option, f"{message}; remove it"
    yield from _choice_problems(header)
    yield from _url_problems(header)
    yield from _date_problems(header)
    if kind in RECORDS:
        yield from _record_problems(header)
    for name in header.distinct_from:
        if headers[name] is header:
            yield "distinct_from", f"{name!r} is this header itself; remove it"
        elif headers[name].kind != "people":
            yield "distinct_from", f"{name!r} names no people; remove it"


def _choice_problems(header: Header) -> KeyProblems:
    choices, kind = header.choices, header.kind
    if header.trailing_text and kind in PEOPLE:
        if header.separator != "line":
            message = "'trailing_text' of people follows a comma"
            yield "trailing_text", f'{message}; add separator = "line"'
    elif header.trailing_text and header.role not in ("status", None):
        message = f"the role {header.role!r} takes a word of its own"
        yield "trailing_text", f"{message}; remove 'trailing_text'"
    if unknown := [name for name in header.summaries if name not in choices]:
        hint = did_you_mean(unknown[0], choices) if choices else "remove it"
        yield "summaries", f"{unknown[0]!r} is none of its choices; {hint}"
    if header.role in LISTED_ROLES:
        if choices:
            source = "[[type]]" if header.role == "type" else "[[status]]"
            message = f"the choices of the role {header.role!r} are those of {source}"
            yield "choices", f"{message}; remove 'choices'"
        return
    if kind in CHOICES and not choices:
        yield "kind", f'the kind {kind!r} needs choices, such as choices = ["Core", "Events"]'
    if kind == "flag" and len(choices) > 1:
        yield "choices", 'a flag has one choice, such as choices = ["yes"]; keep one'
    if len(set(choices)) < len(choices):
        yield "choices", "'choices' has a word twice; remove one"
    with_comma = next((choice for choice in choices if "," in choice), None)
    if kind == "choices" and with_comma:
        message = f"the choice {with_comma!r} has a comma, which separates choices"
        yield "choices", f"{message}; write it without"


def _url_problems(header: Header) -> KeyProblems:
    for key in ("allowed_urls", "refused_urls"):
        for pattern in getattr(header, key):
            if problem := brace_problem(pattern, URL_PLACEHOLDERS, _WORD):
                yield key, problem
    for pattern in header.refused_urls:
        # URLs are compared with their scheme replaced by https.
        if not pattern.startswith("https://"):
            yield "refused_urls", f"{pattern!r} matches no URL; begin it with https://"


def _date_problems(header: Header) -> KeyProblems:
    if len(set(header.date_formats)) < len(header.date_formats):
        yield "date_format", "'date_format' has a format twice; remove one"
    with_blank = next((name for name in header.date_formats if " " in name), None)
    if with_blank and header.kind in RECORDS:
        message = f"{with_blank!r} has blanks, so a record with it could not be read"
        yield "date_format", f"{message}; use YYYY-MM-DD"


def _record_problems(header: Header) -> KeyProblems:
    key = "record_formats"
    if not header.record_formats:
        yield key, "'record_formats' is empty; write one such as {date} {url}"
    for form in header.record_formats:
        if problem := brace_problem(form, RECORD_PLACEHOLDERS, _WORD):
            yield key, problem
        names = re.findall(r"\{(\w+)\}", form)
        repeated = next((name for name in names if names.count(name) > 1), None)
        if repeated:
            yield key, f"{form!r} has {{{repeated}}} twice; remove one"
        if not names:
            usable = join_words(f"{{{name}}}" for name in RECORD_PLACEHOLDERS)
            yield key, f"{form!r} has no placeholder; use {usable}"
        if header.role == "history" and not {"date", "status"} <= {*names}:
            message = f"the role 'history' needs {{date}} and {{status}}, which {form!r} lacks"
            yield key, f"{message}; write {{date}} {{status}} {{url}}"

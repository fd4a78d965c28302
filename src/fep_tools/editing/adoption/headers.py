"""Infer the dialect and the headers of proposals from their texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from ..._numbers import NUMBER
from ...process.schema import DateFormat, Kind, Role
from ...process.schema.kinds import OPTION_KINDS
from ...proposals.fields.dates import DATE_PATTERNS
from ...proposals.fields.lists import pieces
from ...proposals.fields.people import HANDLE
from ...proposals.preamble import Preamble
from .order import common_order
from .vocabulary import header_key, ROLES, STATUSES

MOST = 0.8
"""The share of values that must have a form, so that it is the form of a header."""

MIN_DATES = 2
"""How many proposals must have a date in another form, so that it is one of the forms."""

MIN_EMPTY = 2
"""How many proposals must have a header without a value, so that it may be empty."""

MIN_TRAILING = 2
"""How many proposals must have text after their status, so that it is allowed."""

MIN_BARE_HANDLES = 2
"""How many proposals must have a handle that stands for a person, so that it may."""

MAX_CHOICES = 12
"""How many values a header of kind ``choice`` may have."""


@dataclass(frozen=True)
class InferredHeader:
    """A header that proposals have.

    :param formerly: other spellings of its name
    :param count: how many proposals have it
    :param values: its values, each on one line, with the number of proposals that have it
    :param is_repeated: whether several proposals have it more than once
    :param trailing_text: how many proposals have text after the value, as after a status
    :param is_by_line: whether each line is an entry
    :param empty: how many proposals have it without a value
    :param bare_handles: how many proposals have a handle in it that stands for a person
    """

    name: str
    formerly: tuple[str, ...]
    count: int
    values: Mapping[str, int]
    kind: Kind = "text"
    role: Role | None = None
    date_formats: tuple[DateFormat, ...] = ("YYYY-MM-DD",)
    record_formats: tuple[str, ...] = ()
    leading_zeros: bool = False
    choices: tuple[str, ...] = ()
    linked_numbers: bool = False
    is_repeated: bool = False
    trailing_text: int = 0
    is_by_line: bool = False
    empty: int = 0
    bare_handles: int = 0


def infer_headers(preambles: Sequence[Preamble], numbers: Sequence[int]) -> list[InferredHeader]:
    """Return the headers that *preambles* have, in their usual order.

    A name that only one proposal has is left out, unless it is well known: it may be a mistake.
    So is one that is on several lines, as a name in YAML may be.

    :param numbers: the number in the name of each file
    """
    number_key = _number_key(preambles, numbers)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    values: dict[str, Counter[str]] = defaultdict(Counter)
    repeated: Counter[str] = Counter()
    orders: list[list[str]] = []
    filled: list[set[str]] = []
    lists: dict[str, list[list[str]]] = defaultdict(list)
    for preamble in preambles:
        names = Counter(field.name for field in preamble.fields)
        repeated.update({_key(name) for name, count in names.items() if count > 1})
        keys = dict.fromkeys(_key(field.name) for field in preamble.fields)
        orders.append(list(keys))
        filled.append({_key(field.name) for field in preamble.fields if field.value.strip()})
        for field in preamble.fields:
            spellings[_key(field.name)][field.name] += 1
            lists[_key(field.name)].append([line.text for line in field.lines if line.text])
            if text := " ".join(field.value.split()):
                values[_key(field.name)][text] += 1
    total = Counter(key for keys in orders for key in keys)
    headers = []
    several = [[k for k in keys if total[k] > 1 or _role(k) or k == number_key] for keys in orders]
    for key in common_order(several):
        role = "number" if key == number_key else _role(key)
        if role == "title" and total[key] <= len(preambles) / 2:
            role = None  # the title is a heading, and a few repeat it
        if total[key] < 2 and role is None:
            continue
        name, *others = (name for name, _ in spellings[key].most_common())
        if not all(map(str.isprintable, (name, *others))):
            continue
        empty = total[key] - len({n for n, keys in enumerate(filled) if key in keys})
        header = InferredHeader(name, tuple(others), total[key], values[key], empty=empty)
        header = _with_kind(header, role)
        if header.kind == "people" and (count := _count_affiliations(lists[key])):
            header = replace(header, trailing_text=count, is_by_line=True)
        is_repeated = repeated[key] > 1 and header.kind in OPTION_KINDS["repeated"]
        headers.append(replace(header, is_repeated=is_repeated))
    return _with_distinct_roles(headers)


def _count_affiliations(lists: Sequence[Sequence[str]]) -> int:
    """Return how many lists of people have a person on each line, with a text after a comma.

    0 if most lines end with a comma, or have none.
    """
    lines = [line for people in lists if len(people) > 1 for line in people]
    apart = [line for line in lines if re.search(r",[^,@<]*[^,@<\s][^@<]*[^,@<]$", line)]
    if len(apart) < max(MIN_TRAILING, MOST * len(lines)):
        return 0
    return sum(any("," in line for line in people) for people in lists)


def _key(name: str) -> str:
    """Return the key of a header; ``Author`` and ``Authors`` are one."""
    key = header_key(name)
    singular = key.removesuffix("s")
    is_known = key in ROLES and ROLES.get(singular) == ROLES[key]
    return singular if is_known else key


def _number_key(preambles: Sequence[Preamble], numbers: Sequence[int]) -> str | None:
    """Return the header that has the number in the file's name, in most proposals."""
    equal = Counter(
        header_key(field.name)
        for preamble, number in zip(preambles, numbers, strict=True)
        for field in preamble.fields
        if re.fullmatch("[0-9]{1,9}", field.value) and int(field.value) == number
    )
    key, count = next(iter(equal.most_common(1)), (None, 0))
    return key if count > len(preambles) / 2 else None


def _role(key: str) -> Role | None:
    return "version" if key.endswith("-version") else ROLES.get(key)


def _with_distinct_roles(headers: list[InferredHeader]) -> list[InferredHeader]:
    """Leave each role to the most frequent of the headers that have it."""
    best: dict[Role, InferredHeader] = {}
    for header in sorted(headers, key=lambda header: -header.count):
        if header.role:
            best.setdefault(header.role, header)
    return [
        header if not header.role or best[header.role] is header else replace(header, role=None)
        for header in headers
    ]


def _with_kind(header: InferredHeader, role: Role | None) -> InferredHeader:
    """Return *header* with its role, and the kind that its values have."""
    values = header.values
    match role:
        case "number":
            zeros = any(value.startswith("0") for value in values)
            return replace(header, role=role, kind="number", leading_zeros=zeros)
        case "title":
            return replace(header, role=role, kind="text")
        case "authors" | "scribe" | "upstream_authors" | "sponsor" | "delegate":
            found = [(pieces(value), count) for value, count in values.items()]
            bare = sum(n for people, n in found if any(HANDLE.fullmatch(p.text) for p in people))
            return replace(header, role=role, kind="people", bare_handles=bare)
        case "status":
            words = Counter[str]()
            for value, count in values.items():
                words[_status_word(value)] += count
            longer = sum(count for value, count in values.items() if _status_word(value) != value)
            header = header if longer < MIN_TRAILING else replace(header, values=words)
            trailing = longer if longer >= MIN_TRAILING else 0
            return replace(header, role=role, kind="choice", trailing_text=trailing)
        case "type":
            return replace(header, role=role, kind="choice")
        case "topics":
            return replace(header, role=role, kind="choices", choices=_choices(values))
        case "requires" | "replaces" | "superseded_by":
            zeros = any(re.search(r"\b0[0-9]", value) for value in values)
            linked = any(re.search(r"[^\s,0-9]", value) for value in values)
            return replace(
                header, role=role, kind="numbers", leading_zeros=zeros, linked_numbers=linked
            )
        case "created" | "review_until":
            return replace(header, role=role, kind="date", date_formats=_date_formats(values))
        case "version":
            is_list = any("," in value for value in values)
            kind: Kind = "versions" if is_list else "version"
            is_version = _share(values, _VERSIONS) >= MOST
            return replace(header, role=role, kind=kind if is_version else "text")
        case "discussion" | "upstream" if _share(values, _URL) >= MOST:
            return replace(header, role=role, kind="url")
        case "posts":
            return _as_records(header, role, "records")
        case "resolution":
            return _as_records(header, role, "record")
    return _with_plain_kind(header)


_URL = r"https?://\S+"
_VERSIONS = r"[0-9]+(?:\.[0-9x]+)*(?:\s*,\s*[0-9]+(?:\.[0-9x]+)*)*"
_NUMBER = NUMBER


def _with_plain_kind(header: InferredHeader) -> InferredHeader:
    values = header.values
    dates = "|".join(_without_names(pattern) for pattern in DATE_PATTERNS.values())
    if _share(values, dates) >= MOST:
        return replace(header, kind="date", date_formats=_date_formats(values))
    if _share(values, _URL) >= MOST:
        return replace(header, kind="url")
    return header


def _as_records(header: InferredHeader, role: Role, kind: Kind) -> InferredHeader:
    """Return *header* as dates with or without links, in the forms that its entries have."""
    entries: Counter[str] = Counter()
    for value, count in header.values.items():
        for piece in pieces(value) if kind == "records" else [value]:
            entries[piece if isinstance(piece, str) else piece.text] += count
    date_formats = _date_formats(
        Counter(date for entry in entries for date in re.findall(_ANY_DATE, entry))
    )
    date_formats = tuple(name for name in date_formats if " " not in name) or ("YYYY-MM-DD",)
    date = f"(?:{'|'.join(_without_names(DATE_PATTERNS[name]) for name in date_formats)})"
    forms = {
        "{date}": date,
        "{url}": _URL,
        "`{date} <{url}>`__": rf"`{date}\s+<{_URL}>`__",
        "`{date} <{url}>`_": rf"`{date}\s+<{_URL}>`_",
        "{date} {url}": rf"{date}\s+{_URL}",
    }
    found = {form: _count(entries, pattern) for form, pattern in forms.items()}
    formats = sorted((form for form in forms if found[form]), key=lambda form: -found[form])
    if sum(found.values()) < MOST * sum(entries.values()) or not formats:
        return replace(header, kind="text")
    return replace(
        header, role=role, kind=kind, date_formats=date_formats, record_formats=tuple(formats)
    )


_ANY_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[A-Z][a-z]{2}-[0-9]{4}"


def _date_formats(values: Mapping[str, int]) -> tuple[DateFormat, ...]:
    """Return the format that most of *values* have, and others of several of the rest."""
    formats: list[DateFormat] = []
    rest = dict(values)
    while True:
        best: DateFormat = max(
            get_args(DateFormat), key=lambda name: _count(rest, DATE_PATTERNS[name])
        )
        if formats and _count(rest, DATE_PATTERNS[best]) < MIN_DATES:
            return tuple(formats)
        formats.append(best)
        rest = {v: n for v, n in rest.items() if not DATE_PATTERNS[best].fullmatch(v)}


def _without_names(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\(\?P<\w>", "(?:", pattern.pattern)


# What may follow a status: "Adopted (2009/03/16)", "Adopted on 2011-12-15", "Final — see 7".
_AFTER_STATUS = r"\s*(?:[-\u2013\u2014(,;:/.]|\b(?:and|on|by|in|with|as|see|via)\b|[0-9])\s*\S"


def _status_word(value: str) -> str:
    """Return the status at the beginning of a text, if it is well known; else the text."""
    match = re.match(rf"([^\W\d_]+){_AFTER_STATUS}", value)
    return match[1] if match and match[1].casefold() in STATUSES else value


def _choices(values: Mapping[str, int]) -> tuple[str, ...]:
    """Return the entries of lists of words, sorted."""
    return tuple(sorted({piece.text for value in values for piece in pieces(value)}))


def _share(values: Mapping[str, int], pattern: str | re.Pattern[str]) -> float:
    """Return the share of proposals whose value has a form, from 0 to 1."""
    return _count(values, pattern) / max(1, sum(values.values()))


def _count(values: Mapping[str, int], pattern: str | re.Pattern[str]) -> int:
    return sum(count for value, count in values.items() if re.fullmatch(pattern, value))

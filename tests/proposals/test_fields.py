"""Values of headers: what each kind accepts, how it reports the rest, and that it never fails."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.schema import DateFormat, Header, Kind, RECORD_PLACEHOLDERS, URL_PLACEHOLDERS
from fep_tools.process.source import BUILTIN_DIRECTORY, builtin_names
from fep_tools.proposals import fields
from fep_tools.proposals.fields import (
    FieldSpec,
    InvalidValue,
    Mistake,
    Person,
    Record,
    strip_emails,
)
from fep_tools.proposals.fields.dates import DATE_PATTERNS
from fep_tools.proposals.fields.headers import field_spec, read_headers
from fep_tools.proposals.fields.records import RECORD_READERS
from fep_tools.proposals.fields.urls import URL_PLACEHOLDER_PATTERNS


def spec(
    kind: Kind,
    choices: tuple[str, ...] = (),
    former: tuple[tuple[str, str], ...] = (),
    acronym: str = "",
    **keys: Any,
) -> FieldSpec:
    """Return the format of a header with those *keys* in the process file."""
    return FieldSpec(Header(name="X", kind=kind, **keys), choices, former, acronym)


STATUSES = ("Draft", "Final", "April Fool!")
FORMER = (("Finished", "Final"),)
THREADS = ("https://example.org/t/{slug}/{id}", "https://example.org/t/{id}")

SPECS = {
    "text": spec("text", max_length=20),
    "choice": spec("choice", choices=STATUSES, former=FORMER),
    "choices": spec("choices", choices=("Core", "Events", "Typing"), sorted=True),
    "flag": spec("flag", choices=("yes",)),
    "number": spec("number", acronym="FEP"),
    "padded": spec("number", leading_zeros=True),
    "numbers": spec("numbers", sorted=True, acronym="FEP"),
    "date": spec("date"),
    "month": spec("date", date_format="DD-mmm-YYYY"),
    "dates": spec("date", date_format=("YYYY/MM/DD", "D-mmm-YYYY", "D mmm YYYY", "YYYY Month D")),
    "trailing": spec("choice", choices=STATUSES, former=FORMER, trailing_text=True),
    "linked": spec("numbers", acronym="NEP", linked_numbers=True),
    "repeated": spec("numbers", repeated=True),
    "version": spec("version", major_versions=(2, 3)),
    "series": spec("version", zero_patch=False),
    "versions": spec("versions", version_wildcards=True, sorted=True),
    "symbols": spec("symbols", sorted=True),
    "people": spec("people", separator="comma"),
    "handles": spec("people", emails=False),
    "single": spec("people", one_person=True),
    "affiliated": spec("people", separator="line", trailing_text=True),
    "url": spec("url"),
    "thread": spec("url", allowed_urls=THREADS, special_values=("Pending",)),
    "urls": spec("urls"),
    "record": spec("record", record_formats=("{date} {url}",)),
    "posts": spec(
        "records",
        date_format="DD-mmm-YYYY",
        record_formats=("{date}", "`{date} <{url}>`__"),
        allowed_urls=THREADS,
        special_values=("Pending",),
    ),
    "history": spec(
        "records",
        choices=STATUSES,
        former=FORMER,
        separator="line",
        record_formats=("{date} {status} {url}",),
    ),
}


def mistakes(text: str, spec_: FieldSpec) -> tuple[Mistake, ...]:
    """Return the mistakes in *text*, which must have some."""
    with pytest.raises(InvalidValue) as caught:
        fields.read(text, spec_)
    return caught.value.mistakes


def mistakes_in(text: str, spec_: FieldSpec) -> tuple[Mistake, ...]:
    """Return the mistakes in *text*, if any."""
    try:
        fields.read(text, spec_)
    except InvalidValue as invalid:
        return invalid.mistakes
    return ()


def fixed(text: str, spec_: FieldSpec) -> str:
    """Return *text* with the fixes of one reading applied, from the last to the first."""
    for mistake in reversed(mistakes_in(text, spec_)):
        if mistake.fix is not None:
            text = text[: mistake.start] + mistake.fix + text[mistake.end :]
    return text


READ = [
    ("text", "Typed views", "Typed views"),
    ("text", "Typed\n  views", "Typed views"),
    ("choice", "Final", "Final"),
    ("choice", "\nApril\nFool!", "April Fool!"),
    ("choices", "Core, Typing", ("Core", "Typing")),
    ("choices", "Core,\nTyping,", ("Core", "Typing")),
    ("flag", "yes", True),
    ("number", "0", 0),
    ("number", "9999", 9999),
    ("padded", "0012", 12),
    ("numbers", "3, 12", (3, 12)),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("month", "01-Mar-2025", date(2025, 3, 1)),
    ("dates", "2009/03/16", date(2009, 3, 16)),
    ("dates", "8-Feb-2012", date(2012, 2, 8)),
    ("dates", "18-Feb-2012", date(2012, 2, 18)),
    ("dates", "8 Feb 2012", date(2012, 2, 8)),
    ("dates", "2013 October 11", date(2013, 10, 11)),
    ("trailing", "Final", "Final"),
    ("trailing", "Final (2009/03/16)", "Final"),
    ("trailing", "Final, and done.", "Final"),
    ("trailing", "April Fool! — superseded by :ref:`SLEP006 <slep_006>`", "April Fool!"),
    ("trailing", "April\n Fool! (see 7)", "April Fool!"),
    ("linked", "50", (50,)),
    ("linked", "NEP 50, nep-0047", (50, 47)),
    ("linked", ":ref:`NEP30`, :ref:`NEP31`,\n:ref:`rfc23`", (30, 31, 23)),
    ("linked", ":ref:`NEP 50 <NEP50>`", (50,)),
    ("linked", ":ref:`this, or that <slep_006>`", (6,)),
    ("linked", ":doc:`the text <nep-0050-scalar-promotion>`", (50,)),
    ("linked", "`NEP 50 <https://numpy.org/neps/nep-0050-scalar.html>`_", (50,)),
    ("linked", "`NEP 50`_, [47]_", (50, 47)),
    ("repeated", "3\n12", (3, 12)),
    ("affiliated", "Ada, A Society\nGrace, US Navy", (Person("Ada"), Person("Grace"))),
    ("affiliated", "Ada ([@ada](https://x.org/ada>)), A, B", (Person("Ada", handle="ada"),)),
    ("affiliated", "[Ada](https://x.org) <a@x.org>, A", (Person("Ada", "a@x.org"),)),
    ("affiliated", "`Ada <https://x.org>`_, A", (Person("Ada"),)),
    ("affiliated", "Ada <ada@x.org>", (Person("Ada", "ada@x.org"),)),
    ("people", "Ada (@ada) <ada@x.org>", (Person("Ada", "ada@x.org", "ada"),)),
    ("people", "Ada Lovelace (@ada)<ada@x.org>", (Person("Ada Lovelace", "ada@x.org", "ada"),)),
    ("version", "3.10", "3.10"),
    ("version", "3.1.2", "3.1.2"),
    ("version", "3.1.0", "3.1.0"),
    ("series", "3.1.2", "3.1.2"),
    ("series", "3.1.10", "3.1.10"),
    ("versions", "2.7, 3.9, 3.10, 3.x", ("2.7", "3.9", "3.10", "3.x")),
    ("symbols", "a.B.c", ("a.B.c",)),
    ("symbols", "a._b,\n  a.é (2.3)", ("a._b", "a.é (2.3)")),
    ("people", "Ada Lovelace", (Person("Ada Lovelace"),)),
    ("people", "Ada <ada at example.org>", (Person("Ada", "ada@example.org"),)),
    ("people", "Ada (ada@example.org)", (Person("Ada", "ada@example.org"),)),
    ("people", "Ada (ada at example.org)", (Person("Ada", "ada@example.org"),)),
    ("people", "Ada (of Acme)", (Person("Ada (of Acme)"),)),
    ("people", "ada@example.org (Ada)", (Person("Ada", "ada@example.org"),)),
    ("people", "Ada (@ada-1)", (Person("Ada", None, "ada-1"),)),
    ("people", "Ada <ada@bücher.example>", (Person("Ada", "ada@bücher.example"),)),
    ("people", "Sam Roe, Jr. <s@x.org>", (Person("Sam Roe, Jr.", "s@x.org"),)),
    ("people", "Sam Roe, III,\nAda", (Person("Sam Roe, III"), Person("Ada"))),
    ("people", "Łukasz d'Œuvre-O’Neil", (Person("Łukasz d'Œuvre-O’Neil"),)),
    ("handles", "Ada\nGrace Hopper", (Person("Ada"), Person("Grace Hopper"))),
    ("single", "Ada", (Person("Ada"),)),
    ("url", "https://example.org/a(b)?c=d#e", "https://example.org/a(b)?c=d#e"),
    ("thread", "https://example.org/t/2to3/42", "https://example.org/t/2to3/42"),
    ("thread", "Pending", None),
    ("urls", "https://a.org/\nhttp://b.org/c", ("https://a.org/", "http://b.org/c")),
    ("record", "2025-03-09 https://a.org/", Record(date(2025, 3, 9), None, "https://a.org/")),
    ("posts", "01-Mar-2025", (Record(date(2025, 3, 1)),)),
    (
        "posts",
        "`01-Mar-2025 <https://example.org/t/42>`__,\n02-Mar-2025",
        (Record(date(2025, 3, 1), None, "https://example.org/t/42"), Record(date(2025, 3, 2))),
    ),
    ("posts", "Pending", ()),
    (
        "history",
        "2025-03-01 Draft https://a.org/?a=1,2\n2025-04-01  April Fool! https://a.org/",
        (
            Record(date(2025, 3, 1), "Draft", "https://a.org/?a=1,2"),
            Record(date(2025, 4, 1), "April Fool!", "https://a.org/"),
        ),
    ),
]


@pytest.mark.parametrize(("spec_", "text", "value"), READ)
def test_reads(spec_: str, text: str, value: object) -> None:
    assert fields.read(text, SPECS[spec_]) == value


WRONG = [
    ("text", "Typed views for everybody", "header-text", None),
    ("choice", "final", "header-choice", "Final"),
    ("choice", "Drafft", "header-choice", "Draft"),
    ("choice", "finished", "status-former", "Final"),
    ("choice", "Nonsense", "header-choice", None),
    ("choices", "Typing, Core", "header-list", "Core, Typing"),
    ("choices", "Core, Core", "header-list", "Core"),
    ("choices", "Core Typing", "header-choice", None),
    ("choices", ",", "header-list", None),
    ("flag", "Yes", "header-choice", "yes"),
    ("flag", "true", "header-choice", "yes"),
    ("flag", "no", "header-choice", None),
    ("number", "0012", "header-number", "12"),
    ("number", "fep-12", "header-number", "12"),
    ("number", "-12", "header-number", None),
    ("number", "12345678", "header-number", None),
    ("number", "\u0661\u0662", "header-number", None),
    ("padded", "12a", "header-number", None),
    ("numbers", "12,3", "header-list", "3, 12"),
    ("numbers", "3\n12", "header-list", "3, 12"),
    ("date", "3 March 2025", "header-date", "2025-03-03"),
    ("date", "March 3rd, 2025", "header-date", "2025-03-03"),
    ("date", "2025/3/3", "header-date", "2025-03-03"),
    ("date", "2025-Mar-03", "header-date", "2025-03-03"),
    ("date", "2025\u201103\u201103", "header-date", "2025-03-03"),
    ("date", "03/04/2025", "header-date", None),
    ("date", "3 Marble 2025", "header-date", None),
    ("date", "2025-02-30", "header-date", None),
    ("date", "2025-03-03 12:00", "header-date", None),
    ("month", "1-Mar-2025", "header-date", "01-Mar-2025"),
    ("month", "03-Sept-2001", "header-date", "03-Sep-2001"),
    ("month", "01-mar-2025", "header-date", "01-Mar-2025"),
    ("version", "v3.1", "header-version", "3.1"),
    ("series", "3.3.0", "header-version", "3.3"),
    ("version", "Flask 3.1", "header-version", "3.1"),
    ("version", "3", "header-version", None),
    ("version", "3.01", "header-version", None),
    ("version", "3.x", "header-version", None),
    ("version", "4.0", "header-version", None),
    ("versions", "3.10, 3.9", "header-list", "3.9, 3.10"),
    ("symbols", "a.c, a.b (1.2)", "header-list", "a.b (1.2), a.c"),
    ("symbols", "flask", "header-list", None),
    ("symbols", "a.b()", "header-list", None),
    ("symbols", "a.b (soon)", "header-list", None),
    ("symbols", "a..b", "header-list", None),
    ("people", "Ada\nGrace", "header-list", "Ada,"),
    ("people", "Ada <ada>", "header-person", None),
    ("people", "Ada <ada@x.org", "header-person", None),
    ("people", "<ada@x.org>", "header-person", None),
    ("people", "42", "header-person", None),
    ("people", "Ada @ada", "header-person", "Ada (@ada)"),
    ("handles", "Ada <@ada>", "header-person", None),
    ("handles", "Ada (@-ada)", "header-person", None),
    ("handles", "Ada <ada@x.org>", "header-person", None),
    ("single", "Ada, Grace", "header-list", None),
    ("url", "example.org/a", "header-url", "https://example.org/a"),
    ("url", "<https://example.org/a>", "header-url", "https://example.org/a"),
    ("url", "https://ada:secret@example.org/", "header-url", None),
    ("url", "javascript:alert(1)", "header-url", None),
    ("url", "see the list", "header-url", None),
    ("url", "https://exa\u202emple.org/", "header-url", None),
    ("thread", "http://example.org/t/42", "header-url", "https://example.org/t/42"),
    ("thread", "https://example.org/t/42/x", "header-url", None),
    ("urls", "https://a.org, b", "header-url", None),
    ("record", "https://a.org/", "header-record", None),
    ("record", "9 March 2025 https://a.org/", "header-record", None),
    ("record", "2025-13-09 https://a.org/", "header-date", None),
    ("posts", "`01-Mar-2025 <https://example.org/t/42>", "header-record", None),
    ("history", "2025-03-01 Finished https://a.org/", "status-former", "Final"),
    ("history", "2025-03-01 Draf https://a.org/", "header-choice", "Draft"),
]


UNDERSTOOD = [
    ("text", "a" * 21, "a" * 21),
    ("choice", "Finished", "Final"),
    ("choice", "finished", "Final"),
    ("choice", "draft", "Draft"),
    ("choice", "Drfat", None),
    ("choice", "Draft (mostly)", None),
    ("choices", "core, Nonsense, Events", ("Core", "Events")),
    ("choices", "Events, Core, Events", ("Core", "Events")),
    ("choices", "Nonsense", None),
    ("flag", "Yes", True),
    ("flag", "no", None),
    ("number", "FEP 12", 12),
    ("number", "0012", 12),
    ("number", "twelve", None),
    ("numbers", "12, 3", (3, 12)),
    ("numbers", "3, FEP-0012, 12, none", (3, 12)),
    ("date", "9 March 2025", date(2025, 3, 9)),
    ("date", "2025/3/9", date(2025, 3, 9)),
    ("date", "03/09/2025", None),
    ("month", "2025-03-09", date(2025, 3, 9)),
    ("version", "v3.1", "3.1"),
    ("version", "7.1", "7.1"),
    ("version", "next", None),
    ("versions", "3.10, 3.9", ("3.9", "3.10")),
    ("people", "Ada, @grace, @-x", (Person("Ada"), Person("grace", None, "grace"))),
    ("people", "R2 <D2", (Person("R2"),)),
    ("people", "R2 <D2, Bob", (Person("R2"), Person("Bob"))),
    ("people", "Ada <ada@x.org>, ???, Bob", (Person("Ada", "ada@x.org"), Person("Bob"))),
    ("people", "Ada\nBob", (Person("Ada"), Person("Bob"))),
    ("people", "Ada @ada", (Person("Ada", None, "ada"),)),
    ("people", "Ada <ada@x.org", (Person("Ada"),)),
    ("people", "Ada [ada at x dot org]", (Person("Ada"),)),
    ("people", "Ada ada@x.org", (Person("Ada"),)),
    ("people", "Ada; Bob, Grace", (Person("Ada"), Person("Grace"))),
    ("people", "山田 太郎\u3001Bob", (Person("山田 太郎"),)),
    ("people", "Ada | https://example.org/ada", (Person("Ada"),)),
    ("people", "ada@x.org", None),
    ("people", "ada at x.org", None),
    ("people", "ada AT x DOT org, Bob", (Person("Bob"),)),
    ("people", "ada (at) x.org", None),
    ("people", "ada[at]x[dot]org", None),
    ("handles", "Ada <ada@x.org>, Bob", (Person("Ada"), Person("Bob"))),
    ("single", "Ada, Grace", (Person("Ada"), Person("Grace"))),
    ("url", "example.org/a", "https://example.org/a"),
    ("url", "see the list", None),
    ("url", "https://ada:secret@example.org/", None),
    ("url", "javascript:alert(1)", None),
    ("thread", "https://example.org/t/42/x", "https://example.org/t/42/x"),
    ("urls", "https://a.org, b", ("https://a.org",)),
    ("record", "https://a.org/", Record(url="https://a.org/")),
    ("record", "9/3/2025 https://a.org/", Record(url="https://a.org/")),
    ("record", "2025-3-9 https://a.org/", Record(date(2025, 3, 9), None, "https://a.org/")),
    ("record", "soon", None),
    (
        "posts",
        "01-Mar-2025, soon, 2025-03-09",
        (Record(date(2025, 3, 1)), Record(date(2025, 3, 9))),
    ),
    (
        "history",
        "2025-03-01 Finished https://a.org/\n2025-04-01 Drfat https://a.org/",
        (Record(date(2025, 3, 1), "Final", "https://a.org/"),),
    ),
    ("history", "soon Draft https://a.org/", None),
    ("history", "https://a.org/", None),
]


@pytest.mark.parametrize(("spec_", "text", "value"), UNDERSTOOD)
def test_what_is_understood_is_a_value_and_a_mistake(spec_: str, text: str, value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        fields.read(text, SPECS[spec_])
    assert caught.value.mistakes
    assert caught.value.value == value


@pytest.mark.parametrize(
    ("spec_", "text", "entries"),
    [
        ("numbers", "12, x, FEP 3", [(12, "12"), (3, "FEP 3")]),
        ("number", " 12", [(12, "12")]),
        ("posts", "soon\n01-Mar-2025", [(Record(date(2025, 3, 1)), "01-Mar-2025")]),
        ("posts", "Pending", []),
        ("choice", "finished", [("Final", "finished")]),
        ("people", "Sam, Jr., ?, Ada", [(Person("Sam, Jr."), "Sam, Jr."), (Person("Ada"), "Ada")]),
        ("choices", "Core, Tiping", [("Core", "Core")]),
    ],
)
def test_entries_have_the_positions_of_what_is_understood(
    spec_: str, text: str, entries: list[tuple[object, str]]
) -> None:
    found = fields.read_entries(text, SPECS[spec_])
    assert [(value, text[piece.start : piece.end]) for value, piece in found] == entries


NO_CHAT = spec(
    "url",
    refused_urls=("https://chat.example/{rest}", "https://forge.example/{name}/{name}/pull/{rest}"),
)


@pytest.mark.parametrize(
    "text",
    [
        "https://chat.example/abc",
        "http://chat.example/",
        "chat.example/abc",
        "<HTTPS://Chat.Example/abc>",
        "https://www.chat.example/abc",
        "WWW.chat.example/abc",
        "https://chat.example:443/abc",
        "https://chat.example:0443/abc",
        "https://chat.example:/abc",
        "http://chat.example:80/abc",
        "https://chat.example./abc",
        "http://Www.Chat.Example.:80/abc",
        "https://chat.example",
        "https://chat.example?abc",
        "chat.example.#abc",
        "https://forge.example/a/b-c/pull/7#issue-1",
        "https://www.forge.example/a/b-c/pull/7",
    ],
)
def test_refused_urls_are_reported(text: str) -> None:
    (mistake,) = mistakes(text, NO_CHAT)
    assert (mistake.rule, mistake.fix) == ("header-url", None)
    assert mistake.message.endswith(
        "which this header does not accept; use another URL, such as https://example.org/thread/7"
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://forge.example/a/b/discussions/7",
        "https://mychat.example/abc",
        "https://wwwchat.example/abc",
        "https://my.chat.example/abc",
        "https://chat.example.org/abc",
        "https://chat.example:8443/abc",
        "http://chat.example:443/abc",
        "https://chat.example:80/abc",
    ],
)
def test_other_urls_are_accepted(text: str) -> None:
    assert fields.read(text, NO_CHAT) == text


@pytest.mark.parametrize(
    ("pattern", "text", "is_refused"),
    [
        ("https://www.chat.example/{rest}", "https://chat.example/abc", True),
        ("https://www.chat.example/{rest}", "https://www.chat.example/abc", True),
        ("https://Chat.Example.:443/{rest}", "https://chat.example/abc", True),
        ("https://chat.example:8443/{rest}", "https://www.chat.example:8443/abc", True),
        ("https://chat.example:8443/{rest}", "https://chat.example:08443/abc", True),
        ("https://chat.example:8443/{rest}", "https://chat.example/abc", False),
        ("https://{name}.chat.example/{rest}", "https://team.chat.example:443/abc", True),
        ("https://{name}.chat.example/{rest}", "https://www.team.chat.example/abc", True),
        ("https://{name}.chat.example/{rest}", "https://www.chat.example/abc", True),
        ("https://{name}.chat.example/{rest}", "https://chat.example/abc", False),
        ("https://chat.example", "https://chat.example/", True),
        ("https://chat.example", "https://chat.example/abc", False),
        ("https://chat.example:{id}/{rest}", "https://chat.example:443/abc", True),
        ("https://{rest}", "https://chat.example/abc", True),
    ],
)
def test_refused_urls_match_by_the_page(pattern: str, text: str, is_refused: bool) -> None:
    with pytest.raises(InvalidValue) if is_refused else nullcontext():
        fields.read(text, spec("url", refused_urls=(pattern,)))


@pytest.mark.parametrize(("spec_", "text", "rule", "fix"), WRONG)
def test_reports_the_rule_and_the_fix(spec_: str, text: str, rule: str, fix: str | None) -> None:
    first = mistakes(text, SPECS[spec_])[0]
    assert (first.rule, first.fix) == (rule, fix)


@pytest.mark.parametrize(
    ("spec_", "text"), [(spec_, text) for spec_, text, _rule, fix in WRONG if fix is not None]
)
def test_fixed_values_can_be_read(spec_: str, text: str) -> None:
    fields.read(fixed(text, SPECS[spec_]), SPECS[spec_])


def test_fields_implement_the_vocabulary_of_the_process_file() -> None:
    assert set(fields.READERS) == set(get_args(Kind))
    assert set(DATE_PATTERNS) == set(get_args(DateFormat))
    assert set(URL_PLACEHOLDER_PATTERNS) == set(URL_PLACEHOLDERS)
    assert set(RECORD_READERS) == set(RECORD_PLACEHOLDERS)


def test_every_kind_has_cases() -> None:
    assert {spec_.header.kind for spec_ in SPECS.values()} == set(get_args(Kind))


def test_every_mistake_in_a_list_has_its_position() -> None:
    text = "Draft, Finl,\n  Nonsense, Draft"
    found = mistakes(text, spec("choices", choices=STATUSES))
    assert [text[m.start : m.end] for m in found] == ["Finl", "Nonsense"]


def test_every_mistake_in_a_record_has_its_position() -> None:
    text = "2025-03-01 Draft https://a.org/\n2025-3-2 Draf a.org"
    found = mistakes(text, SPECS["history"])
    assert [text[m.start : m.end] for m in found] == ["2025-3-2", "Draf", "a.org"]


@pytest.mark.parametrize("kind", ["people", "handles"])
def test_the_length_of_a_person_is_limited(kind: str) -> None:
    assert fields.read("a" * 200, SPECS[kind]) == (Person("a" * 200),)
    (mistake,) = mistakes("Ada, " + "a" * 201, SPECS[kind])
    assert (mistake.rule, mistake.start, mistake.fix) == ("header-person", 5, None)
    assert mistake.message == "has an entry of 201 characters; use at most 200"


@pytest.mark.parametrize("kind", ["choices", "numbers", "urls", "people", "history"])
def test_mistakes_of_one_value_are_limited(kind: str) -> None:
    separator = "\n" if kind == "history" else ", "
    assert len(mistakes(separator.join(["?"] * 25), SPECS[kind])) == 25
    many = mistakes(separator.join(["?"] * 1500), SPECS[kind])
    assert len(many) == 1001
    assert "has at least 1000 mistakes; shorten the list" in [found.message for found in many]


@pytest.mark.parametrize(
    ("kind", "entry"),
    [("people", "Ada {}"), ("numbers", "{}"), ("urls", "https://a.org/{}"), ("versions", "1.{}")],
)
def test_entries_of_a_list_are_limited(kind: str, entry: str) -> None:
    entries = [entry.format(number) for number in range(1, 202)]
    separator = "\n" if kind == "urls" else ", "
    expected = fields.read(separator.join(entries[:200]), SPECS[kind])
    assert isinstance(expected, tuple)
    assert len(expected) == 200
    with pytest.raises(InvalidValue) as caught:
        fields.read(separator.join(entries), SPECS[kind])
    (mistake,) = caught.value.mistakes
    assert mistake.message == "has more than 200 entries; shorten the list"
    assert caught.value.value == expected


@pytest.mark.parametrize(
    ("header", "text", "advice"),
    [
        (
            spec("record", record_formats=("{date} {url}",), role="resolution"),
            "https://a.org",
            "put the date of the decision before the URL: YYYY-MM-DD https://a.org",
        ),
        (
            spec("record", record_formats=("{date} {url}",), date_format="DD-mmm-YYYY"),
            "https://a.org",
            "put the date before the URL: DD-mmm-YYYY https://a.org",
        ),
        (
            SPECS["history"],
            "https://a.org",
            "put the date and the status before the URL: YYYY-MM-DD Draft https://a.org",
        ),
        (
            SPECS["posts"],
            "last week",
            "write DD-mmm-YYYY or `DD-mmm-YYYY <https://example.org/t/a-title/42>`__",
        ),
    ],
)
def test_advice_for_a_record_invents_no_date(header: FieldSpec, text: str, advice: str) -> None:
    (mistake,) = mistakes(text, header)
    assert mistake.message == f'has "{text}"; {advice}'


@pytest.mark.parametrize(
    ("text", "separator", "entries"),
    [
        ("a, b,\nc", "either", ["a", "b", "c"]),
        ("a <x, y>, b (c, d), `e, f`", "either", ["a <x, y>", "b (c, d)", "`e, f`"]),
        ("a <x, y\nb, c", "either", ["a <x", "y", "b", "c"]),
        ("a (b, c\nd), e", "either", ["a (b", "c", "d)", "e"]),
        ("O`Brien, Ada", "either", ["O`Brien", "Ada"]),
        ("a, b\nc", "line", ["a, b", "c"]),
        (" , ,\n", "either", []),
    ],
)
def test_pieces(text: str, separator: str, entries: list[str]) -> None:
    found = list(fields.pieces(text, separator))
    assert [piece.text for piece in found] == entries
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


@pytest.mark.parametrize("name", builtin_names())
def test_examples_are_what_a_process_accepts(name: str) -> None:
    process = load_process(BUILTIN_DIRECTORY / f"{name}.toml")
    for header in process.headers:
        spec_ = field_spec(header, process)
        fields.read(fields.example(spec_), spec_)


@pytest.mark.parametrize("spec_", SPECS.values(), ids=SPECS)
def test_examples_can_be_read(spec_: FieldSpec) -> None:
    fields.read(fields.example(spec_), spec_)


@pytest.mark.parametrize("spec_", DATE_PATTERNS)
def test_dates_are_read_as_they_are_written(spec_: str) -> None:
    day = date(2025, 12, 9)
    assert fields.read(fields.format_date(day, spec_), spec("date", date_format=spec_)) == day


LETTERS = "aZé\u0430 12-/:.,@<>()`\n\t'x\u2011\u202e"
SEEDS = sorted({text for _form, text, _value in READ} | {row[1] for row in WRONG})
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=LETTERS, max_size=40),
    st.builds(
        lambda seed, at, cut, put: seed[: at % (len(seed) + 1)] + put + seed[at + cut :],
        st.sampled_from(SEEDS),
        st.integers(0, 60),
        st.integers(0, 3),
        st.text(alphabet=LETTERS, max_size=3),
    ),
)


@given(st.sampled_from(list(SPECS.values())), TEXTS)
def test_reading_raises_only_mistakes_inside_the_text(spec_: FieldSpec, text: str) -> None:
    for mistake in mistakes_in(text, spec_):
        assert 0 <= mistake.start <= mistake.end <= len(text)
        assert "\n" not in mistake.message


@pytest.mark.slow
@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize("spec_", SPECS.values(), ids=SPECS)
def test_hostile_texts_are_read_in_linear_time(spec_: FieldSpec) -> None:
    for part in (
        "a, ",
        "a ,\n",
        "@",
        "a@",
        "<",
        "(",
        "` ",
        "1 ",
        "2025-03-09 ",
        "\u0430",
        "a. ",
        "a, Jr",
        "`a",
    ):
        for text in (part * 10_000, f"a{part * 10_000}b", f"2025-03-09 a{part * 10_000}"):
            mistakes_in(text, spec_)


@given(st.sampled_from(list(SPECS.values())), TEXTS)
def test_fixing_terminates(spec_: FieldSpec, text: str) -> None:
    for _round in range(4):
        text = fixed(text, spec_)
    assert all(mistake.fix is None for mistake in mistakes_in(text, spec_))


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("Ada Lovelace <ada@example.org>, Bob (@bob)", "Ada Lovelace, Bob (@bob)"),
        ("ada at example.org (Ada Lovelace)", "Ada Lovelace"),
        ("< ada@example.org >", ""),
        ("python-dev@python.org", "(e-mail)"),
        ("mailto:ada@example.org", "mailto:(e-mail)"),
        (
            "2025-03-09 https://e.org/list/dev@e.org/1, x@e.org",
            "2025-03-09 https://e.org/list/dev@e.org/1, (e-mail)",
        ),
        ("`9 March <https://e.org/dev@e.org/1>`__", "`9 March <https://e.org/dev@e.org/1>`__"),
        ("ada at example.org,bob at example.org", "(e-mail),(e-mail)"),
        ("Ada <ada AT example DOT org>", "Ada"),
        ("Ada < ada [at] example [dot] org >, Bob", "Ada, Bob"),
        ("ada(at)example.org", "(e-mail)"),
        ("write to ada at example dot org please", "write to (e-mail) please"),
        ("ada {at} example {dot} org (Ada)", "Ada"),
        ("Arrive at dot com", "Arrive at dot com"),
        ("Look at me", "Look at me"),
        ("Views at rest", "Views at rest"),
        ("A look at flask.views", "A look at flask.views"),
        ("The @app.route decorator", "The @app.route decorator"),
    ],
)
def test_addresses_of_people_are_not_published(written: str, public: str) -> None:
    assert strip_emails(written) == public


@pytest.mark.usefixtures("alarm")
def test_hostile_texts_are_published_in_the_end() -> None:
    for part in (
        "a",
        "a@",
        "a at ",
        "<",
        "<a@",
        "a@a.",
        "a at a.",
        " ",
        "(",
        ", ",
        "a(at)a",
        "a at a dot ",
    ):
        assert strip_emails(f"@{part * 10_000}") is not None


def test_read_headers_returns_values_and_mistakes(process: Process) -> None:
    values, mistakes = read_headers(
        {"number": "7", "status": "Drfat", "created": "2025-02-30"}, process
    )
    assert values == {"number": 7}  # neither the misspelt status nor a day that does not exist
    assert set(mistakes) == {"status", "created"}
    assert mistakes["status"][0].fix == "Draft"

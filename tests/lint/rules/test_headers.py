"""The rules about headers, where their own examples do not reach."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.schema import any_applies, Header
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.fields import example
from fep_tools.proposals.fields.headers import field_spec

DRAFT = """\
FEP: 17
Title: Typed views
Author: Ada Lovelace (@ada)
Status: Draft
Type: Standards Track
Created: 2025-03-03
"""
NONE = "there are no headers"
TEAM = """\
DEP 7: Views
============

:DEP: 7
:Author: Ada Lovelace
:Status: Draft
:Type: Process
:Created: 2025-03-03
"""


@pytest.fixture(scope="module")
def dep() -> Process:
    return load_process(BUILTIN_DIRECTORY / "dep.toml")


def found(text: str, process: Process, families: str = "H") -> list[Diagnostic]:
    """What the rules of those families find, except style."""
    rules = [r for r in all_rules() if r.code[0] in families and r.severity is not Severity.STYLE]
    return testing.check_example(rules, text, process)


def the_one(text: str, process: Process, code: str) -> Diagnostic:
    """The only finding in *text*, which has that code."""
    (told,) = found(text, process)
    assert told.code == code, told
    return told


def mended(text: str, process: Process) -> str:
    """*text* with every fix made, until there is none left."""
    for _round in range(5):
        text = apply_edits(text, (edit for told in found(text, process) for edit in told.edits))
    return text


def test_a_first_draft_is_fine(process: Process, dep: Process) -> None:
    assert found(DRAFT, process) == []
    assert found(TEAM, dep) == []


# The block ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Text.\n", 1, f"{NONE}; begin with FEP: 7 on the first line"),
        (f"Note: an aside\n\n{DRAFT}", 3, f'{NONE}, but "FEP: 17"; write them at the top'),
        (TEAM.replace("DEP", "FEP"), 4, f'{NONE}, but ":FEP: 7"; write FEP: 7'),
        ("Views\n=====\n\nType : A\n", 4, f'{NONE}, but "Type : A"; write Type: A'),
    ],
)  # fmt: skip
def test_no_headers_is_one_finding(text: str, line: int, message: str, process: Process) -> None:
    told = the_one(text, process, "H000")
    assert (told.span.line, told.message) == (line, message)


def test_no_headers_under_the_title(dep: Process) -> None:
    told = the_one("---\nDEP: 7\nStatus: Draft\n---\n", dep, "H000")
    assert told.message == 'there are no headers, but "DEP: 7"; write :DEP: 7'
    told = the_one("Views\n=====\n\nText.\n", dep, "H000")
    assert told.message == f"{NONE}; begin with :DEP: 7 under the title"


def test_stray_lines_that_follow_each_other_are_one_finding(process: Process) -> None:
    text = DRAFT.replace("Status:", "https://a.org\nhttps://b.org\nStatus:") + "!\n"
    first, second = found(text, process)
    assert (first.code, first.span.line, first.span.end_line) == ("H001", 4, 5)
    assert first.message == (
        "\"https://a.org\" belongs to no header; indent it to continue 'Author', or remove it"
    )
    assert (second.code, second.span.line) == ("H001", 9)


def test_nothing_can_go_on_before_the_first_header(process: Process) -> None:
    told = the_one("Typed views\n" + DRAFT, process, "H001")
    assert told.message == '"Typed views" belongs to no header; remove it'


@pytest.mark.parametrize("name", ["author", "Authors", "Athor", "\u0410uthor", "AUTHOR"])
def test_a_misnamed_header_is_not_missing_too(name: str, process: Process) -> None:
    text = DRAFT.replace("Author", name)
    assert the_one(text, process, "H002").message == f"'{name}' is not a header; write 'Author'"
    assert mended(text, process) == DRAFT


def test_a_header_of_old_gets_its_new_name(dep: Process) -> None:
    text = TEAM.replace(":Status:", ":Implementation-Team: Ada and Bea\n:Status:")
    told = the_one(text, dep, "H002")
    assert told.message == "'Implementation-Team' is now called 'Implementation Team'"
    assert mended(text, dep) == text.replace("n-T", "n T")


def test_an_unknown_header_that_is_like_no_other(process: Process) -> None:
    told = the_one(DRAFT + "Colour: red\n", process, "H002")
    assert told.message == "'Colour' is not a header of FEPs; remove it"
    assert told.help.startswith("the headers are FEP, Title, Author")
    assert told.edits == ()


def test_a_misnamed_header_is_not_renamed_to_one_that_is_there(process: Process) -> None:
    text = DRAFT.replace("Status:", "Authors: Grace Hopper\nStatus:")
    told = the_one(text, process, "H002")
    assert told.edits == ()
    assert [there.span.line for there in told.related] == [3]
    first, second = found(DRAFT.replace("Author:", "author: Ada\nAuthors:"), process)
    assert (len(first.edits), len(second.edits)) == (1, 0)


def test_a_second_header_that_says_something_else_is_for_people_to_mend(process: Process) -> None:
    told = the_one(DRAFT.replace("Type:", "Status: Final\nType:"), process, "H003")
    assert told.message == "'Status' is on line 4 already; keep one, with what is true"
    assert told.edits == ()
    assert [there.span.line for there in told.related] == [4]


def test_a_second_header_of_several_lines_goes_as_a_whole(process: Process) -> None:
    author = "Author: Ada Lovelace (@ada),\n    Grace Hopper\n"
    text = DRAFT.replace("Author: Ada Lovelace (@ada)\n", author)
    assert mended(text.replace("Status", author + "Status"), process) == text


def test_a_third_header_is_found_as_well(process: Process) -> None:
    assert [told.span.line for told in found(DRAFT + "Status: Draft\n" * 2, process)] == [7, 8]


# What has to be there ----------------------------------------------------------------------


def cells(process: Process) -> Iterator[tuple[str, str]]:
    for status in process.statuses:
        for kind in process.types:
            if not status.types or kind.name in status.types:
                yield status.name, kind.name


def proposal_of(process: Process, status: str, type_: str) -> dict[str, str]:
    """All headers that such a proposal needs, each with an example of a value."""
    chosen = {"status": status, "type": type_}
    return {
        header.name: chosen.get(header.key, example(field_spec(header, process)))
        for header in process.headers
        if any_applies(header.required, status, type_, ())
    }


def as_text(headers: dict[str, str], process: Process) -> str:
    mark, title = (":", "Views\n=====\n\n") if process.dialect == "field-list" else ("", "")
    return title + "".join(f"{mark}{name}: {value}\n" for name, value in headers.items())


@pytest.mark.parametrize("name", ["fep", "pep", "dep"])
def test_every_cell_of_type_and_status(name: str, process: Process) -> None:
    if name != "fep":
        process = load_process(BUILTIN_DIRECTORY / f"{name}.toml")
    for status, type_ in cells(process):
        headers = proposal_of(process, status, type_)
        assert found(as_text(headers, process), process) == []
        for header in headers:
            if process.by_key.get("number") != process.header(header):
                lacking = {key: value for key, value in headers.items() if key != header}
                codes = {
                    (t.code, header in t.message) for t in found(as_text(lacking, process), process)
                }
                assert ("H005", True) in codes or header in {"Status", "Type"}
                assert {code for code, _ in codes} <= {"H005"}


def forbidding(process: Process) -> list[Header]:
    return [header for header in process.headers if not isinstance(header.forbidden, bool)]


def test_every_header_that_is_forbidden_somewhere(process: Process) -> None:
    for header in forbidding(process):
        line = f"{header.name}: {example(field_spec(header, process))}\n"
        text = DRAFT.replace("Standards Track", "Process") + line
        told = [told for told in found(text, process) if told.code == "H006"]
        assert [t.span for t in told] == [t.span for t in told if f"'{header.name}'" in t.message]
        assert len(told) == 1


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("Target: flask", "a Process FEP has no 'Target'; remove it"),
        (
            "Scribe: Bea",
            "'Scribe' says nothing without 'Retroactive'; remove it, or add Retroactive: yes",
        ),
    ],
)
def test_why_a_header_is_forbidden(header: str, message: str, process: Process) -> None:
    text = DRAFT.replace("Standards Track", "Process").replace("Created:", f"{header}\nCreated:")
    assert [t.message for t in found(text, process) if t.code == "H006"] == [message]


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (
            ("Type: Standards Track\n", ""),
            1,
            "'Type' is missing; write it after 'Status', such as Type: Standards Track",
        ),
        (("FEP: 17\n", ""), 1, "'FEP' is missing; write it first, such as FEP: 7"),
        (
            ("Draft", "Superseded"),
            4,
            (
                "a Superseded FEP needs 'Superseded-By'; "
                "write it after 'Created', such as Superseded-By: 12"
            ),
        ),
        (
            ("Draft", "Final"),
            4,
            (
                "a Final Standards Track FEP needs 'Flask-Version'; "
                "write it after 'Created', such as Flask-Version: 3.1"
            ),
        ),
        (
            ("Status:", "Retroactive: yes\nStatus:"),
            4,
            (
                "a FEP with 'Retroactive' needs 'Scribe'; "
                "write it after 'Author', such as Scribe: Ada Lovelace"
            ),
        ),
    ],
)
def test_why_a_header_is_missing(
    change: tuple[str, str], line: int, message: str, process: Process
) -> None:
    told = [told for told in found(DRAFT.replace(*change), process) if told.code == "H005"]
    assert (line, message) in [(t.span.line, t.message) for t in told]


def test_an_empty_header_is_not_missing(process: Process) -> None:
    told = the_one(DRAFT.replace(" Ada Lovelace (@ada)", ""), process, "H007")
    assert told.message == "'Author' is empty; write Author: Ada Lovelace"
    told = the_one(DRAFT.replace("Status:", "Sponsor:\nStatus:"), process, "H007")
    assert told.message == "'Sponsor' is empty; write Sponsor: Ada Lovelace, or remove it"


def test_a_value_on_the_next_line_is_one(process: Process) -> None:
    assert found(DRAFT.replace("Author: ", "Author:\n    "), process) == []


# How it is written -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "has"),
    [
        ("Title: ", "Title:", "no blank after its colon"),
        ("Title: ", "Title:\t", "more than one blank after its colon"),
        ("Title: ", "Title : ", "a blank before its colon"),
        ("views\n", "views \t\n", "blanks at the end of its line"),
        ("views\n", "views\n\tof mine\n", "a line that is indented with a tab"),
        ("views\n", "views\n         of mine\n", "a line that is indented deeper than its value"),
    ],
)
def test_spacing(old: str, new: str, has: str, process: Process) -> None:
    told = the_one(DRAFT.replace(old, new), process, "H008")
    assert told.message.startswith(f"'Title' has {has}; ")
    assert told.severity is Severity.WARNING
    assert found(mended(DRAFT.replace(old, new), process), process) == []


def test_a_block_in_columns_is_one_finding(process: Process) -> None:
    told = the_one(DRAFT.replace(": ", ":\t"), process, "H008")
    assert told.message == (
        "'FEP' has more than one blank after its colon (so have 5 more lines); write one"
    )
    assert mended(DRAFT.replace(": ", ":\t"), process) == DRAFT


def test_spacing_in_a_field_list(dep: Process) -> None:
    text = TEAM.replace(":DEP: 7", ":DEP:7").replace(":Type: ", ":Type:   ")
    assert {told.code for told in found(text, dep)} == {"H008"}
    assert mended(text, dep) == TEAM


def test_order_is_mended_with_whole_headers_and_line_ends_kept(process: Process) -> None:
    author = "Author: Ada Lovelace (@ada),\n    Grace Hopper\n"
    text = DRAFT.replace("Author: Ada Lovelace (@ada)\n", author)
    jumbled = (author + text.replace(author, "")).replace("\n", "\r\n") + "\r\nText\r\n"
    assert (
        the_one(jumbled, process, "H004").message
        == "'Author' is out of order; put it after 'Title'"
    )
    assert mended(jumbled, process) == text.replace("\n", "\r\n") + "\r\nText\r\n"


def test_order_is_not_mended_among_lines_that_are_no_headers(process: Process) -> None:
    jumbled = "Colour: red\nTitle: Typed views\n" + DRAFT.replace("Title: Typed views\n", "")
    assert {t.code: len(t.edits) for t in found(jumbled, process)} == {"H002": 0, "H004": 0}


@pytest.mark.parametrize("before", ["\n", "\n\n", " \r\n", "\ufeff", "\ufeff\n"])
def test_what_stands_before_the_first_header_is_removed(before: str, process: Process) -> None:
    assert the_one(before + DRAFT, process, "H009").span.line == 1
    assert mended(before + DRAFT, process) == DRAFT


def test_a_fence_is_no_fault(process: Process) -> None:
    assert found(f"---\n{DRAFT}---\n\nText\n", process) == []


def test_many_mistakes_are_mended_together_and_the_rest_is_kept(process: Process) -> None:
    text = (
        "\ufeffFEP: FEP-17\r\n"
        "title:Typed views  \r\n"
        "Author: Ada Lovelace @ada,\r\n"
        "\tGrace Hopper\r\n"
        "Type: standards track\r\n"
        "Status: draft\r\n"
        "Created: 3 March 2025\r\n"
        "\r\n"
        "Text:  kept \r\n"
    )
    assert mended(text, process) == (
        "FEP: 17\r\n"
        "Title: Typed views\r\n"
        "Author: Ada Lovelace (@ada),\r\n"
        "    Grace Hopper\r\n"
        "Status: Draft\r\n"
        "Type: Standards Track\r\n"
        "Created: 2025-03-03\r\n"
        "\r\n"
        "Text:  kept \r\n"
    )


# Values ------------------------------------------------------------------------------------


def test_every_mistake_in_a_header_is_found_in_its_place(process: Process) -> None:
    text = DRAFT.replace("Type:", "Topic: Core,\n    Cookery,\n    events\nType:")
    told = [told for told in found(text, process) if told.code == "H104"]
    assert [(t.span.line, t.span.column, t.span.end_column) for t in told] == [
        (6, 5, 12),
        (7, 5, 11),
    ]


def test_settled_proposals_get_warnings(process: Process) -> None:
    text = DRAFT.replace("Draft", "Withdrawn").replace("2025-03-03", "2025/3/3")
    assert the_one(text, process, "H103").severity is Severity.WARNING
    assert the_one(text.replace("Withdrawn", "Draft"), process, "H103").severity is Severity.ERROR


def test_quotes_show_nothing_that_a_terminal_obeys(process: Process) -> None:
    told = the_one(DRAFT.replace("2025-03-03", "2025\u202e03"), process, "H103")
    assert told.message.startswith("'Created' is \"2025\\u202e03\"; ")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("1989-12-31", "H110"),
        ("1990-01-01", ""),
        ("2026-11-20", ""),
        ("2026-11-21", ""),
        ("2026-11-22", "H110"),
    ],
)
def test_days_that_can_be(day: str, code: str, process: Process) -> None:
    assert [t.code for t in found(DRAFT.replace("2025-03-03", day), process)] == [code][
        : bool(code)
    ]


def test_days_in_records_have_their_places(process: Process) -> None:
    history = (
        "Status-History: 2025-03-03 Draft https://a.org/\n    2099-03-03 Review https://a.org/\n"
    )
    told = [told for told in found(DRAFT + history, process) if told.code == "H110"]
    assert [(t.span.line, t.span.column) for t in told] == [(8, 5)]


@pytest.mark.parametrize(
    ("value", "mended_"),
    [
        ("Gr\u0430ce", "Grace"),
        ("\u039fscar", "Oscar"),
        ("\u0418\u0432\u0430\u043d Petrov", None),
        ("\u03bb-calculus for \u03b2", None),
        ("Zo\u00eb \u0141ukasz", None),
        ("\u0418van", None),
    ],
)
def test_words_of_two_scripts(value: str, mended_: str | None, process: Process) -> None:
    text = DRAFT.replace("Typed views", value)
    assert [told.code for told in found(text, process)] == (["H111"] if mended_ else [])
    assert mended(text, process) == DRAFT.replace("Typed views", mended_ or value)


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("FEP 17: Views", ["H112"]),
        ("fep-17 - Views", ["H112"]),
        ("FEP: Views", ["H112"]),
        ("FEP process", []),
        ("FEPs and views", []),
        ("Views after FEP 17", []),
        ("Views after FEP 12", ["H113"]),
        ("Views after fep-12", ["H114"]),
        ("Views after FEP12 and FEP 12", ["H113", "H113", "H114"]),
    ],
)
def test_titles(title: str, codes: list[str], process: Process) -> None:
    style = [rule for rule in all_rules() if rule.code in {"H112", "H113", "H114"}]
    told = testing.check_example(style, DRAFT.replace("Typed views", title), process)
    assert sorted(t.code for t in told) == codes


def test_a_proposal_without_a_title_is_for_others_to_judge(process: Process) -> None:
    style = [rule for rule in all_rules() if rule.code in {"H112", "H113", "H114"}]
    assert testing.check_example(style, DRAFT.replace("Title: Typed views\n", ""), process) == []


# Whatever is written -----------------------------------------------------------------------

NAMES = [*(line.partition(":")[0] for line in DRAFT.split("\n") if line), "Requires", "Upstream",
         "Topic", "Status-History", "Retroactive", "Colour", "author", "Superseded By"]  # fmt: skip
VALUES = ["7", "FEP-7", "draft", "2025-3-3", "Ada @ada,", "12,7", "https://a.org", "yes"]
LINES = st.one_of(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(["", "", "", " ", "\t", "    ", "         "]),
            st.sampled_from(["", *NAMES]),
            st.sampled_from([": ", ":", " :", ":  ", ""]),
            st.one_of(st.sampled_from(VALUES), st.text(max_size=9)),
            st.sampled_from(["", " ", "\r"]),
        ),
    ),
    st.text(max_size=12),
)  # fmt: skip
KEPT = "\n\nAbstract\n========\n\nText: kept  \n"


@cache
def our_process() -> Process:
    return load_process(Path(__file__).parents[3] / "fep" / "process.toml")


@given(st.lists(LINES, max_size=8))
def test_whatever_is_written_is_judged_and_the_body_is_kept(lines: list[str]) -> None:
    process = our_process()
    block = "\n".join(line.replace("\n", " ") for line in lines if line.strip())
    text = block + KEPT
    for told in found(text, process, "HS"):
        assert 1 <= told.span.line <= told.span.end_line <= text.count("\n") + 1
        assert told.span.column <= len(text.split("\n")[told.span.line - 1]) + 1
        assert "\n" not in told.message
    assert mended(text, process).endswith(KEPT.strip("\n") + "\n")


def test_a_blank_line_among_the_headers_is_one_finding(process: Process) -> None:
    above = "FEP: 7\nTitle: One\nAuthor: Ada Lovelace\n"
    text = f"{above}\nStatus: Draft\nType: Process\nCreated: 2026-01-02\n"
    rules = [rule for rule in all_rules() if rule.code in {"H005", "H010"}]
    assert [told.code for told in testing.check_example(rules, text, process)] == ["H010"]


def test_text_that_only_looks_like_a_header_is_text(process: Process) -> None:
    text = "FEP: 7\nTitle: One\n\nAbstract\n========\n\nStatus: this is a sentence.\n"
    rule = next(rule for rule in all_rules() if rule.code == "H010")
    assert testing.check_example(rule, text, process) == []


def test_a_forgotten_colon_is_told(process: Process) -> None:
    text = "FEP: 7\nTitle: One\nStatus Draft\n"
    rule = next(rule for rule in all_rules() if rule.code == "H001")
    (told,) = testing.check_example(rule, text, process)
    assert told.message == '"Status Draft" belongs to no header; write Status: Draft'

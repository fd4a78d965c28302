"""Rules about headers: cases beyond the examples in their docstrings."""

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
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.schema import any_applies, Header
from fep_tools.process.source import BUILTIN_DIRECTORY, builtin_names
from fep_tools.proposals.fields import example
from fep_tools.proposals.fields.headers import field_spec
from fep_tools.proposals.model import Proposal

from ...communities import PROCESSES

DRAFT = """\
FEP: 17
Title: Typed views
Author: Ada Lovelace (@ada)
Status: Draft
Type: Standards Track
Created: 2025-03-03
"""
NONE = "no headers found"
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


def lint(text: str, process: Process, families: str = "H") -> list[Diagnostic]:
    """Return what the rules of those families report, except for style."""
    rules = [r for r in all_rules() if r.code[0] in families and r.severity is not Severity.STYLE]
    return testing.check_example(rules, text, process)


def only_diagnostic(text: str, process: Process, code: str) -> Diagnostic:
    """Return the only finding in *text*; it must have that code."""
    (diagnostic,) = lint(text, process)
    assert diagnostic.code == code, diagnostic
    return diagnostic


def fix_all(text: str, process: Process) -> str:
    """Return *text* with all fixes applied, until none is left."""
    for _round in range(5):
        text = apply_edits(text, (edit for d in lint(text, process) for edit in d.edits))
    return text


def test_first_draft_has_no_findings(process: Process, dep: Process) -> None:
    assert lint(DRAFT, process) == []
    assert lint(TEAM, dep) == []


# The block ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Text.\n", 1, f"{NONE}; start with FEP: 7 on the first line"),
        (f"Note: x\n\n{DRAFT}", 3, f'{NONE}, but "FEP: 17" looks like one; write it at the top'),
        (TEAM.replace("DEP", "FEP"), 4, f'{NONE}, but ":FEP: 7" looks like one; write FEP: 7'),
        ("Views\n=====\n\nType : A\n", 4, f'{NONE}, but "Type : A" looks like one; write Type: A'),
    ],
)  # fmt: skip
def test_missing_headers_are_one_finding(
    text: str, line: int, message: str, process: Process
) -> None:
    diagnostic = only_diagnostic(text, process, "H000")
    assert (diagnostic.span.line, diagnostic.message) == (line, message)


def test_too_many_lines_of_front_matter(process: Process) -> None:
    assert process.source is not None
    process = parse_process(process.source[1].replace('"rfc2822"', '"yaml"', 1))
    text = "---\nFEP: 7\n" + "".join(f"x{n}: 1\n" for n in range(1000)) + "---\n"
    diagnostic = only_diagnostic(text, process, "H000")
    assert diagnostic.message == f"{NONE}: they have more than 1000 lines; shorten them"
    assert diagnostic.span.line == 1


def test_first_header_has_a_free_number(process: Process) -> None:
    example = "# README.rst\nText.\n\n# proposals/fep-0012.rst\nFEP: 12\nTitle: Views\n"
    rules = [rule for rule in all_rules() if rule.code == "H000"]
    (diagnostic,) = testing.check_example(rules, example, process)
    assert diagnostic.message == f"{NONE}; start with FEP: 13 on the first line"


def test_field_list_is_expected_under_the_title(dep: Process) -> None:
    diagnostic = only_diagnostic("---\nDEP: 7\nStatus: Draft\n---\n", dep, "H000")
    assert diagnostic.message == f'{NONE}, but "DEP: 7" looks like one; write :DEP: 7'
    diagnostic = only_diagnostic("Views\n=====\n\nText.\n", dep, "H000")
    assert diagnostic.message == f"{NONE}; start with :DEP: 7 under the title"


def test_consecutive_stray_lines_are_one_finding(process: Process) -> None:
    text = DRAFT.replace("Status:", "https://a.org\nhttps://b.org\nStatus:") + "!\n"
    first, second = lint(text, process)
    assert (first.code, first.span.line, first.span.end_line) == ("H001", 4, 5)
    assert first.message == (
        '"https://a.org" does not belong to a header; '
        "indent it to continue 'Author', or remove it"
    )
    assert (second.code, second.span.line) == ("H001", 9)


def test_stray_line_before_the_first_header_cannot_continue_one(process: Process) -> None:
    diagnostic = only_diagnostic("Typed views\n" + DRAFT, process, "H001")
    assert diagnostic.message.endswith("; remove it")


@pytest.mark.parametrize("name", ["author", "Authors", "Athor", "\u0410uthor", "AUTHOR"])
def test_misspelled_header_is_not_missing_too(name: str, process: Process) -> None:
    text = DRAFT.replace("Author", name)
    message = only_diagnostic(text, process, "H002").message
    assert message == f"'{name}' is not a known header; write 'Author'"
    assert fix_all(text, process) == DRAFT


@pytest.mark.parametrize(("lines", "found"), [(993, []), (994, [1001]), (1500, [1001])])
def test_headers_that_are_not_read_are_said(process: Process, lines: int, found: list[int]) -> None:
    text = "FEP: 17\nTitle: Views\nAuthor: Ada Lovelace" + ",\n    Ada B" * lines
    text += "\nStatus: Draft\nType: Process\nCreated: 2025-03-03\nUpstream: x\n\nText.\n"
    stray = [d for d in lint(text, process) if d.code == "H001"]
    assert [diagnostic.span.line for diagnostic in stray] == found
    assert all("more than 1000 lines" in diagnostic.message for diagnostic in stray)


def test_former_header_name_is_replaced(dep: Process) -> None:
    text = TEAM.replace(":Status:", ":Implementation-Team: Ada and Bea\n:Status:")
    diagnostic = only_diagnostic(text, dep, "H002")
    assert (
        diagnostic.message == "'Implementation-Team' is a former name; write 'Implementation Team'"
    )
    assert fix_all(text, dep) == text.replace("n-T", "n T")


def test_unknown_header_that_is_similar_to_none_is_not_fixed(process: Process) -> None:
    diagnostic = only_diagnostic(DRAFT + "Colour: red\n", process, "H002")
    assert diagnostic.message == "FEPs have no header 'Colour'; remove it"
    assert diagnostic.help.startswith("the headers are FEP, Title, Author")
    assert diagnostic.edits == ()


def test_header_is_not_renamed_to_one_that_exists(process: Process) -> None:
    text = DRAFT.replace("Status:", "Authors: Grace Hopper\nStatus:")
    diagnostic = only_diagnostic(text, process, "H002")
    assert diagnostic.edits == ()
    assert [there.span.line for there in diagnostic.related] == [3]
    first, second = lint(DRAFT.replace("Author:", "author: Ada\nAuthors:"), process)
    assert (len(first.edits), len(second.edits)) == (1, 0)


def test_duplicate_header_with_another_value_has_no_fix(process: Process) -> None:
    diagnostic = only_diagnostic(DRAFT.replace("Type:", "Status: Final\nType:"), process, "H003")
    assert diagnostic.message == "'Status' is already on line 4; keep the correct one"
    assert diagnostic.edits == ()
    assert [there.span.line for there in diagnostic.related] == [4]


def test_duplicate_header_of_several_lines_is_removed_whole(process: Process) -> None:
    author = "Author: Ada Lovelace (@ada),\n    Grace Hopper\n"
    text = DRAFT.replace("Author: Ada Lovelace (@ada)\n", author)
    assert fix_all(text.replace("Status", author + "Status"), process) == text


def test_every_duplicate_of_a_header_is_reported(process: Process) -> None:
    assert [d.span.line for d in lint(DRAFT + "Status: Draft\n" * 2, process)] == [7, 8]


# What has to be there ----------------------------------------------------------------------


def cells(process: Process) -> Iterator[tuple[str, str]]:
    for status in process.statuses:
        for kind in process.types:
            if not status.types or kind.name in status.types:
                yield status.name, kind.name


def proposal_of(process: Process, status: str, type_: str) -> dict[str, str]:
    """Return all headers that such a proposal needs, with example values."""
    chosen = {"status": status, "type": type_}
    return {
        header.name: chosen.get(header.key, example(field_spec(header, process)))
        for header in process.headers
        if any_applies(header.required, status, type_, ())
    }


def as_text(headers: dict[str, str], process: Process) -> str:
    mark, title = (":", "Views\n=====\n\n") if process.dialect == "field-list" else ("", "")
    return title + "".join(f"{mark}{name}: {value}\n" for name, value in headers.items())


@pytest.mark.parametrize("name", ["fep", *builtin_names()])
def test_headers_are_required_for_their_types_and_statuses(name: str, process: Process) -> None:
    if name != "fep":
        process = load_process(BUILTIN_DIRECTORY / f"{name}.toml")
    for status, type_ in cells(process):
        headers = proposal_of(process, status, type_)
        assert lint(as_text(headers, process), process) == []
        for header in headers:
            if process.by_key.get("number") != process.header(header):
                lacking = {key: value for key, value in headers.items() if key != header}
                codes = {
                    (d.code, header in d.message) for d in lint(as_text(lacking, process), process)
                }
                assert ("H005", True) in codes or header in {"Status", "Type"}
                assert {code for code, _ in codes} <= {"H005"}


def forbidding(process: Process) -> list[Header]:
    return [header for header in process.headers if not isinstance(header.forbidden, bool)]


def test_forbidden_headers_are_reported(process: Process) -> None:
    for header in forbidding(process):
        line = f"{header.name}: {example(field_spec(header, process))}\n"
        text = DRAFT.replace("Standards Track", "Process") + line
        diagnostics = [d for d in lint(text, process) if d.code == "H006"]
        assert [d.span for d in diagnostics] == [
            d.span for d in diagnostics if f"'{header.name}'" in d.message
        ]
        assert len(diagnostics) == 1


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("Target: flask", "a Process FEP cannot have 'Target'; remove it"),
        (
            "Upstream-Author: Bea",
            (
                "'Upstream-Author' needs 'Retroactive'; "
                "add Retroactive: yes, or remove 'Upstream-Author'"
            ),
        ),
    ],
)
def test_reason_why_a_header_is_forbidden(header: str, message: str, process: Process) -> None:
    text = DRAFT.replace("Standards Track", "Process").replace("Created:", f"{header}\nCreated:")
    assert [d.message for d in lint(text, process) if d.code == "H006"] == [message]


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (
            ("Type: Standards Track\n", ""),
            1,
            "'Type' is missing; add it after 'Status', for example Type: Standards Track",
        ),
        (("FEP: 17\n", ""), 1, "'FEP' is missing; add it first, for example FEP: 7"),
        (
            ("Draft", "Superseded"),
            4,
            (
                "a Superseded FEP needs 'Superseded-By'; "
                "add it after 'Created', for example Superseded-By: 12"
            ),
        ),
        (
            ("Draft", "Final"),
            4,
            (
                "a Final Standards Track FEP needs 'Flask-Version'; "
                "add it after 'Created', for example Flask-Version: 3.1"
            ),
        ),
        (
            ("Status:", "Retroactive: yes\nStatus:"),
            4,
            (
                "a FEP with 'Retroactive' needs 'Status-History'; add it after 'Retroactive', "
                "for example Status-History: 2026-11-20 Draft https://example.org/thread/7"
            ),
        ),
    ],
)
def test_reason_why_a_header_is_required(
    change: tuple[str, str], line: int, message: str, process: Process
) -> None:
    diagnostics = [d for d in lint(DRAFT.replace(*change), process) if d.code == "H005"]
    assert (line, message) in [(d.span.line, d.message) for d in diagnostics]


def test_missing_headers_come_in_order_each_after_the_one_before(process: Process) -> None:
    text = DRAFT.replace("Draft", "Final")
    messages = [d.message.partition("needs ")[2] for d in lint(text, process) if d.code == "H005"]
    advice = [message.partition(", for example")[0] for message in messages]
    assert advice == [
        "'Discussions-To'; add it after 'Author'",
        "'Target'; add it after 'Type'",
        "'Flask-Version'; add it after 'Created'",
        "'Upstream'; add it after 'Flask-Version'",
        "'Resolution'; add it after 'Upstream'",
    ]


@pytest.mark.parametrize(
    ("status", "name", "day"),
    [
        ("Draft", "Created", "2026-11-20"),
        ("Review", "Review-Until", "2026-12-04"),
        ("Active", "Review-By", "2026-12-04"),
        ("Rejected", "Resolution", "2026-11-20"),
    ],
)
def test_example_of_a_date_breaks_no_rule(
    status: str, name: str, day: str, process: Process
) -> None:
    type_ = "Process" if status == "Active" else "Standards Track"
    headers = {key: v for key, v in proposal_of(process, status, type_).items() if key != name}
    message = next(
        diagnostic.message
        for diagnostic in lint(as_text(headers, process), process)
        if diagnostic.code == "H005"
    )
    line = message.partition("for example ")[2]
    assert line.startswith(f"{name}: {day}")
    header, _, value = line.partition(": ")
    order = process.header_order
    complete = dict(sorted({**headers, header: value}.items(), key=lambda row: order[row[0]]))
    codes = {d.code for d in lint(as_text(complete, process), process, "S")}
    assert "S011" not in codes
    assert lint(as_text(complete, process), process) == []


def test_empty_header_is_not_missing_too(process: Process) -> None:
    diagnostic = only_diagnostic(DRAFT.replace(" Ada Lovelace (@ada)", ""), process, "H007")
    assert diagnostic.message == "'Author' is empty; write a value, such as Author: Ada Lovelace"
    diagnostic = only_diagnostic(DRAFT.replace("Status:", "Sponsor:\nStatus:"), process, "H007")
    assert (
        diagnostic.message
        == "'Sponsor' is empty; write a value, such as Sponsor: Ada Lovelace, or remove it"
    )


def test_value_on_the_next_line_is_a_value(process: Process) -> None:
    assert lint(DRAFT.replace("Author: ", "Author:\n    "), process) == []


# How it is written -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "has"),
    [
        ("Title: ", "Title:", "no space after its colon"),
        ("Title: ", "Title:\t", "a tab or several spaces after its colon"),
        ("Title: ", "Title : ", "white space before its colon"),
        ("views\n", "views \t\n", "white space at the end of its line"),
        ("views\n", "views\n\tof mine\n", "a continuation line that is indented with a tab"),
        ("Title: ", "Title:\u00a0", "a tab or several spaces after its colon"),
        ("views\n", "views\u00a0\n", "white space at the end of its line"),
        ("views\n", "views\f\n", "white space at the end of its line"),
        ("views\n", "views\x85\n", "white space at the end of its line"),
        (
            "views\n",
            "views\n\u00a0 of mine\n",
            "a continuation line that is indented with something other than spaces",
        ),
        (
            "views\n",
            "views\n         of mine\n",
            "a continuation line that is indented deeper than its value",
        ),
    ],
)
def test_wrong_spacing_is_reported_and_fixed(
    old: str, new: str, has: str, process: Process
) -> None:
    diagnostic = only_diagnostic(DRAFT.replace(old, new), process, "H008")
    assert diagnostic.message.startswith(f"'Title' has {has}; ")
    assert diagnostic.severity is Severity.WARNING
    assert lint(fix_all(DRAFT.replace(old, new), process), process) == []


def test_each_header_in_columns_is_reported(process: Process) -> None:
    """A change that adds one could not be blamed for it if all of them were one finding."""
    diagnostics = lint(DRAFT.replace(": ", ":\t"), process)
    assert [(d.code, d.span.line) for d in diagnostics] == [("H008", n) for n in range(1, 7)]
    assert diagnostics[0].message == (
        "'FEP' has a tab or several spaces after its colon; use one space"
    )
    assert fix_all(DRAFT.replace(": ", ":\t"), process) == DRAFT


def test_spacing_in_a_field_list_is_fixed(dep: Process) -> None:
    text = TEAM.replace(":DEP: 7", ":DEP:7").replace(":Type: ", ":Type:   ")
    assert {d.code for d in lint(text, dep)} == {"H008"}
    assert fix_all(text, dep) == TEAM


PARAGRAPHS = """\
Views
=====

author: Ada Lovelace

date-created: 2013 October 11

type: Process

status: Discussion

revised-by:

* Eve - 2021 February 26 - Added a section

Text.
"""


@pytest.fixture(scope="module")
def ape() -> Process:
    return load_process(PROCESSES / "ape.toml")


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("author: Ada Lovelace", "author : Ada Lovelace", ["H008"]),
        ("type: Process\n\nstatus: Discussion", "status: Discussion\n\ntype: Process", ["H004"]),
        ("date-created: 2013 October 11", "date-created: 2013-10-11", ["H103"]),
        ("author: Ada", "**author:** Ada", []),
        ("author: Ada", "**author:**  Ada", ["H008"]),
    ],
)
def test_headers_in_paragraphs(before: str, after: str, codes: list[str], ape: Process) -> None:
    text = PARAGRAPHS.replace(before, after)
    assert [d.code for d in lint(text, ape)] == codes
    assert fix_all(text, ape) == (
        PARAGRAPHS
        if codes and "**" not in after
        else PARAGRAPHS.replace(before, after.replace("  ", " "))
    )


def test_headers_that_are_not_paragraphs_are_found(ape: Process) -> None:
    text = "Views\n=====\n\n:author: Ada\n:status: Accepted\n"
    message = f'{NONE}, but ":author: Ada" looks like one; write author: Ada'
    assert only_diagnostic(text, ape, "H000").message == message


def test_headers_between_other_directives_are_not_moved() -> None:
    source = (PROCESSES / "ape.toml").read_text("utf-8")
    process = parse_process(source.replace('"paragraphs"', '"directives"'))
    text = """\
Views
=====

.. author:: Ada Lovelace
.. type:: Process
.. contents::
.. date-created:: 2013 October 11
.. status:: Discussion

Text.
"""
    assert not only_diagnostic(text, process, "H004").edits
    plain = text.replace(".. contents::\n", "")
    assert lint(fix_all(plain, process), process) == []


@pytest.mark.parametrize(
    ("dialect", "before", "mark", "after"),
    [
        ("bullet-list", "", "* ", ""),
        ("bullet-list", "Views\n=====\n\n", "- ", ""),
        ("code-block", "## Preamble\n\n```\n", "", "```\n"),
        ("code-block", "Views\n=====\n\n", "    ", ""),
        ("code-block", "<pre>\n", "  ", "</pre>\n"),
        ("code-block", "::\n\n", "  ", ""),
    ],
)
def test_headers_in_lists_and_code_are_fixed(
    dialect: str, before: str, mark: str, after: str
) -> None:
    source = (PROCESSES / "ape.toml").read_text("utf-8")
    process = parse_process(source.replace('"paragraphs"', f'"{dialect}"'))
    margin = mark if mark.isspace() else ""
    author = f"{mark}author: Ada Lovelace,\n{margin}    Eve\n"
    type_, status = f"{mark}type: Process\n", f"{mark}status: Discussion\n"
    created = f"{mark}date-created: 2013 October 11\n"
    text = f"{before}{author}{created}{type_}{status}{after}\nText.\n"
    assert lint(text, process) == []
    wrong = text.replace(type_ + status, status.replace(": ", ":  ") + type_.replace(":", " :"))
    wrong = wrong.replace("    Eve", "\tEve")
    assert {d.code for d in lint(wrong, process)} == {"H004", "H008"}
    assert fix_all(wrong, process) == text


def test_values_in_a_block_of_code_may_be_aligned() -> None:
    source = (PROCESSES / "ape.toml").read_text("utf-8")
    process = parse_process(source.replace('"paragraphs"', '"code-block"'))
    text = """\
Views
=====

    author:       Ada Lovelace
    date-created: 2013 October 11
    type:         Process
    status:       Discussion

Text.
"""
    assert lint(text, process) == []
    assert {d.code for d in lint(text.replace(":  ", ": ", 1), process)} == {"H008"}


def test_order_is_fixed_by_whole_headers_with_their_line_endings(process: Process) -> None:
    author = "Author: Ada Lovelace (@ada),\n    Grace Hopper\n"
    text = DRAFT.replace("Author: Ada Lovelace (@ada)\n", author)
    jumbled = (author + text.replace(author, "")).replace("\n", "\r\n") + "\r\nText\r\n"
    assert (
        only_diagnostic(jumbled, process, "H004").message
        == "'Author' is out of order; move it after 'Title'"
    )
    assert fix_all(jumbled, process) == text.replace("\n", "\r\n") + "\r\nText\r\n"


def test_order_has_no_fix_next_to_unknown_headers(process: Process) -> None:
    jumbled = "Colour: red\nTitle: Typed views\n" + DRAFT.replace("Title: Typed views\n", "")
    assert {d.code: len(d.edits) for d in lint(jumbled, process)} == {"H002": 0, "H004": 0}


def test_order_has_no_fix_that_loses_a_comment(process: Process) -> None:
    yaml = parse_process(process.source[1].replace('"rfc2822"', '"yaml"', 1))
    title = "Title: Typed views\n"
    jumbled = f"---\n{title}{DRAFT.replace(title, '')}---\n"
    assert fix_all(jumbled, yaml) == f"---\n{DRAFT}---\n"
    text = jumbled.replace("Status", "# so far\nStatus")
    assert not only_diagnostic(text, yaml, "H004").edits


@pytest.mark.parametrize("before", ["\n", "\n\n", " \r\n", "\ufeff", "\ufeff\n"])
def test_blank_lines_and_marks_before_the_first_header_are_removed(
    before: str, process: Process
) -> None:
    assert only_diagnostic(before + DRAFT, process, "H009").span.line == 1
    assert fix_all(before + DRAFT, process) == DRAFT


def test_fence_around_the_headers_is_allowed(process: Process) -> None:
    assert lint(f"---\n{DRAFT}---\n\nText\n", process) == []


def test_many_mistakes_are_fixed_and_the_rest_is_kept(process: Process) -> None:
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
    assert fix_all(text, process) == (
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


def test_every_mistake_in_a_header_has_its_position(process: Process) -> None:
    text = DRAFT.replace("Type:", "Topic: Core,\n    Cookery,\n    events\nType:")
    diagnostics = [d for d in lint(text, process) if d.code == "H104"]
    assert [(d.span.line, d.span.column, d.span.end_column) for d in diagnostics] == [
        (6, 5, 12),
        (7, 5, 11),
    ]


def test_settled_proposals_have_warnings_instead_of_errors(process: Process) -> None:
    draft = DRAFT.replace("2025-03-03", "2025/3/3")
    settled = f"{draft}Reason: No sponsor was found.\n".replace("Draft", "Withdrawn")
    assert only_diagnostic(settled, process, "H103").severity is Severity.WARNING
    assert only_diagnostic(draft, process, "H103").severity is Severity.ERROR


def test_control_characters_in_quotes_are_escaped(process: Process) -> None:
    diagnostic = only_diagnostic(DRAFT.replace("2025-03-03", "2025\u202e03"), process, "H103")
    assert diagnostic.message.startswith("'Created' is \"2025\\u202e03\"; ")


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
def test_dates_are_between_1990_and_tomorrow(day: str, code: str, process: Process) -> None:
    assert [d.code for d in lint(DRAFT.replace("2025-03-03", day), process)] == [code][: bool(code)]


def test_impossible_date_in_a_record_has_its_position(process: Process) -> None:
    history = (
        "Status-History: 2025-03-03 Draft https://a.org/\n    2099-03-03 Review https://a.org/\n"
    )
    diagnostics = [d for d in lint(DRAFT + history, process) if d.code == "H110"]
    assert [(d.span.line, d.span.column) for d in diagnostics] == [(8, 5)]


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        ("Gr\u0430ce", "Grace"),
        ("\u039fscar", "Oscar"),
        ("\u0418\u0432\u0430\u043d Petrov", None),
        ("\u03bb-calculus for \u03b2", None),
        ("Zo\u00eb \u0141ukasz", None),
        ("\u0418van", None),
    ],
)
def test_words_of_two_scripts_are_fixed(value: str, fixed: str | None, process: Process) -> None:
    text = DRAFT.replace("Typed views", value)
    assert [d.code for d in lint(text, process)] == (["H111"] if fixed else [])
    assert fix_all(text, process) == DRAFT.replace("Typed views", fixed or value)


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("FEP 17: Views", ["H112"]),
        ("FEP 0017: Views", ["H112"]),
        ("fep-17 - Views", ["H112"]),
        ("FEP: Views", ["H112"]),
        ("FEP 12: Views", ["H113"]),
        ("FEP process", []),
        ("FEPs and views", []),
        ("Views after FEP 17", []),
        ("Views after FEP 12", ["H113"]),
        ("Views after fep-12", ["H114"]),
        ("Views after FEP12 and FEP 12", ["H113", "H113", "H114"]),
    ],
)
def test_title_rules(title: str, codes: list[str], process: Process) -> None:
    style = [rule for rule in all_rules() if rule.code in {"H112", "H113", "H114"}]
    diagnostics = testing.check_example(style, DRAFT.replace("Typed views", title), process)
    assert sorted(d.code for d in diagnostics) == codes


def test_missing_title_is_not_reported_by_title_rules(process: Process) -> None:
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
def test_any_text_can_be_checked_and_fixed_without_changing_the_body(lines: list[str]) -> None:
    process = our_process()
    block = "\n".join(line.replace("\n", " ") for line in lines if line.strip())
    text = block + KEPT
    for diagnostic in lint(text, process, "HS"):
        assert 1 <= diagnostic.span.line <= diagnostic.span.end_line <= text.count("\n") + 1
        assert diagnostic.span.column <= len(text.split("\n")[diagnostic.span.line - 1]) + 1
        assert "\n" not in diagnostic.message
    assert fix_all(text, process).endswith(KEPT.strip("\n") + "\n")


def test_blank_line_between_headers_is_one_finding(process: Process) -> None:
    above = "FEP: 7\nTitle: One\nAuthor: Ada Lovelace\n"
    text = f"{above}\nStatus: Draft\nType: Process\nCreated: 2026-01-02\n"
    rules = [rule for rule in all_rules() if rule.code in {"H005", "H010"}]
    assert [d.code for d in testing.check_example(rules, text, process)] == ["H010"]


def test_values_of_headers_below_a_blank_line_are_used(process: Process) -> None:
    text = "FEP: 7\nTitle: One\n\nStatus: Draft\nType: Proces\n\nText.\n"
    proposal = testing.parse_proposal(text, process)
    assert (proposal.status, proposal.type) == ("Draft", None)
    assert [field.name for field in proposal.detached_fields] == ["Status", "Type"]
    assert proposal.mistakes["type"]


def test_a_header_below_the_fence(process: Process) -> None:
    text = "---\nFEP: 7\nTitle: One\n---\nStatus: Draft\n\nText.\n"
    rules = [rule for rule in all_rules() if rule.code in {"H001", "H010"}]
    (diagnostic,) = testing.check_example(rules, text, process)
    assert (diagnostic.code, diagnostic.span.line, diagnostic.edits) == ("H010", 4, ())
    assert diagnostic.message == "the headers end at this ---, but 'Status' follows; move it up"


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("FEP: 7\n---\nTitle: One\n", 2, "remove it"),
        ("---\nFEP: 7\n---\nTitle: One\n---\n", 3, "remove it"),
        (
            "---\nFEP: 7\nTitle: One\n\nText.\n",
            1,
            "remove it, or write another --- after the last header",
        ),
    ],
)
def test_a_fence_that_is_none_is_reported(
    text: str, line: int, advice: str, process: Process
) -> None:
    rule = next(rule for rule in all_rules() if rule.code == "H001")
    (diagnostic,) = testing.check_example(rule, text, process)
    assert diagnostic.span.line == line
    assert diagnostic.message == f'"---" does not belong to a header; {advice}'


@pytest.mark.parametrize("line", ["status: Draft", "STATUS: Draft", "Status : Draft"])
def test_the_value_of_a_header_in_other_capitals_is_used(line: str, process: Process) -> None:
    assert testing.parse_proposal(f"FEP: 7\n{line}\n", process).status == "Draft"


def test_the_value_of_a_header_with_a_former_name_is_used(process: Process) -> None:
    headers = tuple(
        header.model_copy(update={"formerly": ("State",)}) if header.role == "status" else header
        for header in process.headers
    )
    changed = process.model_copy(update={"headers": headers})
    assert testing.parse_proposal("FEP: 7\nState: Draft\n", changed).status == "Draft"


@pytest.mark.parametrize(
    ("value", "fixed"),
    [
        ("Ada, Grace, Ada", "Ada, Grace"),
        ("Ada,\n    Grace,\n    Ada", "Ada,\n    Grace"),
        ("Ada, Ada, Ada", "Ada"),
        ("Ada (@ada), Ada", "Ada (@ada)"),
        ("Ada (@ada), ADA (@Ada)", "Ada (@ada), ADA (@Ada)"),
        ("Ren\u00e9, Rene\u0301", "Ren\u00e9"),
        ("Ada B. Lovelace, Ada B Lovelace", "Ada B. Lovelace"),
        ("Ada, Ada (@ada)", "Ada, Ada (@ada)"),
        ("Sam Roe, Jr., Sam Roe, Jr.", "Sam Roe, Jr."),
    ],
)
def test_the_same_person_twice(value: str, fixed: str, process: Process) -> None:
    text = f"FEP: 7\nAuthor: {value}\n"
    rule = next(rule for rule in all_rules() if rule.code == "H115")
    found = testing.check_example(rule, text, process)
    assert {d.message.partition(" names ")[0] for d in found} == {"'Author'"}
    for _round in range(3):
        found = testing.check_example(rule, text, process)
        text = apply_edits(text, [edit for diagnostic in found for edit in diagnostic.edits])
    assert text == f"FEP: 7\nAuthor: {fixed}\n"


@pytest.mark.parametrize(
    "value", ["Ada, Grace", "Wei (@wei1), Wei (@wei2)", "Sam Roe, Sam Roe, Jr.", "Ada, Adam"]
)
def test_different_people(value: str, process: Process) -> None:
    rule = next(rule for rule in all_rules() if rule.code == "H115")
    assert testing.check_example(rule, f"FEP: 7\nAuthor: {value}\n", process) == []


def test_the_same_person_with_two_addresses() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    rule = next(rule for rule in all_rules() if rule.code == "H115")
    text = "PEP: 7\nAuthor: {}\n"
    for value, count in (
        ("Ada <a@x.org>, Ada <b@x.org>", 1),
        ("Ada <a@x.org>, A. Lovelace <a@x.org>", 1),
        ("Ada <a@x.org>, Grace <b@x.org>", 0),
    ):
        found = testing.check_example(rule, text.format(value), pep)
        assert [d.edits for d in found] == [()] * count


def test_tens_of_thousands_of_authors_take_linear_time(process: Process) -> None:
    rule = next(rule for rule in all_rules() if rule.code == "H115")
    people = [f"Ada L{n} (@a{n}), Ada L{n}x" for n in range(20_000)]
    lines = [", ".join(people[start : start + 100]) for start in range(0, len(people), 100)]
    text = DRAFT.replace("Ada Lovelace (@ada)", ",\n  ".join([*lines, "ada l7x"]))
    (found,) = testing.check_example([rule], text, process)
    assert found.message.startswith("'Author' names \"ada l7x\" twice")


def test_text_that_looks_like_a_header_is_text(process: Process) -> None:
    text = "FEP: 7\nTitle: One\n\nAbstract\n========\n\nStatus: this is a sentence.\n"
    rule = next(rule for rule in all_rules() if rule.code == "H010")
    assert testing.check_example(rule, text, process) == []


def test_missing_colon_is_suggested(process: Process) -> None:
    text = "FEP: 7\nTitle: One\nStatus Draft\n"
    rule = next(rule for rule in all_rules() if rule.code == "H001")
    (diagnostic,) = testing.check_example(rule, text, process)
    assert diagnostic.message == '"Status Draft" does not belong to a header; write Status: Draft'


# Evidence and forms that a process asks for ------------------------------------------------


def with_header(process: Process, role: str, **changes: object) -> Process:
    """Return *process* with a changed header."""
    headers = tuple(
        header.model_copy(update=changes) if header.role == role else header
        for header in process.headers
    )
    own = process.model_copy(update={"headers": headers})
    for name in ("by_key", "_by_name", "_by_role", "_memo"):  # computed for the other headers
        own.__dict__.pop(name, None)
    return own


BRANCH = "https://github.com/pallets/flask/blob/main/src/app.py"
THREAD = "https://github.com/pallets/flask/pull/1"


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (f"Upstream: {BRANCH}", [(7, 11)]),
        (f"Upstream: {THREAD}\n          {BRANCH}", [(8, 11)]),
        (f"Upstream: {BRANCH}\n          {BRANCH}", [(7, 11), (8, 11)]),
        (f"Resolution: 2025-03-03 {BRANCH}", [(7, 24)]),
        (f"Resolution: {BRANCH}", [(7, 13)]),
        (f"Status-History: 2025-03-03 Draft {BRANCH}", [(7, 34)]),
        (f"Upstream: {THREAD}", []),
        (f"Discussions-To: {BRANCH}", []),
    ],
)
def test_evidence_names_no_branch(
    header: str, columns: list[tuple[int, int]], process: Process
) -> None:
    found = [d for d in lint(f"{DRAFT}{header}\n", process) if d.code == "H130"]
    assert [(d.span.line, d.span.column) for d in found] == columns
    assert all('the branch "main"' in d.message for d in found)


@pytest.mark.parametrize("role", ["discussion", "upstream"])
@pytest.mark.parametrize("permanent", [True, False])
def test_a_process_decides_which_urls_are_permanent(
    process: Process, role: str, permanent: bool
) -> None:
    own = with_header(process, role, permanent_urls=permanent)
    name = process.header_name("discussion" if role == "discussion" else "upstream")
    codes = [d.code for d in lint(f"{DRAFT}{name}: {BRANCH}\n", own)]
    assert ("H130" in codes) == permanent


PEP_DRAFT = """\
PEP: 9999
Title: Typed views
Author: {author}
Status: Draft
Type: Process
Created: 03-Mar-2025
Post-History: {posts}
Resolution: {resolution}
"""
MESSAGE = "https://mail.python.org/pipermail/python-dev/2001-March/013912.html"


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, []),
        ({"author": "Ada King-Noel, Jos\u00e9 d'Ormesson <j.d@example.co.uk>, A. Lovelace"}, []),
        ({"author": "Ada <ada at example.org>"}, []),
        ({"author": "guido@python.org (Guido)"}, ["H133"]),
        ({"author": "Brett (on behalf of the council)"}, ["H133"]),
        ({"author": "R2_D2, Ada 2"}, ["H133", "H133"]),
        ({"author": "Ada <ada@example.\u0440\u0444>"}, ["H133"]),
        ({"posts": "01-Jan-2020,02-Jan-2020"}, ["H105"]),
        ({"posts": "01-Jan-2020, 02-Jan-2020,\n 03-Jan-2020"}, []),
        ({"resolution": MESSAGE.replace("2001-March", "old")}, ["H107"]),
        ({"resolution": MESSAGE.replace("013912", "0123456")}, []),
        ({"resolution": MESSAGE.replace("013912", "12")}, ["H107"]),
    ],
)
def test_forms_that_only_the_peps_ask_for(values: dict[str, str], codes: list[str]) -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    defaults = {"author": "Ada Lovelace", "posts": "01-Jan-2020", "resolution": MESSAGE}
    text = PEP_DRAFT.format(**{**defaults, **values})
    assert [d.code for d in lint(text, pep)] == codes


def test_a_space_after_each_comma_is_added() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    posts = "01-Jan-2020,02-Jan-2020,\n  `03-Jan-2020 <https://discuss.python.org/t/a/1>`__"
    text = PEP_DRAFT.format(author="Ada", posts=posts, resolution=MESSAGE)
    assert "Post-History: 01-Jan-2020, 02-Jan-2020" in fix_all(text, pep)


@pytest.mark.parametrize("text", ["---\n{}---\n\nText.\n", "---\n{}---\n"])
def test_a_fence_is_removed_where_the_process_has_none(process: Process, text: str) -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    headers = PEP_DRAFT.format(author="Ada", posts="01-Jan-2020", resolution=MESSAGE)
    fenced = text.format(headers)
    assert "H134" in [d.code for d in lint(fenced, pep)]
    assert not fix_all(fenced, pep).startswith("---")
    assert "H134" not in [d.code for d in lint(text.format(DRAFT), process)]


@pytest.mark.parametrize(
    ("words", "title", "found"),
    [
        (("standard",), "A Standard for views", ["Standard"]),
        (("standard",), "Standardised views", []),
        ((":",), "Views: typed", [":"]),
        ((":", "is a"), "This: is a view", [":", "is a"]),
        ((), "A standard: views", []),
    ],
)
def test_words_that_a_title_may_not_have(
    process: Process, words: tuple[str, ...], title: str, found: list[str]
) -> None:
    own = with_header(process, "title", refused_words=words)
    text = DRAFT.replace("Typed views", title)
    messages = [d.message for d in lint(text, own) if d.code == "H131"]
    assert messages == [f"'Title' has \"{word}\"; leave it out" for word in found]


@pytest.mark.parametrize(
    ("author", "reported"),
    [("Ada Lovelace", True), ("Ada Lovelace, Grace Hopper (@grace)", False)],
)
def test_one_handle_where_the_process_asks_for_it(
    process: Process, author: str, reported: bool
) -> None:
    own = with_header(process, "authors", handle_required=True)
    text = DRAFT.replace("Ada Lovelace (@ada)", author)
    assert ("H132" in [d.code for d in lint(text, own)]) == reported


@pytest.mark.parametrize(
    ("bare_handles", "codes"), [(False, ["H106"]), (True, [])], ids=["refused", "allowed"]
)
def test_a_handle_alone_stands_for_a_person_if_the_process_allows_it(
    process: Process, bare_handles: bool, codes: list[str]
) -> None:
    own = with_header(process, "authors", bare_handles=bare_handles)
    text = DRAFT.replace("Ada Lovelace (@ada)", "@ada, Bob Smith")
    assert [d.code for d in lint(text, own)] == codes
    ada, bob = Proposal.parse(text, own).value("authors")
    assert (ada.name, ada.handle, bob.name) == ("ada", "ada", "Bob Smith")

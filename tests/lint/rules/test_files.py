"""Rules about files: cases beyond the examples in their docstrings."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools._text import BLANKS
from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.registry import all_rules, find_rule
from fep_tools.lint.rule import Rule
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Corpus, Proposal

from ...conftest import ROOT

RULES = [rule for rule in all_rules() if rule.code.startswith("C")]


def named(name: str) -> Rule:
    rule = find_rule(name)
    assert rule is not None
    return rule


def lint(example: str, process: Process) -> list[Diagnostic]:
    return testing.check_example(RULES, example, process)


def codes(example: str, process: Process) -> list[tuple[str, str]]:
    return [(d.code, d.path) for d in lint(example, process)]


def body(text: str) -> str:
    return f"FEP: 7\nTitle: Typed views\n\n{text}\n"


# Characters --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "A family: \U0001f468\u200d\U0001f469\u200d\U0001f467.",
        "A flag: \U0001f3f3\ufe0f\u200d\U0001f308.",
        "Persian: \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.",
        "Hindi: \u0915\u094d\u200d\u0937.",
        "Hebrew: \u05e9\u05dc\u05d5\u05dd!\u200f goes on.",
        "Arabic: \u0600\u0661.",
        "Umlauts: \u00e4\u00f6\u00fc, a euro: \u20ac, a mark: \u2713.",
    ],
)
def test_characters_that_a_script_needs_are_allowed(text: str, process: Process) -> None:
    assert lint(body(text), process) == []


@pytest.mark.parametrize(
    "character",
    "\u202a\u202e\u2066\u2069\u200b\u2060\ufeff\u00ad\u200e\u200d\u3164\ue000\ufdd0"
    "\U000e0041\U000e0001\u180e\ufff9",
)
def test_invisible_character_is_reported_by_its_code_point(
    character: str, process: Process
) -> None:
    (diagnostic,) = lint(body(f"Plain {character}text"), process)
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == ("C002", 4, 7)
    assert f"U+{ord(character):04X}" in diagnostic.message
    assert character not in diagnostic.message


def test_invisible_characters_are_reported_on_each_line(process: Process) -> None:
    """A change that adds one must not hide behind another that was there before."""
    found = lint(body("a\u200bb\u200bc\n\n\u200b"), process)
    assert [(d.span.line, d.message.partition(") ")[2]) for d in found] == [
        (4, "is invisible (2 times); remove it"),
        (6, "is invisible; remove it"),
    ]


def test_every_merge_marker_is_reported(process: Process) -> None:
    text = "<<<<<<< main\nA.\n=======\nB.\n>>>>>>> types"
    found = lint(body(f"{text}\n\n{text}"), process)
    assert [d.span.line for d in found if d.code == "C013"] == [4, 8, 10, 14]


def test_byte_order_mark_at_the_start_is_left_to_another_rule(process: Process) -> None:
    assert lint(f"\ufeff{body('Text.')}", process) == []


def test_invisible_characters_in_code_are_reported(process: Process) -> None:
    assert lint(body(".. code-block:: python\n\n   x = '\u202e'"), process)


# Look-alikes -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["\u041c\u043e\u0441\u043a\u0432\u0430", "\u03bcs", "na\u00efve"])
def test_words_of_one_script_are_allowed(text: str, process: Process) -> None:
    assert lint(body(text), process) == []


@pytest.mark.parametrize(
    ("text", "count"), [("N\u03b1 and k\u03bd", 0), ("t\u03bf", 1), ("\u03b1nd", 1)]
)
def test_names_of_quantities_are_allowed(text: str, count: int, process: Process) -> None:
    assert len(lint(body(text), process)) == count


@pytest.mark.parametrize(
    ("title", "link", "fixed"),
    [
        ("Vi\u0435ws\n=====", ":fep:`7#viws`", False),
        (".. _Vi\u0435ws:", ":fep:`7#viws`", False),
        (".. _Vi\u0435ws:", "x\n# proposals/fep-0012.rst\nTitle: T\n\n:fep:`7#viws`", False),
        ("Vi\u0435ws\n=====", ":fep:`7#vi-ws`", True),
        ("Vi\u0435ws", ":fep:`7#viws`", True),
    ],
)
def test_a_word_is_not_fixed_if_a_url_links_to_it(
    title: str, link: str, fixed: bool, process: Process
) -> None:
    start = f"# proposals/fep-0007.rst\nFEP: 7\nTitle: T\n\n{title}"
    text = f"{start}\n\nSee Vi\u0435ws_, \u0430b, {link}\n"
    found = testing.check_example([named("text-lookalike")], text, process)
    assert [bool(d.edits) for d in found] == [fixed, fixed, True]
    assert all(d.edits or d.help.endswith("links to it; change both by hand") for d in found)


def test_look_alike_letter_is_named_and_fixed(process: Process) -> None:
    text = body("The \u0455cope is here.")
    (diagnostic,) = lint(text, process)
    assert diagnostic.message == '"\u0455cope" contains a Cyrillic \u0455; write scope'
    assert apply_edits(text, diagnostic.edits) == body("The scope is here.")


# Numbers and names -------------------------------------------------------------------------

TWICE = """\
# proposals/fep-0007-a.rst
FEP: 7
Title: One
Status: {}

# proposals/fep-0007.rst
FEP: 7
Title: Two
Status: {}
"""


@pytest.mark.parametrize(
    ("first", "second", "reported"),
    [
        ("Draft", "Draft", "fep-0007-a"),
        ("Draft", "Final", "fep-0007-a"),
        ("Final", "Draft", "fep-0007"),
    ],
)
def test_settled_proposal_keeps_its_number(
    first: str, second: str, reported: str, process: Process
) -> None:
    rule = named("number-taken")
    (diagnostic,) = testing.check_example(rule, TWICE.format(first, second), process)
    assert diagnostic.path == f"proposals/{reported}.rst"
    assert diagnostic.severity is Severity.ERROR


def test_copied_file_is_reported_by_number_file_alone(process: Process) -> None:
    example = (
        "# proposals/fep-0007.rst\nFEP: 7\nTitle: One\n\n# proposals/fep-0012.rst\nFEP: 7\n"
        "Title: Two\n"
    )
    assert codes(example, process) == [("C005", "proposals/fep-0012.rst")]


def test_suggested_path_has_status_and_words() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = "DEP 7: Views\n============\n\n:DEP: 7\n:Status: Draft\n"
    (diagnostic,) = lint(f"# draft/views.rst\n{text}", dep)
    assert diagnostic.message.endswith('; rename it to "draft/0007-views.rst"')
    (diagnostic,) = lint(f"# draft/0008-views.rst\n{text}", dep)
    assert diagnostic.message.endswith('; write 8, or rename the file to "draft/0007-views.rst"')


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        ("README.rst", "Text.\n", 'rename it, for example to "proposals/fep-0014.rst"'),
        ("fep-7-views.rst", "Text.\n", 'rename it to "proposals/fep-0007.rst"'),
        ("fep-12.rst", "Text.\n", 'rename it, for example to "proposals/fep-0014.rst"'),
        ("views.rst", "FEP: 7\nTitle: Views\n", 'rename it to "proposals/fep-0007.rst"'),
        ("views.rst", "FEP: 12\nTitle: A\n", 'rename it, for example to "proposals/fep-0014.rst"'),
    ],
)
def test_suggested_path_has_the_number_or_a_free_one(
    path: str, text: str, advice: str, process: Process
) -> None:
    reserved = '# fep/process.toml\n[[reserved]]\nnumber = 13\nreason = "promised"\n\n'
    files = f"# {path}\n{text}\n# proposals/fep-0012.rst\nFEP: 12\nTitle: One\n"
    (diagnostic,) = testing.check_example(named("file-name"), reserved + files, process)
    assert diagnostic.message == (
        f'"{path}" is not the path of a proposal, such as proposals/fep-NNNN.rst; {advice}'
    )


@pytest.mark.parametrize(
    ("name", "number", "advice"),
    [
        ("fep-22a.rst", "22a", 'rename it to "proposals/fep-0022.rst"'),
        ("fep-7.1.rst", "7.1", 'rename it, for example to "proposals/fep-0010.rst"'),
        ("fep-7.1-views.rst", "7.1", 'rename it, for example to "proposals/fep-0010.rst"'),
    ],
)
def test_numbers_are_whole(name: str, number: str, advice: str, process: Process) -> None:
    files = f"# proposals/{name}\nText.\n# proposals/fep-0007.rst\nFEP: 7\nTitle: One\n"
    (diagnostic,) = testing.check_example(named("file-name"), files, process)
    assert diagnostic.message == (
        f'the number "{number}" in the name is not a whole number; {advice}'
    )


def test_numbers_that_are_not_whole_may_be_allowed() -> None:
    text = (ROOT / "fep" / "process.toml").read_text("utf-8")
    allowed = parse_process(text.replace("[files]\n", "[files]\nwritten_numbers = true\n", 1))
    for name, is_reported in (("fep-7.1.rst", False), ("fep-22a.rst", False), ("fep-a.rst", True)):
        files = f"# proposals/{name}\nText.\n"
        assert bool(testing.check_example(named("file-name"), files, allowed)) is is_reported


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("draft/0007-na\udcefve.rst", 'rename it to "draft/0007-na-ve.rst"'),
        ("draft/\udce9t\udce9.rst", 'rename it to "draft/0007-t.rst"'),
    ],
)
def test_a_name_that_is_not_utf8_is_reported_even_if_the_pattern_allows_it(
    path: str, advice: str
) -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = "DEP 7: Views\n============\n\n:DEP: 7\n:Status: Draft\n"
    corpus = Corpus((Proposal.parse(text, dep, path),))
    (diagnostic,) = run_rules(corpus, dep, [named("file-name")], today=testing.TODAY).diagnostics
    shown = path.encode("ascii", "backslashreplace").decode()
    assert diagnostic.message == f'the file name "{shown}" is not UTF-8; {advice}'


def test_markdown_file_is_not_parsed(process: Process) -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    example = "# draft/0007-views.md\n## Views\n\n`x` and ```y``` *z\n"
    rules = [rule for rule in all_rules() if rule.code[0] in "CB"]
    assert [d.code for d in testing.check_example(rules, example, dep)] == ["C004"]


def test_standard_input_has_no_file_name(process: Process) -> None:
    proposal = testing.parse_proposal("FEP: 7\nTitle: One\n", process, "<stdin>")
    diagnostics = run_rules(
        Corpus((proposal,)), process, [named("file-name")], today=testing.TODAY
    ).diagnostics
    assert not diagnostics


def test_paths_in_two_unicode_forms_clash(process: Process) -> None:
    paths = ("proposals/\u00e9.rst", "proposals/e\u0301.rst")
    corpus = Corpus(tuple(Proposal.parse("x\n", process, path) for path in sorted(paths)))
    (diagnostic,) = run_rules(
        corpus, process, [named("path-clash")], today=testing.TODAY
    ).diagnostics
    assert diagnostic.path == paths[0]


def test_unreadable_file_has_one_finding(process: Process) -> None:
    rules = [rule for rule in all_rules() if rule.severity is not Severity.STYLE]
    (diagnostic,) = testing.check_example(rules, "FEP: 7\nTitle: a\x00b\n", process)
    assert (diagnostic.code, diagnostic.span.line) == ("C001", 2)


# Titles ------------------------------------------------------------------------------------


def test_titles_are_compared_without_white_space_and_case(process: Process) -> None:
    example = (
        "# proposals/fep-0007.rst\nFEP: 7\nTitle: Typed views\nStatus: Draft\n\n"
        "# proposals/fep-0008.rst\nFEP: 8\nTitle: Typed  Views\nStatus: {}\n"
    )
    assert codes(example.format("Draft"), process) == [("C011", "proposals/fep-0008.rst")]
    assert codes(example.format("Withdrawn"), process) == []


# Line ends ---------------------------------------------------------------------------------


def test_missing_final_line_feed_is_added(process: Process) -> None:
    text = "FEP: 7\nTitle: Typed views"
    proposal = Proposal.parse(text, process, "proposals/fep-0007.rst")
    (diagnostic,) = run_rules(
        Corpus((proposal,)), process, [named("line-endings")], today=testing.TODAY
    ).diagnostics
    assert apply_edits(text, diagnostic.edits) == f"{text}\n"


def test_all_line_endings_are_fixed_in_one_finding(process: Process) -> None:
    text = "FEP: 7\r\nTitle: Typed views\nStatus: Draft\r\n"
    (diagnostic,) = testing.check_example(named("line-endings"), text, process)
    assert diagnostic.message == "2 lines end with CR LF; use LF"
    assert apply_edits(text, diagnostic.edits) == text.replace("\r", "")


def test_lines_that_end_with_cr_alone_are_fixed(process: Process) -> None:
    text = "FEP: 7\rTitle: Typed views\r\nStatus: Draft\n\rText.\r"
    proposal = Proposal.parse(text, process, "proposals/fep-0007.rst")
    found = run_rules(
        Corpus((proposal,)), process, [named("line-endings")], today=testing.TODAY
    ).diagnostics
    assert [(d.span.line, d.message) for d in found] == [
        (1, "3 lines end with CR; use LF"),
        (2, "1 line ends with CR LF; use LF"),
    ]
    edits = [edit for diagnostic in found for edit in diagnostic.edits]
    assert apply_edits(text, edits) == "FEP: 7\nTitle: Typed views\nStatus: Draft\n\nText.\n"


@pytest.mark.parametrize("blank", BLANKS)
def test_white_space_that_may_end_a_line_becomes_a_space(blank: str, process: Process) -> None:
    text = body(f"One{blank}two{blank}three.")
    found = testing.check_example(all_rules(), text, process)
    (diagnostic,) = [d for d in found if d.code in {"C001", "C002", "C009", "C017"}]
    assert (diagnostic.code, diagnostic.span.line) == ("C009", 4)
    assert diagnostic.message.startswith(f"the line has U+{ord(blank):04X} (")
    assert apply_edits(text, diagnostic.edits) == body("One two three.")


@pytest.mark.parametrize("blank", [*BLANKS, "\u00a0", "\u2003", "\u3000"])
@pytest.mark.parametrize("before", ["", "Text."])
def test_white_space_at_the_end_of_a_line_is_one_finding(
    before: str, blank: str, process: Process
) -> None:
    text = body(f"{before}{blank}\n\nMore.")
    found = testing.check_example(all_rules(), text, process)
    (diagnostic,) = [d for d in found if d.code in {"C001", "C002", "C009", "C017"}]
    assert (diagnostic.code, diagnostic.severity) == ("C017", Severity.STYLE)
    assert apply_edits(text, diagnostic.edits) == body(f"{before}\n\nMore.")


# Merges ------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", ">>>>>>> 0123abc", "||||||| merged"])
def test_merge_markers_are_found_anywhere(line: str, process: Process) -> None:
    (diagnostic,) = testing.check_example(named("merge-marker"), body(f"a\n{line}\nb"), process)
    assert diagnostic.span.line == 5


def test_underlines_and_indented_lines_are_not_merge_markers(process: Process) -> None:
    assert lint(body("Title\n>>>>>>>\n\n    <<<<<<< HEAD"), process) == []


# Exemptions --------------------------------------------------------------------------------

EXEMPT = """\
# fep/process.toml
[[exempt]]
number = 7
code = "{}"
reason = "It is older than the rule."
{}

# proposals/fep-0007.rst
FEP: 7
Status: Draft
Title: Typed views
"""


def told_of(code: str, until: str, process: Process, *ran: str) -> list[str]:
    rules = [named("exempt-unused"), *map(named, ran)]
    return [d.message for d in testing.check_example(rules, EXEMPT.format(code, until), process)]


def test_exemption_for_a_file_that_is_not_there_is_not_reported(process: Process) -> None:
    """A built-in process also serves repositories that have a part of the proposals."""
    example = EXEMPT.format("line-endings", "").replace("number = 7", "number = 8")
    rules = [named("exempt-unused"), named("line-endings")]
    assert testing.check_example(rules, example, process) == []


@pytest.mark.parametrize(("number", "is_reserved"), [(9, 0), (10, 1), (15, 1), (20, 1), (21, 0)])
def test_a_range_of_numbers_is_reserved(process: Process, number: int, is_reserved: int) -> None:
    reserved = "# fep/process.toml\n[[reserved]]\nnumber = 10\nlast = 20\nreason = 'promised'\n\n"
    example = f"{reserved}# proposals/fep-{number:04}.rst\nFEP: {number}\nTitle: Views\n"
    found = testing.check_example(named("number-reserved"), example, process)
    message = f"the number {number} is reserved: promised"
    assert [diagnostic.message for diagnostic in found] == [message] * is_reserved


def test_used_exemption_is_not_reported(process: Process) -> None:
    assert told_of("header-order", "", process, "header-order") == []
    assert told_of("H004", "until = 2026-11-20", process, "header-order") == []


def test_exemption_from_a_rule_that_did_not_run_is_not_reported(process: Process) -> None:
    assert told_of("header-order", "", process) == []


def test_unused_exemption_is_reported(process: Process) -> None:
    (message,) = told_of("line-endings", "", process, "line-endings")
    assert message == "FEP 7 does not need the exemption from line-endings; remove it"


def test_misspelled_rule_in_an_exemption_is_guessed(process: Process) -> None:
    (message,) = told_of("header-oder", "", process)
    assert message == 'no rule is called "header-oder"; write header-order'


def test_expired_exemption_is_reported_with_its_date(process: Process) -> None:
    ended, order = told_of("H004", "until = 2026-11-19", process, "header-order")
    assert "ended on 2026-11-19" in ended
    assert "out of order" in order


def test_exemption_is_reported_in_the_process_file(process: Process) -> None:
    (diagnostic,) = testing.check_example(
        named("exempt-unused"), EXEMPT.format("nothing", ""), process
    )
    text = process.source[1].count("\n")
    assert (diagnostic.path, diagnostic.span.line) == ("fep/process.toml", text + 2)


def test_date_of_an_exemption_may_be_a_string(process: Process) -> None:
    example = EXEMPT.format("H004", 'until = "2026-11-20"')
    assert testing.example_process(example, process).exemptions[0].until == date(2026, 11, 20)

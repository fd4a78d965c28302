"""Rules about changes: every transition of the process, and what counts as a spelling fix."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from fep_tools import _sequences
from fep_tools.diagnostics import Span
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rules._headers import format_example
from fep_tools.lint.rules.transitions._worddiff import find_changed_words
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.proposals.body import MARKDOWN_MISSING, unparsable
from fep_tools.proposals.model import Proposal

PROCESS = load_process(Path(__file__).parents[3] / "fep" / "process.toml")
_IN_MARKDOWN = PROCESS.source[1].replace('"rfc2822"', '"yaml"', 1).replace(".rst", ".md")
MARKDOWN = parse_process(_IN_MARKDOWN, "process.toml")
GATE = [rule for rule in all_rules() if rule.code in {"T001", "T002", "T003", "T005"}]

STATUSES = [status.name for status in PROCESS.statuses]
TYPES = [type_.name for type_ in PROCESS.types]


def text(status: str, type_: str, *lines: str) -> str:
    return "\n".join(["FEP: 7", f"Status: {status}", f"Type: {type_}", *lines])


def codes(before: str, after: str) -> set[str]:
    diagnostics = testing.check_example(GATE, f"# base\n{before}\n\n# head\n{after}\n", PROCESS)
    return {diagnostic.code for diagnostic in diagnostics}


def cells() -> Iterator[tuple[str, str, str, bool]]:
    """Yield every pair of different statuses, for every type, with and without evidence."""
    for before, after, type_, evidence in product(STATUSES, STATUSES, TYPES, [True, False]):
        if before != after:
            yield before, after, type_, evidence


def header_lines(names: tuple[str, ...]) -> list[str]:
    blank = Proposal("", "")
    headers = (PROCESS.header(name) for name in names)
    return [format_example(header, blank, PROCESS, testing.TODAY) for header in headers if header]


@pytest.mark.parametrize(("before", "after", "type_", "evidence"), list(cells()))
@pytest.mark.parametrize("retroactive", [False, True])
def test_transition_is_allowed_as_the_process_says(
    before: str, after: str, type_: str, evidence: bool, retroactive: bool
) -> None:
    mark = ["Retroactive: yes"] if retroactive else []
    transition = PROCESS.transition(before, after, type_, retroactive=retroactive)
    needs = transition.needs if transition else ()
    proof = header_lines(needs) if evidence else []
    reported = codes(text(before, type_, *mark), text(after, type_, *proof, *mark))
    if transition is None:
        assert reported == {"T001"}
    elif evidence:
        assert reported == set()
    else:
        assert reported <= {"T003"}
        needed = [PROCESS.header(name) for name in needs]
        # A header that the new status requires anyway is reported by a rule about headers.
        if needs and all(header and not header.required for header in needed):
            assert reported == {"T003"}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("retroactive", [False, True])
def test_new_proposal_has_the_initial_status_unless_it_is_retroactive(
    status: str, retroactive: bool
) -> None:
    mark = ["Retroactive: yes"] if retroactive else []
    reported = codes("", text(status, "Process", *mark))
    expected = set() if retroactive or status == PROCESS.initial_status.name else {"T005"}
    assert reported == expected


def test_proposal_cannot_become_retroactive_to_skip_a_transition() -> None:
    before = text("Draft", "Standards Track")
    after = text("Final", "Standards Track", "Retroactive: yes")
    assert "T001" in codes(before, after)


HISTORY_OF_A_PROPOSAL = [rule for rule in all_rules() if rule.code in {"T014", "T018", "T019"}]


def messages(before: str, after: str) -> list[str]:
    example = f"# base\n{before}\n\n# head\n{after}\n"
    found = testing.check_example(HISTORY_OF_A_PROPOSAL, example, PROCESS)
    return [f"{diagnostic.code} {diagnostic.message}" for diagnostic in found]


DECIDED_AS_ANOTHER = (
    "T018 'Type' was changed from {} to {}, but the FEP became {} as {}; restore it, or write a "
    "new FEP"
)


@pytest.mark.parametrize("later", ["", "Superseded"])
@pytest.mark.parametrize(
    ("status", "old", "new", "reported"),
    [
        # Upstream decides about a Standards Track FEP, and the workgroup about the others.
        ("Final", "Informational", "Standards Track", True),
        ("Final", "Standards Track", "Process", True),
        ("Rejected", "Process", "Standards Track", True),
        ("Accepted", "Standards Track", "Informational", True),
        ("Active", "Informational", "Standards Track", True),
        ("Final", "Informational", "Process", False),
        ("Final", "Process", "Process", False),
        # These statuses are the same for all types, or no decision.
        ("Draft", "Informational", "Standards Track", False),
        ("Review", "Informational", "Standards Track", False),
        ("Deferred", "Informational", "Standards Track", False),
    ],
)
def test_type_of_a_decision_stays(
    status: str, old: str, new: str, reported: bool, later: str
) -> None:
    expected = [DECIDED_AS_ANOTHER.format(old, new, status, old)] if reported else []
    assert messages(text(status, old), text(later or status, new)) == expected


def test_record_of_a_decision_made_elsewhere_may_get_another_type() -> None:
    before, after = (
        text("Final", type_, "Retroactive: yes") for type_ in ("Process", "Standards Track")
    )
    assert messages(before, after) == []


@pytest.mark.parametrize("status", STATUSES)
def test_mark_of_a_record_stays_with_its_decision(status: str) -> None:
    before, after = text(status, "Process", "Retroactive: yes"), text(status, "Process")
    message = f"T014 'Retroactive' was removed, but {status} was decided elsewhere; restore it"
    expected = [] if status in ("Draft", "Review") else [message]
    assert messages(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        # Today is 2026-11-20.
        (("Review", "2026-12-24"), ("Review", "2026-12-23"),
         "'Review-Until' was 2026-12-24 and is now 2026-12-23; write 2026-12-24 or later"),
        (("Review", "2026-11-02"), ("Review", "2026-11-01"),
         "'Review-Until' was 2026-11-02 and is now 2026-11-01; write 2026-11-02 or later"),
        (("Review", "2026-12-24"), ("Review", "2026-12-25"), ""),
        (("Review", "2026-11-02"), ("Review", "2026-11-02"), ""),
        (("Review", "2026-12-24"), ("Draft", "2026-12-23"), ""),  # H006: forbidden in a draft
        (("Review", "2026-12-24"), ("Review", "soon"), ""),  # H110: not a date
        (("Review", "soon"), ("Review", "2026-12-24"), ""),
        (("Draft", "2026-12-24"), ("Review", "2026-11-21"), ""),
        (("Draft", ""), ("Review", "2026-11-20"),
         "'Review-Until' is 2026-11-20, but the review begins today; write a later date"),
        (("Draft", ""), ("Review", "2026-11-02"),
         "'Review-Until' is 2026-11-02, but the review begins today; write a later date"),
    ],
)  # fmt: skip
def test_review_is_not_shortened(
    before: tuple[str, str], after: tuple[str, str], message: str
) -> None:
    texts = [
        text(status, "Process", *([f"Review-Until: {until}"] if until else []))
        for status, until in (before, after)
    ]
    assert messages(*texts) == ([f"T019 {message}"] if message else [])


SETTLED = "FEP: 7\nStatus: Final\n\n{}\n"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("Views are typed.", "Views are secretly typed.", '"secretly" was added'),
        ("Views are never typed.", "Views are typed.", '"never" was removed'),
        ("Views may return.", "Views must not return.", '"may" was changed to "must not"'),
        ("Veiws are typed.", "Views are typed.", ""),
        ("Teh views are typed.", "The views are typed.", ""),
        ("Views may return.", "Views may return or raise.", '"or raise" was added'),
        ("One views are typed.", "Two views are typed.", '"one" was changed to "two"'),
        (
            "Views may return text. They are typed.",
            "Views must return text. They are old. No.",
            '"may" was changed to "must" and "typed" was changed to "old no"',
        ),
        (
            "A b c d e f g h i j k l.",
            "A 1 c 2 e 3 g 4 i 5 k 6.",
            ", ".join(f'"{a}" was changed to "{b}"' for a, b in ("b1", "d2", "f3", "h4"))
            + ', "j" was changed to "5" and 1 more change',
        ),
        (
            "Views must return. They must run.",
            "Views may return. They may run.",
            '"must" was changed to "may" (2 times)',
        ),
        ("Views ARE typed.", "*Views* are ``typed``.", ""),
        ("See https://example.org/a.", "See https://example.org/b.", ""),
        ("Views\nare typed.", "Views are\ntyped.", ""),
        ("New in 1.10.", "New in 11.0.", '"1 10" was changed to "11 0"'),
        ("New in Python3.", "New in Python 3.", ""),
        ("Use ``x == y``.", "Use ``x != y``.", '"==" was changed to "!="'),
        ("Needs flask>=2.", "Needs flask<2.", '">=" was changed to "<"'),
        ("If 1 < x ≤ 2.", "If 1 > x ≤ 2.", '"<" was changed to ">"'),
        ("A ``b`` <1.", "A b <1.", ""),
        ("A\n==\n\n== ==\na  b\n== ==", "A\n===\n\n=== ===\na   b\n=== ===", ""),
        ("See `a <b>`_ -> c.\n\n>>> d", "See a → c.\n\n    >>> d", '"b _" was removed'),
        ("Typed.", "Typed a://b.", ""),
        ("Typed.", "Typed a://b\u2800not.", '"not" was added'),
        ("A.\n\nTyped.", "A.\n\n.. Typed.", '"typed" was removed'),
        ("A.\n\nTyped.\nNo.", "A.\n\n..\n   Typed.\n   No.", '"typed no" was removed'),
        ("A.\n\n.. Typed.", "A.\n\nTyped.", '"typed" was added'),
        (
            "A.\n\nTyped.",
            "A.\n\n.. _Typed: https://a.org",
            '"typed" was changed to "_typed" and "typed" was removed',
        ),
        (
            "Typed.\n\nNever.",
            "Typing.\n\n.. Never.",
            '"typed" was changed to "typing" and "typed never" was changed to "typing"',
        ),
        ("A.\n\nTyped.", "A.\n\n<!-- Typed. -->", '"<" was added and ">" was added'),
        ("See PEP 8.", "See :pep:`8`.", ""),
        ("See `a <b>`_.", "See `a <c>`_.", '"b" was changed to "c"'),
        ("If x = y.", "If x =\u0338 y.", '"≠" was added and "=" was changed to "≠"'),
        ("For x ∈ y.", "For x ∉ y.", '"∈" was changed to "∉"'),
        ("Allowed ✅.", "Allowed ❌.", '"✅" was changed to "❌"'),
        ("It costs 5€.", "It costs 5£.", '"€" was changed to "£"'),
        ("def a() -> b", "def a() <- b", '"→" was changed to "←"'),
        ("A naïve view…", "A nai\u0308ve view...", ""),
        ("A – b −1 ─ “c”", "A - b -1 - 'c'", ""),
        ("A ``b + c``.", "A ``b = c``.", '"+" was changed to "="'),
        ("A ``$b | c``.", "A ``b + c``.", '"$" was removed and "|" was changed to "+"'),
        ("* A **b**\n* c", "+ A *b*\n+ c", ""),
        ("A\n=\n\nb", "A\n+\n\nb", ""),
        ("A.\n\n.. note:: Typed.", "A.\n\n.. note::\n\n   Typed.", ""),
        ("A.\n\n.. [1] Typed.", "A.\n\n.. [1] *Typed.*", ""),
        ("A.\n\n.. Old.\n\nB.", "A.\n\n.. New.\n\nB.", '"old" was changed to "new"'),
    ],
)
def test_settled_text_may_only_get_spelling_fixes(before: str, after: str, change: str) -> None:
    example = f"# base\n{SETTLED.format(before)}\n# head\n{SETTLED.format(after)}"
    rules = [rule for rule in all_rules() if rule.code == "T010"]
    messages = [d.message for d in testing.check_example(rules, example, PROCESS)]
    is_one = change.count(" was ") == 1 and "times" not in change
    undo = "undo it" if is_one else "undo these changes"
    rest = (
        "but in the text of a Final FEP, only spelling, URLs and markup may be fixed; "
        f"{undo} or write a new FEP"
    )
    assert messages == ([f"{change}, {rest}"] if change else [])


HIDDEN = [
    # Words that stay in the source, and leave the page
    ("- One.\n- Never.", "- One.\n- .. Never.", '"never" was removed'),
    ("1. One.\n2. Never.", "1. One.\n2. .. Never.", '"never" was removed'),
    (":A: Never.\n:B: c", ":A: .. Never.\n:B: c", '"never" was removed'),
    ("a\n   Never.", "a\n   .. Never.", '"never" was removed'),
    ("+----------+\n| Never.   |\n+----------+", "+----------+\n| .. Never.|\n+----------+",
     '"never" was removed'),
    ("===== ==\na     b\nNever c\n===== ==", "======== ==\na        b\n.. Never c\n======== ==",
     '"never" was removed'),
    ("A.\n\nNever.", "A.\n\n..\tNever.", '"never" was removed'),
    ("A.\n\n[Never.", "A.\n\n.. [Never.", '"never" was removed'),
    ("A.\n\n| Never.", "A.\n\n.. | Never.", '"never" was removed'),
    ("A.\n\n-::Never.", "A.\n\n.. -::Never.", '"never" was removed'),
    ("A ``<!--``.\n\nNever.", "A ``<!--``.\n\n.. Never.", '"never" was removed'),
    ("A.\n\n.. Old.\n\nNever.", "A.\n\n.. Old.\n   Never.", '"never" was removed'),
    ("A.\n\n.. Old.\n   Never.", "A.\n\n.. Old.\n\nNever.", '"never" was added'),
    ("A `b never <c>`_.", "A `b <never c>`_.", '"never" was removed'),
    ("The class: never", "The\n\n.. class:: never", '"class never" was removed'),
    ("A x:\n\n.. |x| replace:: y\n\nNever.", "A x:\n\n.. |x| replace:: y\n  Never.",
     '"never" was removed'),
]  # fmt: skip

HIDDEN_IN_MARKDOWN = [
    ("A never b.", "A ~~never~~ b.", '"never" was removed'),
    ("A ~~never~~ b.", "A never b.", '"never" was added'),
    ("A.\n\n```\nnever\n```", "A.\n\n``` never\n```", '"never" was removed'),
    ('- A: must "never be."', '- [A]: must "never be."', '"a must never be" was removed'),
    ("A.\n\n(Views)\n\nB.", "A.\n\n(Views)=\n\nB.", '"views" was removed'),
    ("x <!-- c --> y never z", "x <!-- c --> y <!-- never --> z", '"never" was removed'),
    ("|a|b|\n|-|-|\n|c|d|\n|e|f|", "|a|b|\n|-|-|\n|c|d|e|f|", '"e f" was removed'),
    ("A.\n\nTyped.", "A.\n\n<!-- Typed. -->", '"typed" was removed'),
    ("A *b* c.", "A **b** `c`.", ""),
    ("A <https://a.org> c.", "A [c](https://a.org).", ""),
    ("* A\n* b", "- A\n- b", ""),
    ("A\nb\n=", "# A b", ""),
]


def hidden(before: str, after: str, process: Process, path: str, head: str) -> list[str]:
    states = (f"# {name}\n# {path}\n{head}{body}\n" for name, body in
              (("base", before), ("head", after)))  # fmt: skip
    rules = [rule for rule in all_rules() if rule.code == "T010"]
    found = testing.check_example(rules, "".join(states), process)
    return [d.message.partition(", but in the text of a")[0] for d in found]


@pytest.mark.parametrize(("before", "after", "change"), HIDDEN)
def test_words_that_readers_see_no_more_were_removed(before: str, after: str, change: str) -> None:
    head = SETTLED.format("")
    found = hidden(before, after, PROCESS, "proposals/fep-0007.rst", head)
    assert found == ([change] if change else [])


@pytest.mark.parametrize(("before", "after", "change"), HIDDEN_IN_MARKDOWN)
def test_words_that_readers_of_markdown_see_no_more_were_removed(
    before: str, after: str, change: str
) -> None:
    head = "---\nFEP: 7\nStatus: Final\n---\n\n"
    found = hidden(before, after, MARKDOWN, "proposals/fep-0007.md", head)
    assert found == ([change] if change else [])


def test_a_hidden_word_is_reported_on_the_line_that_hides_it() -> None:
    rules = [rule for rule in all_rules() if rule.code == "T010"]
    before, after = SETTLED.format("A.\n\nNever."), SETTLED.format("A.\n\n.. Never.")
    added = after.replace("FEP: 7", "FEP: 7\nTitle: A")
    (found,) = testing.check_example(rules, f"# base\n{before}\n# head\n{added}", PROCESS)
    assert found.span == Span(7, 1, 7, 10)


@pytest.mark.parametrize(
    ("before", "after", "is_reported"),
    [("A never b.", "A ~~never~~ b.", True), ("A never\n b.", "A  never b.", False)],
)
def test_of_a_text_that_cannot_be_parsed_all_marks_count(
    monkeypatch: pytest.MonkeyPatch, before: str, after: str, is_reported: bool
) -> None:
    monkeypatch.setattr(testing, "_parse_body", lambda *_: unparsable(MARKDOWN_MISSING))
    found = hidden(before, after, PROCESS, "proposals/fep-0007.rst", SETTLED.format(""))
    assert bool(found) is is_reported


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Status: Final", "Status: Superseded", {"T010"}),
        ("Status: Deferred", "Status: Draft", set()),
        ("Title: Views\nStatus: Final", "Title: No views\nStatus: Final", {"T010"}),
        ("Status: Rejected\nReason: Too slow", "Status: Rejected\nReason: Too fast", {"T010"}),
        (
            "Status: Rejected\nReason: Slow\nResolution: 2026-01-02 https://example.org/a",
            "Status: Rejected\nReason: Slow\nResolution: 2026-01-03 https://example.org/a",
            {"T010"},
        ),
        (
            "Status: Rejected\nReason: Slow\nResolution: 2026-01-02 https://example.org/a",
            "Status: Rejected\nReason: Slow\nResolution: 2026-01-02 https://example.org/b",
            set(),
        ),
        ("Status: Deferred\nReason: Too slow", "Status: Rejected\nReason: Too fast", set()),
        ("Status: Rejected\nReason: Slow", "Status: Rejected", {"T010"}),
        ("Status: Rejected", "Status: Rejected\nReason: Slow", set()),
        ("Status: Final\nFlask-Version: 3.0", "Status: Final\nFlask-Version: 3.1", {"T010"}),
        ("Status: Final\nFlask-Version: 3.0.0", "Status: Final\nFlask-Version: 3.0", set()),
        ("Status: Final", "Status: Final\nFlask-Version: 3.0", set()),
        ("Status: Final", "Delegate: Ada Lovelace\nStatus: Final", {"T010"}),
        ("Sponsor: Ada <a@b.org>\nStatus: Final", "Sponsor: Ada\nStatus: Final", set()),
        ("Sponsor: Ada\nStatus: Final", "Sponsor: Grace\nStatus: Final", {"T010"}),
        ("Title: Veiws\nStatus: Final", "Title: Views\nStatus: Final", set()),
    ],
)
def test_a_record_is_settled_in_all_its_statuses_and_has_its_title(
    before: str, after: str, expected: set[str]
) -> None:
    # Where only the status differs, the text does as well.
    is_same = all(line.startswith("Status") for line in f"{before}\n{after}".split("\n"))
    changed = " not" if is_same else ""
    example = f"# base\nFEP: 7\n{before}\n\nTyped.\n# head\nFEP: 7\n{after}\n\nTyped{changed}.\n"
    rules = [rule for rule in all_rules() if rule.code == "T010"]
    assert {d.code for d in testing.check_example(rules, example, PROCESS)} == expected


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("All the views.", "All teh views.", "teh"),
        ("Views may return.", "Views must not return.", "must not"),
        ("See https://a.org/ may.", "See https://a.org/b/c must.", "must"),
        ("Some views.", "Some\nold, typed\nclass views.", "old, typed"),
        ("Views are never typed.", "Views are typed.", "typed"),
        ("Views may return.", "Views may", "may"),
    ],
)
def test_changed_words_are_marked(before: str, after: str, marked: str) -> None:
    head = SETTLED.format(after)
    rules = [rule for rule in all_rules() if rule.code == "T010"]
    example = f"# base\n{SETTLED.format(before)}\n# head\n{head}"
    (diagnostic,) = testing.check_example(rules, example, PROCESS)
    span = diagnostic.span
    assert span.line == span.end_line
    assert head.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1] == marked


SPELLINGS = [
    # before, after: the spelling was corrected
    ("teh", "the", True),
    ("hte", "the", True),
    ("adn", "and", True),
    ("recieve", "receive", True),
    ("seperate", "separate", True),
    ("occured", "occurred", True),
    ("wich", "which", True),
    ("neccesary", "necessary", True),
    ("comittment", "commitment", True),
    ("behaviour", "behavior", True),
    ("naive", "naïve", True),
    ("dont", "don't", True),
    ("its", "it's", True),
    ("a", "an", True),
    ("back ward", "backward", True),
    ("nonblocking", "non-blocking", True),
    ("the the view", "the view", True),
    ("data base", "database", True),
    ("perscribed", "prescribed", True),
    # The meaning changes
    ("the", "teh", False),
    ("may", "must", False),
    ("may", "many", False),
    ("now", "not", False),
    ("not", "note", False),
    ("could", "would", False),
    ("should", "could", False),
    ("valid", "invalid", False),
    ("supported", "unsupported", False),
    ("synchronous", "asynchronous", False),
    ("never", "ever", False),
    ("least", "last", False),
    ("include", "exclude", False),
    ("minimum", "maximum", False),
    ("2024", "2025", False),
    ("3.10", "3.11", False),
    ("v1", "v2", False),
    ("url_for", "url_fro", False),
    ("the view", "the the old view", False),
    ("now here", "nowhere", False),
    ("nowhere", "now here", False),
    ("a typical", "atypical", False),
    ("no table", "notable", False),
    ("prescribed", "proscribed", False),
    ("proscribed", "prescribed", False),
    ("interstate", "intrastate", False),
    ("return", "returns or raises", False),
    ("views" * 8, "views" * 7 + "viwes", True),
    ("views" * 9, "views" * 8 + "viwes", False),
]


@pytest.mark.parametrize(("before", "after", "is_spelling"), SPELLINGS)
def test_spelling_fix(before: str, after: str, is_spelling: bool) -> None:
    changes = list(find_changed_words(f"So {before} it is.", f"So {after} it is."))
    assert (not changes) is is_spelling


@pytest.mark.parametrize(
    ("rest", "is_spelling"), [("", True), (" type", False), (" type" + 10 * " types", True)]
)
def test_word_that_the_text_still_uses_is_no_misspelling(rest: str, is_spelling: bool) -> None:
    changes = list(find_changed_words(f"So type it is.{rest}", f"So types it is.{rest}"))
    assert (not changes) is is_spelling


def test_other_changed_words_are_related_positions() -> None:
    rules = [rule for rule in all_rules() if rule.code == "T010"]
    before, after = SETTLED.format("It may be.\nIt is."), SETTLED.format("It must be.\nIt was.")
    (found,) = testing.check_example(rules, f"# base\n{before}\n# head\n{after}", PROCESS)
    assert [(other.span.line, other.message) for other in found.related] == [
        (5, '"is" was changed to "was"')
    ]
    assert found.help == "to replace it, start a new FEP with: fep new TITLE"


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("a " * 20_000, "a " * 20_000 + "b", 1),
        ("a " * 20_000 + "b", "a " * 20_000, 1),
        ("a " * 20_000 + "b", "a " * 20_000 + "c", 1),
        ("x", "1" * 50_000, 1),
        ("b " + "a " * 20_000 + "b", "c " + "a " * 20_000 + "c", 1),
    ],
)
def test_a_text_that_repeats_a_word_is_compared_in_linear_time(
    before: str, after: str, changes: int
) -> None:
    start = time.process_time()
    assert len([*find_changed_words(before, after)]) == changes
    assert time.process_time() - start < 5


def numbered(word: str, count: int) -> str:
    return " ".join(f"a {word}{index}x" for index in range(count))


@pytest.mark.parametrize(("count", "changes"), [(100, 100), (1_000, 1), (20_000, 1)])
def test_too_much_to_compare_is_one_change(
    monkeypatch: pytest.MonkeyPatch, count: int, changes: int
) -> None:
    monkeypatch.setattr(_sequences, "MAX_STEPS", 2_000_000)
    found = [*find_changed_words(numbered("b", count), numbered("c", count))]
    assert len(found) == changes
    if changes == 1:
        assert found[0][:2] == (numbered("b", count)[2:], numbered("c", count)[2:])


def test_comparisons_of_one_run_share_a_limit() -> None:
    """Each of them may be just below its own limit, and a change may have hundreds."""
    texts = numbered("b", 100), numbered("c", 100)
    steps = _sequences.Steps()
    assert len([*find_changed_words(*texts, steps=steps)]) == 100
    used = sys.maxsize - steps.left
    steps = _sequences.Steps(used * 5 // 2)
    found = [len([*find_changed_words(*texts, steps=steps)]) for _n in range(4)]
    assert found == [100, 100, 1, 1]
    assert steps.left == 0

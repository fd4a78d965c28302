"""Rules about bodies: cases beyond the examples in their docstrings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module

import pytest

from fep_tools._text import Suggestions
from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules, find_rule
from fep_tools.lint.rules._lines import body_lines
from fep_tools.lint.rules._title_links import title_link_help
from fep_tools.lint.rules.body import image_missing
from fep_tools.lint.rules.body._markdown import MarkdownFences
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.schema import any_applies
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Corpus, Proposal

RULES = [rule for rule in all_rules() if rule.code.startswith("B")]
HEADERS = "FEP: 7\nTitle: Typed views\nStatus: {status}\nType: {type}\n"


def fep(body: str, status: str = "Deferred", type_: str = "Informational") -> str:
    return f"{HEADERS.format(status=status, type=type_)}\n{body}".rstrip() + "\n"


def lint(text: str, process: Process, *, style: bool = False) -> list[Diagnostic]:
    """Return the findings in *text*, except missing sections."""
    rules = [rule for rule in RULES if style or rule.severity is not Severity.STYLE]
    diagnostics = testing.check_example(rules, text, process)
    return [d for d in diagnostics if d.name != "section-missing"]


def only_diagnostic(text: str, process: Process, *, style: bool = False) -> Diagnostic:
    (diagnostic,) = lint(text, process, style=style)
    return diagnostic


def lint_with(name: str, text: str, process: Process) -> list[Diagnostic]:
    rule = find_rule(name)
    assert rule is not None
    return testing.check_example(rule, text, process)


# Four kilobytes, written in three characters, 1,300 times.
REPEATED_TEXT = f".. |a| replace:: {'words ' * 800}\n\n" + f"{'|a| ' * 100}\n\n" * 13
REPEATED_FORMULA = f".. |a| replace:: :math:`{'x + ' * 400}x`\n\n" + f"{'|a| ' * 170}\n\n"
REPEATED_URL = f".. _a: https://example.org/{'words' * 800}\n\n" + f"{'a_ ' * 100}\n\n" * 13


# Markup ------------------------------------------------------------------------------------


def test_valid_text_has_no_findings(process: Process) -> None:
    text = (
        "Abstract\n========\n\nSee :fep:`7`, :pep:`484` and `this <https://example.org/>`__.\n\n"
        ".. code-block:: python\n   :caption: Views\n\n   a = '`1`'\n\n"
        ".. image:: fep-0007-a.png\n\n"
        "=====  ====\nOne    Two\n=====  ====\na      b\n=====  ====\n"
    )
    there = f"# proposals/fep-0007.rst\n{fep(text)}\n# proposals/fep-0007-a.png\nA picture.\n"
    assert lint(there, process) == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (".. noet:: x", "B003", 'the directive "noet" is not allowed; did you mean note?'),
        (".. toctree::", "B003", 'the directive "toctree" is not allowed; write it as text'),
        (
            ".. note:: Hidden\n   :class: unseen",
            "B003",
            'the class "unseen" of "note" is for the site itself; use another name',
        ),
        (".. include:: /etc/passwd", "B003", 'the directive "include" is not allowed'),
        (".. csv-table::\n   :file: /etc/passwd", "B003", "the option :file: of"),
        (".. image:: a.png\n   :loading: embed", "B003", "the option :loading: of"),
        (":pap:`8`", "B004", 'the role "pap" is unknown; did you mean :pep:?'),
        (":download:`x </etc/passwd>`", "B004", 'the role "download" is unknown'),
        ("`x <javascript:alert(1)>`__", "B005", 'the link "javascript:alert(1)" begins with'),
        ("`x <www.example.org>`__", "B005", 'the link "www.example.org" names a host without a'),
        ("`x <http:/a.example>`__", "B005", 'the link "http:/a.example" names no host; write'),
        ("`x <http://[::1/>`__", "B005", "names a host that cannot exist; correct it"),
        (".. image:: file:///etc/passwd", "B006", 'the image "file:///etc/passwd" is not a file'),
        (".. image:: a.mp4", "B006", "is not an image of a known type"),
        ("`x`", "B008", "use ``x`` (double backticks) for code"),
        (".. |a| replace:: |a| |a|\n\n|a|", "B002", "the text cannot be parsed"),
        ("* " * 120 + "x", "B002", "the text is nested too deeply to parse"),
        (REPEATED_TEXT, "B002", "the text has more than 4,000,000 characters"),
        (REPEATED_FORMULA, "B002", "the text has more than 4,000,000 characters"),
        (REPEATED_URL, "B002", "the text has more than 4,000,000 characters"),
    ],
)
def test_each_problem_is_reported_by_its_rule(
    text: str, code: str, says: str, process: Process
) -> None:
    diagnostic = only_diagnostic(fep(text), process)
    assert diagnostic.code == code
    assert says in diagnostic.message


def test_text_that_cannot_be_parsed_has_no_missing_sections(process: Process) -> None:
    (diagnostic,) = testing.check_example(RULES, fep("* " * 120, status="Final"), process)
    assert diagnostic.code == "B002"


def test_line_numbers_count_from_the_top_of_the_file(process: Process) -> None:
    assert only_diagnostic(fep("One.\n\nTwo *three"), process).span.line == 8


def test_underline_and_overline_are_both_fixed(process: Process) -> None:
    text = fep("====\nAbstract\n====\n\nText.")
    edits = only_diagnostic(text, process).edits
    assert "\n========\nAbstract\n========\n" in apply_edits(text, edits)


def test_wide_characters_count_as_two_columns(process: Process) -> None:
    text = fep("\u65e5\u672c\u8a9e\n====\n\nText.")
    assert "\n\u65e5\u672c\u8a9e\n======\n" in apply_edits(
        text, only_diagnostic(text, process).edits
    )


@pytest.mark.parametrize("text", [".. Note: x", ".. see: x", ".. a hint: x", ".. _note: x.html"])
def test_other_comments_are_not_reported_as_directives(text: str, process: Process) -> None:
    assert lint_with("directive-colon", fep(text), process) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("See:pep:`8` here.", "See :pep:`8` here."),
        ("Follow pep:`8` here.", "Follow :pep:`8` here."),
        ("Follow `8` here.", "Follow ``8`` here."),
    ],
)
def test_broken_roles_and_single_backticks_are_fixed(
    text: str, fixed: str, process: Process
) -> None:
    diagnostic = only_diagnostic(fep(text), process)
    assert diagnostic.code == "B008"
    assert apply_edits(fep(text), diagnostic.edits) == fep(fixed)


@pytest.mark.parametrize(
    ("text", "message", "fixed"),
    [
        (
            "See `the docs <https://flask.example/>`.",
            "a link needs underscores at its end; write `the docs <https://flask.example/>`__",
            "See `the docs <https://flask.example/>`__.",
        ),
        (
            "See `the\ndocs <fep-0007.rst>` here.",
            "a link needs underscores at its end; write `the docs <fep-0007.rst>`__",
            "See `the\ndocs <fep-0007.rst>`__ here.",
        ),
        (
            "See `x <javascript:y>` here.",
            "a link needs underscores at its end; write `x <javascript:y>`__",
            None,
        ),
        (
            "Read `The Art`.",
            "use ``The Art`` (double backticks) for code, or :title:`The Art` for a title",
            None,
        ),
        (
            'Read `"Dune"`.',
            'use ``"Dune"`` (double backticks) for code, or :title:`"Dune"` for a title',
            None,
        ),
        (
            "See `end`.\n\nEnd\n===\n\nText.",
            "write `end`_ to link to the section, or ``end`` (double backticks) for code",
            None,
        ),
        ("Use `L<int>`.", "use ``L<int>`` (double backticks) for code", "Use ``L<int>``."),
        ("Call `f(a, b)`.", "use ``f(a, b)`` (double backticks) for code", "Call ``f(a, b)``."),
        ("Run `x --help`.", "use ``x --help`` (double backticks) for code", "Run ``x --help``."),
        (
            "Use `x`\n-------\n\nText.",
            "use ``x`` (double backticks) for code",
            "Use ``x``\n---------\n\nText.",
        ),
        ("+-----+\n| `x` |\n+-----+", "use ``x`` (double backticks) for code", None),
        ("===  =\n`x`  y\n===  =", "use ``x`` (double backticks) for code", None),
        ("| `x`", "use ``x`` (double backticks) for code", None),
    ],
)  # fmt: skip
def test_single_backticks_are_made_literals_only_where_they_mean_code(
    text: str, message: str, fixed: str | None, process: Process
) -> None:
    diagnostic = only_diagnostic(fep(text), process)
    assert diagnostic.code == "B008"
    assert diagnostic.message == message
    assert apply_edits(fep(text), diagnostic.edits) == fep(fixed or text)


@pytest.mark.parametrize(
    "other", ["`x`_", "``x``", ":pep:`x <8>` and :title:`x`", "`x`:title:", "`x <y.rst>`_"]
)
def test_markup_with_the_same_words_stays(other: str, process: Process) -> None:
    text = fep(f"See {other} and `x`.\n\n.. _x: https://flask.example/")
    (diagnostic,) = lint_with("role-missing", text, process)
    assert apply_edits(text, diagnostic.edits) == text.replace(" and `x`.", " and ``x``.")


@pytest.mark.parametrize("text", ["``a :fep:`7` `code` b", "A ``b\nand `code` c"])
def test_no_fix_ends_a_literal_that_is_open(text: str, process: Process) -> None:
    (diagnostic,) = lint_with("role-missing", fep(text), process)
    assert diagnostic.edits == ()


@pytest.mark.parametrize("role", ["literal", "code", "any", "py:obj", "fep"])
def test_a_default_role_is_respected(role: str, process: Process) -> None:
    with_role = process.with_default_role(role)
    assert lint(fep("See `7`."), with_role) == []
    text = "See `7`.\n\n.. default-role::\n\nSee `x`."
    assert only_diagnostic(fep(text), with_role).span.line == 10


@pytest.mark.parametrize(
    ("role", "codes"), [("literal", []), ("code", []), ("fep", []), ("raw", ["B003", "B008"])]
)
def test_a_text_may_declare_its_default_role(role: str, codes: list[str], process: Process) -> None:
    declared = f".. default-role:: {role}\n\nSee `7`."
    assert [d.code for d in lint(fep(declared), process)] == codes


def test_a_line_that_the_code_does_not_have_is_one_finding(process: Process) -> None:
    text = fep(".. code-block:: python\n   :emphasize-lines: 9\n\n   x = 1")
    assert only_diagnostic(text, process).message.startswith(":emphasize-lines: names line 9")


def test_no_role_that_the_community_does_not_have(process: Process) -> None:
    """Its own toolchain would not know the role."""
    changes = {"reference_role": False, "url": "https://feps.example.org/fep-{0:04}/"}
    own = process.model_copy(update=changes)
    there = fep("").replace("FEP: 7\nTitle: T", "FEP: 8\nTitle: Other t")
    text = fep("FEP 8, ``FEP 8`` and https://feps.example.org/fep-0008/.")
    example = f"# proposals/fep-0007.rst\n{text}\n# proposals/fep-0008.rst\n{there}"
    style = [d.code for d in lint(example, own, style=True)]
    assert not {"B020", "B024", "B025"}.intersection(style)
    own = own.model_copy(update={"reference_role": True})
    style = [d.code for d in lint(example, own, style=True)]
    assert {"B020", "B024", "B025"}.issubset(style)


@pytest.mark.parametrize(
    "text", ["===  ========================\n1    {}\n===  ========================", "| {}"]
)
@pytest.mark.parametrize("mention", ["FEP 8", "``FEP 8``", "https://peps.python.org/pep-0008/"])
def test_roles_break_no_table(text: str, mention: str, process: Process) -> None:
    there = fep("").replace("FEP: 7\nTitle: T", "FEP: 8\nTitle: Other t")
    written = fep(text.format(mention))
    example = f"# proposals/fep-0007.rst\n{written}\n# proposals/fep-0008.rst\n{there}"
    assert [d.edits for d in lint(example, process, style=True) if d.code != "B016"] == [()]


# Sections ----------------------------------------------------------------------------------


def sections(process: Process, status: str, type_: str) -> list[str]:
    return [
        section.title
        for section in process.sections_for(type_)
        if any_applies(section.required, status, type_, ())
    ]


def text_of(process: Process, titles: list[str], status: str, type_: str) -> str:
    texts = {section.title: section.text for section in process.sections}
    parts = (f"{title}\n{'=' * len(title)}\n\n{texts[title] or 'Text.'}\n" for title in titles)
    return fep("\n".join(parts), status, type_)


def test_sections_are_required_for_their_types_and_statuses(process: Process) -> None:
    """Every type and status, with all its sections and without each of them."""
    for type_ in (type_.name for type_ in process.types):
        for status in (status.name for status in process.statuses):
            due = sections(process, status, type_)
            whole = text_of(process, due, status, type_)
            assert testing.check_example(RULES, whole, process) == []
            for title in due:
                fewer = text_of(process, [other for other in due if other != title], status, type_)
                (diagnostic,) = testing.check_example(RULES, fewer, process)
                assert f"needs the section '{title}'" in diagnostic.message


@pytest.mark.parametrize(
    ("missing", "messages"),
    [
        (["Motivation"], ["a Final FEP needs the section 'Motivation'; add it after 'Abstract'"]),
        (["Abstract"], ["a Final FEP needs the section 'Abstract'; add it first"]),
        (["Copyright"], ["a FEP needs the section 'Copyright'; add it last"]),
        # As the process orders them, not by their titles; each comes after the one before it.
        (
            ["Motivation", "Specification", "Rationale", "Prior Requests"],
            [
                "a Final FEP needs the section 'Motivation'; add it after 'Abstract'",
                (
                    "a Final Standards Track FEP needs the section 'Specification'; "
                    "add it after 'Motivation'"
                ),
                (
                    "a Final Standards Track FEP needs the section 'Rationale'; "
                    "add it after 'Specification'"
                ),
                "a Final FEP needs the section 'Prior Requests'; add it after 'Rationale'",
            ],
        ),
    ],
    ids=["one", "the first", "the last", "several"],
)
def test_missing_sections_come_with_their_positions_in_order(
    missing: list[str], messages: list[str], process: Process
) -> None:
    titles = sections(process, "Final", "Standards Track")
    present = [title for title in titles if title not in missing]
    text = text_of(process, present, "Final", "Standards Track")
    diagnostics = lint_with("section-missing", text, process)
    assert [diagnostic.message for diagnostic in diagnostics] == messages
    assert all(diagnostic.help for diagnostic in diagnostics)


def test_only_similar_titles_count_as_misspelled(process: Process) -> None:
    text = text_of(process, ["Specification", "Copyright"], "Draft", "Standards Track")
    assert lint(text.replace("Specification\n====", "Motivations\n====="), process) != []
    assert lint(text.replace("Specification\n====", "Open Questions\n====="), process) == []


def test_misspelled_section_is_not_missing_too(process: Process) -> None:
    titles = [
        title for title in sections(process, "Final", "Informational") if title != "Motivation"
    ]
    text = text_of(process, titles, "Final", "Informational")
    (diagnostic,) = testing.check_example(
        RULES, text.replace("Copyright\n", "Motivaton\n=========\n\nx\n\nCopyright\n"), process
    )
    assert diagnostic.code == "B014"


@pytest.mark.parametrize(
    ("title", "fixed"),
    [
        ("2. Motivation", None),
        ("3.1 Motivation", None),
        ("2) Motivation", None),
        ("2. Motivations", "2. Motivation"),
        ("3.1 motivation", "3.1 Motivation"),
    ],
)
def test_sections_may_have_numbers(title: str, fixed: str | None, process: Process) -> None:
    text = text_of(
        process, [*sections(process, "Final", "Informational")], "Final", "Informational"
    )
    text = text.replace("Motivation\n==========", f"{title}\n{'=' * len(title)}")
    found = testing.check_example(RULES, text, process)
    assert [d.code for d in found] == (["B014"] if fixed else [])
    if fixed:
        assert f"{fixed}\n{'=' * len(fixed)}\n" in apply_edits(text, found[0].edits)


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("See Motivaton_.", "line 9 "),
        ("See `motivaton`_.", "line 9 "),
        ("See `the reason <Motivaton_>`_.", "line 9 "),
        ("See `the reason <#motivaton>`__.", "line 9 "),
        ("See :fep:`7#motivaton`.", "line 9 "),
        (".. _why: Motivaton_\n\nSee why_.", "line 9 "),
        ("Motivaton is spelled wrong, see `Motivaton <https://example.org/>`__.", ""),
        ("See `Motivatons`_ and :fep:`7#motivatons`.", ""),
        ("x\n# proposals/fep-0012.rst\nSee :fep:`7#motivaton`.", "proposals/fep-0012.rst "),
        ("x\n# proposals/fep-0012.rst\n`a <fep-0007.rst#Motivaton>`__", "proposals/fep-0012.rst "),
        ("x\n# proposals/fep-0012.rst\nSee :fep:`17#motivaton` and Motivaton_.", ""),
    ],
)
def test_a_title_that_something_links_to_is_not_renamed(
    text: str, linked: str, process: Process
) -> None:
    body = f"Motivaton\n=========\n\n{text}\n"
    text = f"# proposals/fep-0007.rst\n{fep(body)}"
    diagnostic, *others = lint_with("section-title", text, process)
    assert others == []
    assert diagnostic.help == (f"{linked}links to it; change both by hand" if linked else "")
    assert bool(diagnostic.edits) is not bool(linked)


def test_a_file_of_the_proposal_may_link_to_a_title(process: Process) -> None:
    proposal = testing.parse_proposal(fep("Motivaton\n=========\n\nx\n"), process)
    for text, expected in (
        ("See Motivaton_.", "a file that belongs to the proposal links to it; change both by hand"),
        ("See Motivation_.", ""),
    ):
        linking = replace(proposal, attached_text=text)
        assert title_link_help(linking, 6, Corpus((linking,))) == expected


def test_a_title_of_several_words_may_be_linked_over_two_lines(process: Process) -> None:
    text = "Rejected  ideass\n================\n\nSee `rejected\nIdeass`_."
    diagnostic, *_others = lint_with(
        "section-title", fep(text, "Draft", "Standards Track"), process
    )
    assert (diagnostic.help, diagnostic.edits) == ("line 9 links to it; change both by hand", ())


def test_other_sections_are_allowed_between_standard_ones(process: Process) -> None:
    text = fep(
        "Abstract\n========\n\nx\n\nBackground\n==========\n\nx\n\nMotivation\n==========\n\nx"
    )
    assert lint(text, process) == []


def test_subsections_may_share_a_title(process: Process) -> None:
    part = "{0}\n========\n\nExample\n-------\n\nx\n\n"
    assert lint(fep(part.format("Sanic...") + part.format("FastAPI.")), process) == []


def test_line_breaks_in_a_required_text_may_differ(process: Process) -> None:
    words = process.sections[-1].text
    text = fep("Copyright\n=========\n\n" + words.replace(" or ", "\nor "))
    assert lint(text, process) == []
    assert only_diagnostic(text.replace("domain", "realm"), process).code == "B015"


def test_sections_are_below_the_heading_that_is_the_title() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = (
        "DEP 7: Views\n============\n\n:DEP: 7\n:Status: Draft\n\nOne\n---\n\nx\n\nOne\n---\n\nx\n"
    )
    assert [d.code for d in lint(f"# draft/0007-views.rst\n{text}", dep)] == ["B013"]
    for first, second, expected in (
        ("2.1 One", "3.1 One", []),  # subsections of two sections, at the same level
        ("2.1 One", "2.1 One", ["B013"]),
    ):
        numbered = text.replace("One\n---", f"{first}\n-------", 1)
        numbered = numbered.replace("One\n---\n\n", f"{second}\n-------\n\n", 1)
        found = lint(f"# draft/0007-views.rst\n{numbered}", dep)
        assert [d.code for d in found if d.code == "B013"] == expected


# Links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("https://peps.python.org/pep-0484/", ":pep:`484`"),
        ("http://www.python.org/dev/peps/pep-0008", ":pep:`8`"),
        ("https://peps.python.org/pep-0008/#indentation", ":pep:`8#indentation`"),
        ("https://www.rfc-editor.org/rfc/rfc9110.html", ":rfc:`9110`"),
        ("https://datatracker.ietf.org/doc/html/rfc2119#section-1", ":rfc:`2119#section-1`"),
    ],
)
def test_urls_are_replaced_by_roles(address: str, role: str, process: Process) -> None:
    for before, after in (("See ", "."), ("(", ")"), ("", "")):
        text = fep(f"{before}{address}{after}")
        diagnostic = only_diagnostic(text, process)
        assert diagnostic.code == "B020"
        assert apply_edits(text, diagnostic.edits) == fep(f"{before}{role}{after}")


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("`PEP 8 <https://peps.python.org/pep-0008/>`__", ":pep:`8`"),
        ("`the\nstyle <https://peps.python.org/pep-0008/>`_", ":pep:`the style <8>`"),
        ("`x <https://peps.python.org/pep-0008/#y>`__", ":pep:`x <8#y>`"),
    ],
)
def test_link_text_is_kept_in_the_role(written: str, fixed: str, process: Process) -> None:
    text = fep(f"See {written} here.")
    assert apply_edits(text, only_diagnostic(text, process).edits) == fep(f"See {fixed} here.")


@pytest.mark.parametrize(
    "text",
    [
        ".. _x: https://peps.python.org/pep-0008/",
        "| https://peps.python.org/pep-0008/",
        "`x <https://peps.python.org/pep-0008/>`_, and `x`_ again",
    ],
)
def test_urls_that_a_role_cannot_replace_have_no_fix(text: str, process: Process) -> None:
    assert only_diagnostic(fep(text), process).edits == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://peps.python.org/",
        "https://peps.python.org/pep-0008/diagram.png",
        "https://example.org/pep-0008/",
        "``https://peps.python.org/pep-0008/``",
        "::\n\n  https://peps.python.org/pep-0008/",
        ".. https://peps.python.org/pep-0008/",
    ],
)
def test_other_urls_are_not_reported(text: str, process: Process) -> None:
    assert lint(fep(text), process) == []


def test_own_urls_of_a_community_are_replaced_by_its_role() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    for address in ("https://peps.python.org/pep-0007/", "https://python.org/dev/peps/pep-0007"):
        (diagnostic,) = lint_with(
            "link-bare", f"# peps/pep-0007.rst\nPEP: 7\n\nSee {address}.\n", pep
        )
        assert diagnostic.message.startswith("use :pep:`7` ")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (":fep:`8`", ["B021"]),
        (":fep:`0007`", []),
        (":fep:`seven`", ["B021"]),
        (":fep:`FEP 8 <7>`", ["B022"]),
        (":fep:`FEP 8 and FEP 7 <7>`", []),
        (":fep:`the eighth <7>`", []),
        (":rfc:`RFC 2119 <2822>`", ["B022"]),
        ("`PEP 8 <https://peps.python.org/pep-0020/>`__", ["B020", "B022"]),
        (":fep:`7#nowhere`", ["B023"]),
        (":fep:`7#id1`", ["B023"]),
    ],
)
def test_wrong_links_are_reported(text: str, codes: list[str], process: Process) -> None:
    assert [d.code for d in lint(fep(f"See {text}."), process)] == codes


def test_fragment_may_be_an_explicit_target(process: Process) -> None:
    assert lint(fep(".. _here:\n\nText, see :fep:`7#here`."), process) == []


def test_fragment_in_text_that_cannot_be_parsed_is_not_checked(process: Process) -> None:
    lost = fep("* " * 120).replace("FEP: 7", "FEP: 8")
    example = f"# proposals/fep-0007.rst\n{fep(':fep:`8#x`')}\n# proposals/fep-0008.rst\n{lost}"
    assert [d.code for d in lint(example, process)] == ["B002"]


# Style -------------------------------------------------------------------------------------

OTHER = "\n# proposals/fep-0012.rst\nFEP: 12\nTitle: Other\nStatus: {}\n"


def with_other(text: str, process: Process, status: str = "Final") -> list[tuple[str, str]]:
    example = f"# proposals/fep-0007.rst\n{fep(text, 'Draft')}{OTHER.format(status)}"
    diagnostics = lint(example, process, style=True)
    return [(d.code, d.message.rpartition("; ")[2]) for d in diagnostics if d.code != "B016"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FEP 12, and FEP 12 again", [("B025", "write :fep:`12`")]),
        (":fep:`12`, then FEP 12", []),
        ("FEP 12, then :fep:`12`", [("B025", "write :fep:`12`")]),
        ("FEP 7 and FEP 99", []),
        (":fep:`FEP 12 <12>` and `FEP 12 <https://example.org/>`__", []),
        ("``FEP 12``", [("B024", "write :fep:`12`")]),
        ("``FEP 7``, ``FEP 99`` and ``FEP-12.rst``", []),
    ],
)
def test_first_mention_should_be_a_role(
    text: str, expected: list[tuple[str, str]], process: Process
) -> None:
    assert with_other(text, process) == expected


def test_each_link_to_a_rejected_proposal_is_reported(process: Process) -> None:
    """A comment on one of them must not suppress the others."""
    diagnostics = with_other("See :fep:`12` and :fep:`12`.", process, "Rejected")
    assert diagnostics == [("B034", "do not depend on it")] * 2


@pytest.mark.parametrize(
    ("status", "comment", "count"),
    [
        ("Draft", ".. A hint.", 0),
        ("Final", ".. A hint.", 0),
        ("Review", ".. A hint.", 1),
        ("Review", "..\n   Local Variables:\n   mode: rst\n   End:", 0),
        ("Review", ".. vim: et", 0),
    ],
)
def test_comments_are_reported_between_draft_and_settled(
    status: str, comment: str, count: int, process: Process
) -> None:
    assert len(lint_with("comment-left", fep(f"Text.\n\n{comment}", status), process)) == count


def test_banner_message_lists_its_statuses(process: Process) -> None:
    (diagnostic,) = lint_with("banner-status", fep(".. living-document:: x", "Review"), process)
    assert diagnostic.message == (
        "the banner 'living-document' is for Final or Superseded, but the status is Review; "
        "remove it"
    )


def test_heading_needs_the_number_of_the_header() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = "{}\n============\n\n:DEP: 0007\n"
    for title, count in (("DEP 7: X", 0), ("DEP 0007: X", 0), ("DEP 8: X", 1), ("X", 1)):
        assert len(lint_with("title-heading", text.format(title), dep)) == count


def test_a_heading_that_something_links_to_is_not_fixed() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = "Views\n============\n\n:DEP: 7\n\nSee {}.\n"
    (linked,) = lint_with("title-heading", text.format("Views_"), dep)
    assert (linked.help, linked.edits) == ("line 6 links to it; change both by hand", ())
    (other,) = lint_with("title-heading", text.format("Views"), dep)
    assert (other.help, len(other.edits)) == ("", 2)


@pytest.mark.parametrize("title", ["[#]_ [*]_", "``x`` views"])
def test_a_heading_with_markup_or_without_a_title_is_not_fixed(title: str) -> None:
    """The fix would write the heading without its markup, or an empty one again and again."""
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = f"{title}\n============\n\n:DEP: 7\n\n.. [#] x\n.. [*] y\n"
    (diagnostic,) = lint_with("title-heading", text, dep)
    assert diagnostic.edits == ()


def test_the_heading_of_a_section_does_not_become_the_title() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = ":DEP: 7\n:Status: Draft\n\nAbstract\n========\n\nx\n\nOther\n=====\n\nx\n"
    (diagnostic,) = lint_with("title-heading", text, dep)
    assert (diagnostic.span.line, diagnostic.edits) == (1, ())
    assert diagnostic.message == (
        "the proposal has no title; write a heading above the headers: DEP 7: ..."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# What for", '"# What for" is a Markdown heading; underline the title with ===== '),
        ("### A b ###", '"### A b ###" is a Markdown heading; '),
        (
            "See [the docs](https://example.org/a).",
            '"[the docs](https://example.org/a)" is a Markdown link; write `the docs <https:',
        ),
        (
            "See [``run`` and *more*](https://example.org/a).",
            '"[``run`` and *more*](https://example.org/a)" is a Markdown link; write `run and more',
        ),
        (
            "Like ![a b](https://example.org/a.png).",
            '"![a b](https://example.org/a.png)" is a Markdown image; use .. image:: with a ',
        ),
    ],
)
def test_markdown_is_reported(text: str, message: str, process: Process) -> None:
    (diagnostic,) = lint_with("markdown", fep(f"Abstract\n========\n\n{text}\n"), process)
    assert diagnostic.message.startswith(message)
    assert diagnostic.severity is Severity.WARNING
    place = testing.parse_proposal(fep(f"Abstract\n========\n\n{text}\n"), process).lines
    assert place[diagnostic.span.line - 1] in text


@pytest.mark.parametrize(
    "text",
    [
        "**Bold** and *not*, C# and a # sign, x[1](y), [1]_ (https://example.org/).\n\n.. [1] a",
        "#. One\n#. Two",
        "::\n\n   # title\n   ```\n   [a](https://example.org/)",
        "Say ``# title``, ``[a](https://example.org/)`` and `` ``` ``.",
        "* # not a title of anything",
        "`[a] <https://example.org/>`__ (https://example.org/)",
    ],
)
def test_similar_syntax_is_not_markdown(text: str, process: Process) -> None:
    assert lint_with("markdown", fep(f"Abstract\n========\n\n{text}\n"), process) == []


@pytest.mark.parametrize(
    ("language", "meant"),
    [("pyhton", "python"), ("Pythn", "python"), ("javscript", "javascript")],
)
def test_misspelled_language_is_fixed(language: str, meant: str, process: Process) -> None:
    text = fep(f"Abstract\n========\n\n.. code-block:: {language}\n\n   a = 1\n")
    (diagnostic,) = lint_with("code-language", text, process)
    assert diagnostic.message == f'no language is called "{language}"; write {meant}'
    assert apply_edits(text, diagnostic.edits) == text.replace(language, meant)


@pytest.mark.parametrize(
    "language", ["perl", "lua", "Python", "pycon", "fortran", "brainstorm", ""]
)
def test_other_languages_are_not_reported(language: str, process: Process) -> None:
    text = fep(f"Abstract\n========\n\n.. code-block:: {language}\n\n   a = 1\n")
    assert lint_with("code-language", text, process) == []


def test_language_of_the_community_is_not_reported(process: Process) -> None:
    text = fep("Abstract\n========\n\n.. code-block:: mapfile\n\n   a = 1\n")
    assert len(lint_with("code-language", text, process)) == 1
    process = process.model_copy(update={"code_languages": ("mapfile",)})
    assert lint_with("code-language", text, process) == []


@pytest.mark.parametrize(("others", "count"), [(1, 1), (2, 0)])
def test_language_of_several_proposals_is_no_typing_error(
    others: int, count: int, process: Process
) -> None:
    code = "Abstract\n========\n\n.. code-block:: mapfile\n\n   a = 1\n"
    files = [fep(code).replace("FEP: 7", f"FEP: {n}") for n in range(7, 8 + others)]
    text = "\n".join(f"# proposals/fep-{n:04}.rst\n{t}" for n, t in enumerate(files, 7))
    found = lint_with("code-language", text, process)
    assert len([d for d in found if d.path.endswith("7.rst")]) == count


def test_missing_image_comes_with_its_path(process: Process) -> None:
    text = fep("Abstract\n========\n\n.. image:: x/fep-0007-a.png\n")
    (diagnostic,) = lint_with("image-missing", text, process)
    assert diagnostic.message == (
        'the image "x/fep-0007-a.png" does not exist; add the file proposals/x/fep-0007-a.png'
    )
    there = f"# proposals/fep-0007.rst\n{text}\n# proposals/x/fep-0007-a.png\nx\n"
    assert lint_with("image-missing", there, process) == []


def test_fenced_code_is_one_finding_at_its_first_line(process: Process) -> None:
    code = "```python\na = `1`\n\nb = 2\n```\n"
    text = fep(f"Abstract\n========\n\n{code}\nText.\n\n{code}")
    first, second = lint(text, process)
    lines = testing.parse_proposal(text, process).lines
    assert [lines[d.span.line - 1] for d in (first, second)] == ["```python"] * 2
    assert first.message == '"```python" is a Markdown code fence'
    assert first.help.startswith("use .. code-block:: python instead")


def test_only_the_first_of_fences_with_one_end_is_fixed(process: Process) -> None:
    """Each would have an edit for each line: 48 kB took 3 GB."""
    text = fep("Abstract\n========\n\n```python\na\n```text\nb\n```python\nc\n```\n")
    fences = MarkdownFences(testing.parse_proposal(text, process))
    lines = [n for n, line in enumerate(text.split("\n"), start=1) if line.startswith("```")]
    assert [bool(fences.edits(line)) for line in lines] == [True, False, False, False]


# References --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "help_"),
    [
        ("A claim [1_].\n\n.. [1] x", "[1]", "write [1]_ instead of [1_] on line 6"),
        ("A claim [1].\n\n.. [1] x", "[1]", "write [1]_ instead of [1] on line 6"),
        ("[1]_.\n\n.. [1] x\n.. [2] y", "[2]", "write [2]_ where it belongs, or remove it"),
        ("A [Ada_].\n\n.. [Ada] x", "[Ada]", "write [Ada]_ instead of [Ada_] on line 6"),
        ("A.\n\n.. [#] x", "[1]", "write [1]_ where it belongs, or remove it"),
        ("A.\n\n.. [#ada] x", "[#ada]", "write [#ada]_ where it belongs, or remove it"),
        ("A [#ada].\n\n.. [#ada] x", "[#ada]", "write [#ada]_ instead of [#ada] on line 6"),
        ("A.\n\n.. [*] x", "[*]", "write [*]_ where it belongs, or remove it"),
        ("[#]_.\n\n.. [#] x\n.. [#] y", "[2]", "write [2]_ where it belongs, or remove it"),
    ],
)
def test_note_to_which_nothing_refers(text: str, label: str, help_: str, process: Process) -> None:
    (diagnostic,) = lint_with("B040", fep(text), process)
    kind = "citation" if label == "[Ada]" else "footnote"
    assert diagnostic.message == f'nothing refers to the {kind} "{label}"'
    assert diagnostic.help == help_


def test_many_notes_are_looked_for_together(
    monkeypatch: pytest.MonkeyPatch, process: Process
) -> None:
    """30,000 notes took minutes, outside of the processes whose time is limited."""
    module = import_module("fep_tools.lint.rules.body.note_unreferenced")
    calls: list[object] = []

    def count_lines(proposal: Proposal) -> Iterator[tuple[int, str]]:
        calls.append(proposal)
        return body_lines(proposal)

    monkeypatch.setattr(module, "body_lines", count_lines)
    notes = "".join(f".. [A{number}] Text.\n" for number in range(9))
    found = lint_with("B040", fep(f"[A1_] and [a2], [A3]_.\n\n{notes}"), process)
    assert len(calls) == 1
    assert [d.help for d in found if d.help and "instead" in d.help] == [
        "write [A1]_ instead of [A1_] on line 6", "write [A2]_ instead of [a2] on line 6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[1]_ [#]_ [#x]_ [*]_ [Ada]_\n\n.. [1] a\n.. [#] b\n.. [#x] c\n.. [*] d\n.. [Ada] e",
        "[ada]_\n\n.. [Ada] Only the case differs.",
        "A.\n\n.. [1] See [1]_.",
    ],
)
def test_notes_with_references_are_fine(text: str, process: Process) -> None:
    assert lint(fep(text), process) == []


LABELS = """
.. _here:
.. _Also Here:

Rationale
=========

.. _plain:

A paragraph.

.. _url: https://example.org/

.. [1] A footnote [1]_.

.. rubric:: A rubric
   :name: small

.. code-block:: python
   :caption: A view
   :name: a-view

   view()

.. figure:: x.png
   :name: figure

   A caption.

.. table:: A table
   :name: table

   ==  ==
   a   b
   ==  ==

term
  text
"""


ELSEWHERE = 'there is no label "other" in this proposal, but in FEP 12; write'


@pytest.mark.parametrize(
    ("role", "says"),
    [
        (":ref:`here`", ""),
        (":ref:`Here`", ""),
        (":ref:`also\nhere`", ""),
        (":ref:`text <here>`", ""),
        (":std:ref:`here`", ""),
        (":ref:`text <plain>`", ""),
        (":ref:`small`", ""),
        (":ref:`a-view`", ""),
        (":ref:`figure`", ""),
        (":ref:`table`", ""),
        (":ref:`!nowhere`", ""),
        (":ref:`plain`", 'the label "plain" is above no title, so the link has no text; write'),
        (":ref:`hare`", 'there is no label "hare" in this proposal; did you mean "here"?'),
        (":ref:`text <nix>`", 'there is no label "nix" in this proposal; write .. _nix: above'),
        (":ref:`text <url>`", 'there is no label "url" in this proposal; write'),
        (":ref:`text <1>`", 'there is no label "1" in this proposal; write'),
        (":ref:`python:glossary`", 'there is no label "python:glossary" in this proposal'),
        (":ref:`other`", f"{ELSEWHERE} :fep:`12#other`"),
        (":ref:`see\nit <Other>`", f"{ELSEWHERE} :fep:`see it <12#other>`"),
    ],
)
def test_links_to_labels(role: str, says: str, process: Process) -> None:
    other = "FEP: 12\nTitle: B\n\n.. _other:\n.. _twice:\n\nOther\n=====\n\nText.\n"
    text = fep(f"See {role}.\n{LABELS}")
    files = f"# proposals/fep-0007.rst\n{text}\n# proposals/fep-0012.rst\n{other}"
    found = [d for d in lint_with("label-missing", files, process) if d.number == 7]
    assert [d.message.startswith(says) for d in found] == [True] * bool(says)


def test_labels_of_other_sites_are_left_to_the_community() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    text = "PEP: 7\nTitle: A\n\n:ref:`python:glossary` and :ref:`glossary`.\n"
    (found,) = lint_with("label-missing", text, pep)
    assert '"glossary"' in found.message


@pytest.mark.parametrize("name", ["today", "release", "version", "translation progress"])
def test_substitutions_of_the_site_are_not_defined(name: str, process: Process) -> None:
    diagnostic = only_diagnostic(fep(f"As of |{name}|."), process)
    assert diagnostic.message == f'the substitution "{name}" is not defined'
    assert not lint(fep(f"As of |{name}|.\n\n.. |{name}| replace:: then"), process)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("`a <#rationale>`__", ""),
        ("`a <#>`__ `b <#top>`__ `c <#footnote-1>`__ `d <#ada>`__ `e <#there>`__", ""),
        ("`a <#rationle>`__", 'the page has no anchor "#rationle"; did you mean "#rationale"?'),
        ("`a <#x>`__", 'the page has no anchor "#x"; use the name of a section'),
        ("a_\n\n.. _a: #x", 'the page has no anchor "#x"; use the name of a section'),
    ],
)
def test_links_inside_the_page(text: str, says: str, process: Process) -> None:
    more = "Rationale\n=========\n\n[1]_ [Ada]_ _`there`\n\n.. [1] x\n.. [Ada] y"
    found = [d.message for d in lint(fep(f"{text}\n\n{more}"), process)]
    assert set(found) == ({says} if says else set())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (".. rubric:: A\n   :heading-level: 3", ""),
        (".. rubric:: A\n   :heading-level: 7", '"7" unknown; choose from'),
        (".. note:: A\n   :collapsible: closed", ""),
        (".. note:: A\n   :collapsible:", ""),
        (".. rubric:: A\n   :collapsible:", "has no option collapsible"),
    ],
)
def test_options_that_sphinx_adds(text: str, says: str, process: Process) -> None:
    found = [f"{d.message} {d.help}" for d in lint(fep(text), process)]
    assert [says in text for text in found] == [True] * bool(says)


# Checks of other communities ----------------------------------------------------------------

COPYRIGHT = "Copyright\n=========\n\n{}\n\n"


@pytest.mark.parametrize(("last", "reported"), [(None, True), (True, True), (False, False)])
def test_a_licence_is_last(process: Process, last: bool | None, reported: bool) -> None:
    section = process.sections[-1].model_copy(update={"last": last})
    own = process.model_copy(update={"sections": (*process.sections[:-1], section)})
    text = fep(COPYRIGHT.format(section.text) + "Thanks\n======\n\nTo all.\n")
    assert [d.code for d in lint(text, own)] == ["B072"] * reported


def test_a_section_without_a_text_may_be_anywhere() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    text = "PEP: 7\nType: Process\n\n" + COPYRIGHT.format("x") + "Thanks\n======\n\nTo all.\n"
    assert "B072" not in [d.code for d in lint(text, pep)]


FIXED = (
    "This document is placed in the public domain or under the\n"
    "CC0-1.0-Universal license, whichever is more permissive."
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Copyright\n=========\n\nMine.\nAll of it.", f"Copyright\n=========\n\n{FIXED}"),
        (
            "Copyright\n=========\n\nMine.\n\n====\nThen\n====\n\nx",
            f"Copyright\n=========\n\n{FIXED}\n\n====\nThen\n====\n\nx",
        ),
        ("Copyright\n=========\n\nMine.\n\nAnd more.", None),
        ("Copyright\n=========\n\n.. note:: Mine.", None),
        ("Copyright\n=========\n\n  Mine.", None),
        ("Copyright\n=========\n", f"Copyright\n=========\n\n{FIXED}"),
        ("One\n---\n\nx", f"One\n---\n\nx\n\nCopyright\n---------\n\n{FIXED}"),
        (
            "===\nOne\n===\n\nx",
            f"===\nOne\n===\n\nx\n\n=========\nCopyright\n=========\n\n{FIXED}",
        ),
        ("", f"Copyright\n=========\n\n{FIXED}"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_fixed_text_is_fixed(
    before: str, after: str | None, ending: str, process: Process
) -> None:
    text = fep(before).replace("\n", ending)
    rules = [rule for rule in RULES if rule.code in {"B010", "B012", "B015"}]
    (found,) = testing.check_example(rules, text, process)
    fixed = apply_edits(text, found.edits)
    assert fixed == fep(before if after is None else after).replace("\n", ending)
    if after is not None:
        assert testing.check_example(rules, fixed, process) == []


@pytest.mark.parametrize(
    ("type_", "codes"), [("Process", ["B071"]), ("Standards Track", []), ("Proces", [])]
)
def test_sections_of_another_type(process: Process, type_: str, codes: list[str]) -> None:
    text = fep("Extensions Affected\n===================\n\nNone.", type_=type_)
    assert [d.code for d in lint(text, process)] == codes


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("json", '{"a": 1}', ""),
        ("JSON", '{"a": 1,}', "JSON cannot be parsed: "),
        ("json", "{}\n{}", "JSON cannot be parsed: extra data"),
        ("json", "[" * 3000, "nested too deeply"),
        ("toml", "a = 1", ""),
        ("toml", "a = 1\nb = x", "TOML cannot be parsed: invalid value"),
        ("text", "{", ""),
        ("yaml", "{", ""),
    ],
)
def test_data_in_code_blocks(process: Process, language: str, text: str, says: str) -> None:
    code = "\n".join(f"   {line}" for line in text.split("\n"))
    found = lint_with("code-data", fep(f".. code-block:: {language}\n\n{code}"), process)
    assert len(found) == bool(says)
    assert all(says in d.message for d in found)


@pytest.mark.parametrize(
    "text",
    [
        "``https://peps.python.org/pep-0484/``",
        ".. https://peps.python.org/pep-0484/",
        "::\n\n   https://peps.python.org/pep-0484/",
    ],
)
def test_urls_that_are_no_links(process: Process, text: str) -> None:
    (diagnostic,) = lint_with("url-hidden", fep(text), process)
    assert ":pep:`484`" in diagnostic.message
    linked = fep("https://peps.python.org/pep-0484/ and `x <https://peps.python.org/pep-0008/>`__")
    assert lint_with("url-hidden", linked, process) == []
    # A link elsewhere does not excuse the same URL in a literal.
    both = f"{linked}\n\n``https://peps.python.org/pep-0484/``\n"
    (diagnostic,) = lint_with("url-hidden", both, process)
    assert diagnostic.span.column == 3


@pytest.mark.parametrize(
    ("end", "blank"), [("x\n", 0), ("x", 0), ("x\n\n", 1), ("x\n \n\t\n", 2), ("x\n ", 1)]
)
def test_blank_lines_at_the_end(process: Process, end: str, blank: int) -> None:
    rule = find_rule("end-blank-lines")
    assert rule is not None
    proposal = testing.parse_proposal(fep("") + end, process)
    findings = list(rule.check(proposal))
    assert len(findings) == bool(blank)
    for finding in findings:
        fixed = apply_edits(proposal.text, finding.edits)
        assert list(rule.check(testing.parse_proposal(fixed, process))) == []
        assert fixed.endswith("x\n")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("fep-0012.rst", "write :fep:`12`"),
        ("../proposals/fep-0012.rst#views", "write :fep:`12#views`"),
        ("fep-0099.rst", "write the URL at which readers find it"),
        ("README.md", "write the URL at which readers find it"),
        ("https://example.org/fep-0012.rst", ""),
        ("fep-0012.html", ""),
        ("#rst", ""),
    ],
)
def test_links_to_source_files(url: str, says: str, process: Process) -> None:
    text = fep(f"See `it <{url}>`__.")
    files = f"# proposals/fep-0007.rst\n{text}\n# proposals/fep-0012.rst\nFEP: 12\nTitle: B\n"
    found = [d.message for d in lint_with("link-source", files, process)]
    assert found == ([f'the site has no file "{url}"; {says}'] if says else [])


# Links that show what happened ---------------------------------------------------------------

TOP = HEADERS.format(status="Deferred", type="Standards Track")
HISTORY = "Retroactive: yes\n\nHistory\n=======\n\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("It was refused.", [10]),
        ("It was `refused <https://example.org/>`__.", []),
        ("It was refused in :flask-pr:`7`.", []),
        ("It was refused_.\n\n.. _refused: https://example.org/", []),
        ("See ``:flask-pr:`7```.", [10]),
        ("- In :pep:`1`.\n- In 2017.\n\n  Again.", [11]),
        ("Twice:\n\n- in :pep:`1`;\n- in :pep:`2`.", []),
        ("Twice:\n\n- in 2017.", [10, 12]),
        ("Twice.\n\n- In :pep:`1`.", [10]),
        ("A term\n    In 2017.\n\nAnother, :pep:`1`\n    In 2018.", [10]),
        ("::\n\n    code\n\n.. note:: A box.", []),
        ("In :pep:`1`.\n\nLater\n-----\n\nIn 2018.", [15]),
    ],
)
def test_paragraphs_of_some_sections_need_links(
    text: str, lines: list[int], process: Process
) -> None:
    found = lint_with("claim-unlinked", f"{TOP}{HISTORY}{text}\n", process)
    assert [d.span.line for d in found] == lines


def test_only_retroactive_proposals_need_links(process: Process) -> None:
    text = f"{TOP}{HISTORY}In 2017.\n"
    other = text.replace("Retroactive: yes\n", "").replace("History", "Motivation")
    for each in (text.replace("Retroactive: yes\n", ""), other, text.replace("History", "Views")):
        assert lint_with("claim-unlinked", each, process) == []
    (diagnostic,) = lint_with("claim-unlinked", text, process)
    assert diagnostic.message == "\"In 2017.\" in 'History' has no link; link to its source"
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    assert lint_with("claim-unlinked", text.replace("FEP", "PEP"), pep) == []


@pytest.mark.parametrize(
    ("people", "text", "unnamed"),
    [
        ("Ada Lovelace", "Ada Lovelace opened :flask-pr:`7`.", []),
        ("Ada Lovelace", "Ada Lovelace opened it.\n\nSee :flask-pr:`7`.", ["Ada Lovelace"]),
        ("Ada Lovelace (@ada)", "In :flask-pr:`7`, @ada asked.", []),
        ("Bo (@bo)", "Bob opened :flask-pr:`7`.", ["Bo"]),
        ("Ada, Bob", "- Ada opened :flask-pr:`7`.\n- Bob merged it.", ["Bob"]),
    ],
)
def test_people_upstream_are_named_with_a_link(
    people: str, text: str, unnamed: list[str], process: Process
) -> None:
    whole = f"{TOP}Upstream-Author: {people}\n{HISTORY}{text}\n"
    found = lint_with("upstream-author-unlinked", whole, process)
    sections = "Prior Requests, History, Reference Implementation or Rejected Ideas"
    assert [d.message for d in found] == [
        f"no linked paragraph in {sections} names {name}; say what this person did, with a link"
        for name in unnamed
    ]


def test_links_to_branches_are_reported_here_and_not_elsewhere(process: Process) -> None:
    """The level is that of the process: other communities have a matter of style."""
    assert process.severity == {"link-branch": Severity.WARNING}
    branch = find_rule("link-branch")
    assert branch is not None
    assert branch.severity is Severity.STYLE


def test_names_of_images_are_compared_within_a_limit(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """9,000 missing images beside 5,000 took minutes, and so did missing anchors and labels."""
    images = "".join(f".. image:: a{n}/viev.png\n   :alt: x\n\n" for n in (1, 2, 3))
    text = f"# proposals/fep-0007.rst\n{fep(images)}\n"
    text += "".join(f"# proposals/a{n}/view.png\n(a picture)\n\n" for n in (1, 2, 3))
    found = {}
    for limit in (200, 5000):
        limited = partial(Suggestions, limit)
        monkeypatch.setattr(image_missing, "Suggestions", limited)
        messages = [diagnostic.message for diagnostic in lint_with("B036", text, process)]
        found[limit] = [message.partition("; ")[2] for message in messages]
    similar = ["write a1/view.png", "write a2/view.png", "write a3/view.png"]
    assert found == {5000: similar, 200: [*similar[:2], "add the file proposals/a3/viev.png"]}

"""Notes and their snippets, parsed from a body."""

from __future__ import annotations

import pytest

from fep_tools.notes.model import (
    MAX_SNIPPET_LENGTH,
    parse_checks,
    Snippet,
    SnippetCheck,
    snippets_outside,
)
from fep_tools.proposals.body import Body, Location

from .examples import body, NOTES, notes, SECTION


def parsed(text: str) -> list[tuple[int, str]]:
    return [(check.line, check.expected) for check in parse_checks(text)]


def test_a_note_has_fields_text_and_snippets() -> None:
    sanic, hug = notes()
    assert (sanic.framework, sanic.title, sanic.title_location.line) == ("sanic", "Sanic", 9)
    assert (sanic.stance, sanic.via, sanic.since) == ("similar", "", "21.12")
    assert sanic.docs == "https://sanic.dev/en/guide/"
    assert sanic.text == "A blueprint has a name."
    assert [snippet.name for snippet in sanic.snippets] == ["sanic-name"]
    assert (hug.framework, hug.stance, hug.snippets) == ("hug", "absent", ())


def test_a_field_has_its_position() -> None:
    stance = notes()[0].field("Stance")
    assert stance is not None
    assert stance.location == (12, 1, 12, 17)


def test_a_line_of_a_snippet_is_a_line_of_the_proposal() -> None:
    (snippet,) = notes()[0].snippets
    assert snippet.checks == (SnippetCheck(4, "'pages'"),)
    line = NOTES.split("\n")[snippet.line(snippet.checks[0].line) - 1]
    assert line.strip() == "pages.name   #> 'pages'"


def test_only_direct_subsections_are_notes() -> None:
    deeper = NOTES.replace("There are", "Older\n.....\n\nThere are")
    assert [note.title for note in notes(deeper)] == ["Sanic", "Hug"]
    assert notes(NOTES.replace(SECTION, "Other notes".ljust(len(SECTION)))) == ()


def test_an_unknown_framework_has_no_key() -> None:
    assert notes(NOTES.replace("Sanic\n-----", "Sanik\n-----"))[0].framework == ""


def test_a_code_block_without_the_class_is_not_a_snippet() -> None:
    assert notes(NOTES.replace("   :class: fep-check\n", ""))[0].snippets == ()


def test_snippets_outside_any_note() -> None:
    assert snippets_outside(body(), notes()) == ()
    moved = NOTES.replace("Sanic\n-----\n", "")
    assert [snippet.name for snippet in snippets_outside(body(moved), notes(moved))] == [
        "sanic-name"
    ]


def test_fields_in_a_directive_are_not_fields_of_the_note() -> None:
    boxed = NOTES.replace(":Stance: absent", ".. note::\n\n   :Stance: absent")
    assert notes(boxed)[1].stance == ""


def test_a_mark_that_checks_nothing_is_planned() -> None:
    """Then the snippet fails, instead of passing with a check less."""
    assert parsed("x = '#> 1'\nx   #> 2\n# > 3\n") == [(1, "'#> 1'"), (2, "2")]


def test_a_check_on_its_own_lines_is_about_the_line_above() -> None:
    text = "f(\n    1,\n)\n#> {'a': 1,\n#>  'b': 2}\n"
    assert parsed(text) == [(3, "{'a': 1, 'b': 2}")]


def test_invalid_python_is_parsed_up_to_the_error() -> None:
    assert parsed("x   #> 1\nf(\n") == [(1, "1")]
    assert parsed("x   #> 1\n  y\n z   #> 2\n")[:1] == [(1, "1")]


def test_a_snippet_that_is_too_long_has_no_checks() -> None:
    text = "1   #> 1\n" + "#" * MAX_SNIPPET_LENGTH
    assert Snippet("long", text, 1, notes()[0].title_location).checks == ()


def test_fields_survive_a_cache() -> None:
    facts = body()
    assert facts.body_fields
    assert Body.load(facts.dump()) == facts


def test_no_note_and_no_snippet_hides_behind_others() -> None:
    many = "".join(f"F{n}\n----\n\n:Stance: absent\n\nx\n\n" for n in range(100))
    found = notes(f"{SECTION}\n{'=' * len(SECTION)}\n\n{many}")
    assert [(note.title, note.stance) for note in found] == [
        (f"F{n}", "absent") for n in range(100)
    ]
    block = "   .. code-block:: python\n      :class: fep-check\n\n      1   #> 1\n\n"
    text = NOTES.replace("A blueprint has a name.\n", f"A.\n\n{block * 100}")
    assert len(notes(text)[0].snippets) == 101
    assert not snippets_outside(body(text), notes(text))


# Lines of the file -----------------------------------------------------------------------------

SNIPPET = Snippet("x", "import a\n\na.b  #> 1", 50, Location(48, 1, 48, 1))


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("line 3: expected 1, got 2", "line 52: expected 1, got 2"),
        ("line 1: raised ImportError: no a", "line 50: raised ImportError: no a"),
        ("line 3: raised SyntaxError: invalid syntax (snippet.py, line 3)",
         "line 52: SyntaxError: invalid syntax"),
        ("line 3: raised SyntaxError: '(' was never closed (<unknown>, line 3)",
         "line 52: SyntaxError: '(' was never closed"),
        ("line 2: raised IndentationError: unexpected indent (snippet.py, line 2)",
         "line 51: IndentationError: unexpected indent"),
        ("line 9: raised ValueError: x", "line 52: raised ValueError: x"),
        ("it took longer than 30 seconds", "it took longer than 30 seconds"),
        ("it has no checks", "it has no checks"),
    ],
)  # fmt: skip
def test_a_reason_names_the_line_of_the_file(reason: str, expected: str) -> None:
    assert SNIPPET.in_file(reason) == expected


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a = 1  #> 1", None, ""),
        ("x = '\\d'", None, ""),
        ("a = (\n", 1, "SyntaxError: '(' was never closed"),
        ("a\nb = = 1", 2, "SyntaxError: invalid syntax"),
        ("if a:\nb", 2, "IndentationError: expected an indented block"),
        ("a\x00b", 1, "Error: "),
        ("(" * 9000, 1, "Error: "),
    ],
)
def test_a_syntax_error_has_its_line(text: str, line: int | None, message: str) -> None:
    error = Snippet("x", text, 1, Location(1, 1, 1, 1)).syntax_error
    assert (error and error.line) == line
    assert error is None or message in error.message

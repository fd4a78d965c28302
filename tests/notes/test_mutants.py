"""Variants of snippets: what each lacks, and what is never left out."""

from __future__ import annotations

import pytest

from fep_tools.notes.model import parse_checks
from fep_tools.notes.mutants import make_mutants, MAX_MUTANTS


def lacking(text: str) -> list[tuple[int, str]]:
    return [(mutant.line, mutant.statement) for mutant in make_mutants(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b = 1\na.b   #> 1\n", [(1, "a.b = 1")]),
        ("app.run(\n    1,\n)  # now\nx  #> 1\n", [(1, "app.run(")]),
        ("a(); b()\nx  #> 1\n", [(1, "a(); b()"), (1, "a(); b()")]),
        ("é = 'ü'; b()\né  #> 'ü'\n", [(1, "é = 'ü'; b()")]),
        # What is never left out.
        ("print(1)\n'text'\npass\nx  #> 1\n", []),
        ("from __future__ import annotations\nx  #> 1\n", []),
        ("import a\nimport b\na.x  #> 1\n", [(2, "import b")]),
        ("import a.b\nimport a.c\na.b  #> 1\n", []),
        ("app = 1\napp  #> 1\n", []),
        ("app = 1\napp = 2\napp  #> 2\n", [(1, "app = 1"), (2, "app = 2")]),
        ("def f():\n    return g\ng = 1\nf()  #> 1\n", [(2, "return g"), (3, "g = 1")]),
        ("def f():\n    x()\n    #> raises KeyError\nf()\n", [(4, "f()")]),
        ("x  #> raises NameError\n", []),
        # Parts of statements.
        (
            "@a\n@b(1)\ndef f():\n    return 1\nx  #> 1\n",
            [(1, "@a"), (1, "@a"), (2, "@b(1)"), (4, "return 1")],
        ),
        ("with a() as b:\n    b  #> 1\n", [(1, "with a() as b:")]),
        ("if a:\n    b()\nx  #> 1\n", [(1, "if a:"), (2, "b()")]),
        ("no Python\n", []),
        ("", []),
    ],
)
def test_each_statement_is_left_out(text: str, expected: list[tuple[int, str]]) -> None:
    assert lacking(text) == expected


def test_other_lines_and_checks_stay() -> None:
    text = (
        "@a\n@b\ndef f(\n    x,\n):\n    return x\nc(\n  1)\n"
        "with d(), e():\n    f(1)   #> 1\n    #> 2\n"
    )
    for mutant in make_mutants(text):
        assert mutant.text.count("\n") == text.count("\n")
        assert list(parse_checks(mutant.text)) == list(parse_checks(text))
        assert mutant.text != text


def test_the_parts_that_are_left_out() -> None:
    text = "@a\n@b\ndef f():\n    g()\nwith c() as d:\n    f()  #> 1\nf.x = 1\n"
    assert [(m.change, m.text) for m in make_mutants(text)] == [
        ("decorator", text.replace("@a", "")),
        ("decorator", text.replace("@b", "")),
        ("statement", text.replace("g()", "pass")),
        ("context", text.replace("with c() as d", "if True")),
        ("statement", text.replace("f.x = 1", "pass")),
    ]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("a()  # audit: shows nothing\nx  #> 1\n", ["shows nothing"]),
        ("a(\n)  #  audit:  two words \nx  #> 1\n", ["two words"]),
        ("a()  # audit:\nx  #> 1\n", [""]),
        ("a('# audit: no comment')\nx  #> 1\n", [""]),
        ("# audit: above\na()\nx  #> 1\n", [""]),
        ("if a:  # audit: the head\n    b()\nx  #> 1\n", ["the head", ""]),
        ("if a:\n    b()  # audit: the body\nx  #> 1\n", ["", "the body"]),
    ],
)
def test_a_comment_gives_the_reason_of_its_statement(text: str, reasons: list[str]) -> None:
    mutants = make_mutants(text)
    assert [mutant.reason for mutant in mutants] == reasons
    assert not any("audit: two" in m.statement or "audit: shows" in m.statement for m in mutants)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = 1\n" * 2000, f"has more than {MAX_MUTANTS} statements that can be left out"),
        ("b = 1\nprint(" + "not " * 2400 + "0)", "is nested too deeply"),
    ],
)
def test_a_snippet_with_too_much_to_leave_out_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{problem}$"):
        make_mutants(text)

"""What a check is, and what it finds; nothing is started here."""

from __future__ import annotations

import ast
import sys
from typing import Any

import pytest

from fep_tools.notes import harness


def checked(source: str) -> list[int]:
    """The lines of the marks that check something."""
    return [mark.line for mark, _node in harness.attached(ast.parse(source), source)]


def planned(source: str) -> list[tuple[int, str]]:
    return [(mark.line, mark.expected) for mark in harness.marks(source)]


@pytest.mark.parametrize(
    ("source", "line", "expected"),
    [
        ("1 + 1   #> 2", 1, "2"),
        ("a = 1; a   #> 1", 1, "1"),
        ("[1,\n 2]   #> [1, 2]", 2, "[1, 2]"),
        ("[1,\n 2]\n#> [1,\n#>  2]", 2, "[1, 2]"),
        ("x()   #> [1,\n#> 2]", 1, "[1, 2]"),
        ("def f():\n    f()   #> 1", 2, "1"),
        ("def f():\n    f()\n    #> 1", 2, "1"),
        ("x = int('x')   #> raises ValueError", 1, "raises ValueError"),
        ("with x:\n    y()\n#> raises KeyError: 'a'", 2, "raises KeyError: 'a'"),
        ("async def f():\n    await g()   #> 1", 2, "1"),
    ],
)
def test_a_mark_checks_its_statement(source: str, line: int, expected: str) -> None:
    assert planned(source) == [(line, expected)]
    assert checked(source) == [line]


@pytest.mark.parametrize(
    "source",
    [
        "x = 1   #> 1",
        "'''\nx   #> 1\n'''",
        "f('#> 1')",
        "# x   #> 1",
        "x   # so: #> 1",
        "#> 1",
        "x()\n\n#> 1",
        "if x:\n    y()\n#> 1",
        "x()   #>",
        "x()   #> ...",
        "x = 1   #> raises",
        "return_value = 1   #> raised ValueError",
    ],
)
def test_a_mark_elsewhere_is_planned_and_checks_nothing(source: str) -> None:
    assert len(planned(source)) == 1
    assert checked(source) == []


def test_of_two_statements_on_a_line_the_last_is_checked() -> None:
    assert found("log = []; log.append(1); len(log)   #> 1")[1] == {
        "line": 1,
        "got": "1",
        "ok": True,
    }


def found(source: str) -> list[dict[str, Any]]:
    """What is told of *source*, run here."""
    told: list[dict[str, Any]] = []
    harness.execute(source, told.append)
    return told


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.mark.parametrize(
    ("value", "expected", "ok"),
    [
        ("1 + 1", "2", True),
        ("1 + 1", "3", False),
        ("True", "1", False),
        ("1.0", "1", False),
        ("[1, 2]", "(1, 2)", False),
        ("[1, [2, 3]]", "[1, [...]]", False),
        ("[1, [2, 3]]", "[1, ...]", True),
        ("[1, True]", "[1, 1]", False),
        ("{'a': [1, 2], 'b': 0}", "{'a': ..., 'b': 0}", True),
        ("{'a': 1}", "{'a': 1, 'b': ...}", False),
        ("'x...'", "'x...'", True),
        ("'xyz'", "'x...'", False),
        ("object()", "<object object at 0x...>", True),
        ("object()", "<object>", False),
        ("int", "<class 'int'>", True),
    ],
)
def test_values_are_compared_by_type_and_value(value: str, expected: str, ok: bool) -> None:
    attached, row, end = found(f"{value}   #> {expected}")
    assert attached == {"attached": [1]}
    assert row["ok"] is ok
    assert end == {"end": True}


@pytest.mark.parametrize(
    ("statement", "expected", "got", "ok"),
    [
        ("int('x')", "raises ValueError", "raises ValueError", True),
        ("int('x')", "raises Exception", "raises ValueError", False),
        ("int('1')", "raises ValueError", "raises nothing", False),
        ("raise KeyError('a')", "raises KeyError: 'a'", "raises KeyError: 'a'", True),
        ("raise KeyError('a')", "raises KeyError: 'b'", "raises KeyError: 'a'", False),
        ("raise OSError('a b')", "raises OSError: a...", "raises OSError: a b", True),
    ],
)
def test_exceptions_are_compared_by_name_and_text(
    statement: str, expected: str, got: str, ok: bool
) -> None:
    assert found(f"{statement}   #> {expected}")[1] == {"line": 1, "got": got, "ok": ok}


def test_what_a_snippet_raises_is_told_with_its_line() -> None:
    told = found("def f():\n    raise ValueError('a\\nb')\nf()")
    assert told[1:] == [{"raised": "ValueError: a", "at": 2}]


def test_what_cannot_be_read_is_told_with_its_line() -> None:
    assert found("1\n2 +")[0]["at"] == 2


def test_a_value_is_told_shortly_and_the_same_every_time() -> None:
    assert harness.shown(repr(object())) == "<object object at 0x...>"
    assert len(harness.shown("x" * 1000)) == harness.LONGEST
    assert harness.shown("\udcff") == "\\udcff"


def test_rows_of_somebody_else_are_noticed() -> None:
    honest = harness.sealed({"end": True}, 0, "secret")
    assert harness.rows(honest, "secret") == [{"end": True}]
    for forged in (honest + honest, b'{"end": true}\n', harness.sealed({}, 0, "guess"), b"\xff\n"):
        with pytest.raises(ValueError):
            harness.rows(forged, "secret")

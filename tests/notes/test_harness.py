"""Find checks in a snippet and judge values, without another process."""

from __future__ import annotations

import ast
import sys
from typing import Any

import pytest

from fep_tools.notes import harness


def checking(source: str) -> list[int]:
    """Return the lines of the marks that check something."""
    return [mark.line for mark, _node in harness.attach_marks(ast.parse(source), source)]


def planned(source: str) -> list[tuple[int, str]]:
    return [(mark.line, mark.expected) for mark in harness.find_marks(source)]


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
    assert checking(source) == [line]


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
def test_a_mark_elsewhere_checks_nothing(source: str) -> None:
    assert len(planned(source)) == 1
    assert checking(source) == []


def test_of_two_statements_on_a_line_the_last_is_checked() -> None:
    assert messages("log = []; log.append(1); len(log)   #> 1")[1] == {
        "line": 1,
        "got": "1",
        "ok": True,
    }


def messages(source: str) -> list[dict[str, Any]]:
    """Run *source* in this process, and return its messages."""
    sent: list[dict[str, Any]] = []
    harness.execute(source, sent.append)
    return sent


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
    attached, check, end = messages(f"{value}   #> {expected}")
    assert attached == {"attached": [1]}
    assert check["ok"] is ok
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
    assert messages(f"{statement}   #> {expected}")[1] == {"line": 1, "got": got, "ok": ok}


def test_an_exception_is_reported_with_its_line() -> None:
    sent = messages("def f():\n    raise ValueError('a\\nb')\nf()")
    assert sent[1:] == [{"raised": "ValueError: a", "at": 2}]


def test_annotations_of_a_snippet_are_evaluated() -> None:
    source = "def f(n: int): ...\nf.__annotations__['n'] is int   #> True"
    assert messages(source)[1] == {"line": 2, "got": "True", "ok": True}


def test_a_syntax_error_is_reported_with_its_line() -> None:
    assert messages("1\n2 +")[0]["at"] == 2


def test_values_are_shortened_and_reproducible() -> None:
    assert harness.format_value(repr(object())) == "<object object at 0x...>"
    assert len(harness.format_value("x" * 1000)) == harness.MAX_LENGTH
    assert harness.format_value("\udcff") == "\\udcff"


def test_unsigned_and_repeated_messages_are_refused() -> None:
    honest = harness.sign({"end": True}, 0, "secret")
    assert harness.parse_messages(honest, "secret") == [{"end": True}]
    for forged in (honest + honest, b'{"end": true}\n', harness.sign({}, 0, "guess"), b"\xff\n"):
        with pytest.raises(ValueError):
            harness.parse_messages(forged, "secret")

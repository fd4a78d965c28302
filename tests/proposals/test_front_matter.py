"""Headers in YAML: what is read, with which positions, and what is refused."""

import pytest

from fep_tools.proposals.preamble import Preamble


def parse(*lines: str) -> Preamble:
    return Preamble.parse("\n".join(["---", *lines, "---", "", "Text."]), "yaml")


@pytest.mark.parametrize(
    ("lines", "value", "position"),
    [
        (["a: Draft"], "Draft", (2, 4, 2, 9)),
        (["a: Draft  # not yet"], "Draft", (2, 4, 2, 9)),
        (['a: "Views: typed"'], "Views: typed", (2, 5, 2, 17)),
        (["a: 'Views'"], "Views", (2, 5, 2, 10)),
        (["a: 'Ada''s'"], "Ada's", (2, 4, 2, 12)),
        ([r'a: "\u0041da"'], "Ada", (2, 4, 2, 14)),
        (["a: 2019-04-13"], "2019-04-13", (2, 4, 2, 14)),
        (["a: [7, 12]"], "7,\n12", (2, 5, 2, 10)),
        (["a:", "  - Ada", "  - Grace"], "\nAda,\nGrace", (2, 3, 4, 10)),
        (["a: |", "  Ada,", "", "  Grace"], "\nAda,\nGrace", (2, 3, 5, 8)),
        (["a: >-", "  one", "  two"], "\none\ntwo", (2, 3, 4, 6)),
        (["a: one", "   two"], "one two", (2, 4, 2, 7)),
        (["a:", "- name: Ada", "  email: a@b.org"], "\nAda <a@b.org>", (2, 3, 3, 12)),
        (["a:", "- name: Ada", "  github: ada"], "\nAda (@ada)", (2, 3, 3, 12)),
        (["a: {b: c, d: [e, f]}"], "b: c\nd: e,\nd: f", (2, 8, 2, 19)),
        (["# a comment", "", "a: x"], "x", (4, 4, 4, 5)),
        (["a:"], "", (2, 1, 2, 2)),
        (["a: null"], "", (2, 1, 2, 2)),
        (["a: ~"], "", (2, 1, 2, 2)),
        (["a: !!python/object:os.system x"], "x", (2, 4, 2, 31)),
    ],
)
def test_values_and_their_positions(
    lines: list[str], value: str, position: tuple[int, ...]
) -> None:
    preamble = parse(*lines)
    (field,) = preamble.fields
    assert (field.name, field.value, preamble.problem) == ("a", value, None)
    span = field.span()
    assert (span.line, span.column, span.end_line, span.end_column) == position


@pytest.mark.parametrize(
    ("lines", "message", "line", "column"),
    [
        (["a: b: c"], "is not YAML: mapping values are not allowed in this context", 2, 5),
        (["x: y", 'a: "b'], "is not YAML: found unexpected end of stream", 3, 6),
        (["- a"], "is not a mapping; write name: value on each line", 2, 1),
        (['a: "b\\u202ec"'], "has an escape for the hidden character U+202E; remove it", 2, 4),
        (['a: [b, "\\e[31m"]'], "has an escape for the hidden character U+001B; remove it", 2, 8),
        (['"\\0": b'], "has an escape for the hidden character U+0000; remove it", 2, 1),
        (["a: &x b", "c: *x"], "has the alias *x; write the value out", 3, 4),
        (["? [a, b]", ": c"], "has a header without a name", 2, 3),
        (["a: " + "[" * 11 + "]" * 11], "has a value that is nested too deeply", 2, 14),
        (["a:", f"  {'b' * 900}: [{'c,' * 2000}]"], "has names in values that are too long", 3, 3),
        (["a: \a"], "is not YAML: it has a character that is not allowed", 2, 1),
        (["a: \ud800"], "is not YAML: it has a character that is not allowed", 2, 1),
        (["{a"], "is not YAML: did not find expected ',' or '}'", 2, 1),
    ],
)
def test_what_is_no_front_matter_is_one_problem(
    lines: list[str], message: str, line: int, column: int
) -> None:
    problem = parse(*lines).problem
    assert problem is not None
    assert problem.message == message
    assert (problem.span.line, problem.span.column) == (line, column)


def test_headers_in_broken_yaml_are_read_line_by_line() -> None:
    preamble = parse("eip: 7", "title: a: b", "status: Draft")
    assert {field.name: field.value for field in preamble.fields} == {
        "eip": "7", "title": "a: b", "status": "Draft",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "---", "---\n", "---\na: b", "a: b\n---\n", "# Title\n---\na: b\n---\n"]
)
def test_there_are_no_headers_without_both_fences(text: str) -> None:
    assert Preamble.parse(text, "yaml") == Preamble()


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n# none\n---\n", "\n---\n...\n"])
def test_front_matter_may_be_empty(text: str) -> None:
    preamble = Preamble.parse(text, "yaml")
    assert (preamble.fields, preamble.problem) == ((), None)
    assert preamble.last_line > preamble.first_line


@pytest.mark.parametrize("text", ["[" * 4000, "{" * 4000, "? " * 2000, "- " * 2000])
def test_deep_nesting_is_a_problem(text: str) -> None:
    problem = parse(f"a: {text}", text).problem
    assert problem is not None


def test_a_bomb_of_aliases_is_not_expanded() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    problem = parse(*lines).problem
    assert problem is not None
    assert "alias" in problem.message


def test_the_text_keeps_its_lines() -> None:
    text = "---\na: |\n  b\n---\n\nText.\n"
    assert Preamble.parse(text, "yaml").blanked(text) == "\n\n\n\n\nText.\n"

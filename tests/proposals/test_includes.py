"""Files that proposals include: which ones, which lines of them, and positions in them."""

from __future__ import annotations

from typing import Any

import pytest

from fep_tools._files import Refusal
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.body import IncludedFile, Inclusion
from fep_tools.proposals.includes import find_includes
from fep_tools.proposals.inclusions import MAX_INCLUDED, position_of, text_with
from fep_tools.proposals.rst.includes import clip, select_lines

FILES: dict[str, bytes | Refusal] = {
    "peps/pep-0007/a.py": b"\xef\xbb\xbfx = 1\r\ny = 2\r\n",
    "peps/pep-0007/latin.py": b"\xe9",
    "peps/pep-0007/hidden.py": "a\u202eb".encode(),
    "peps/pep-0007/link.py": Refusal("is a link"),
}


@pytest.fixture(scope="module")
def process() -> Process:
    return parse_process(BUILTIN_DIRECTORY.joinpath("pep.toml").read_text("utf-8"), "pep.toml")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("pep-0007/a.py", ""),
        ("./pep-0008/../pep-0007/a.py", ""),
        ("pep-0007/b.py", "does not exist"),
        ("pep-0007/latin.py", "is not encoded in UTF-8"),
        ("pep-0007/hidden.py", "has the invisible character U+202E"),
        ("pep-0007/link.py", "is a link"),
        ("../pep-0007/a.py", "is not in the proposal's own directory"),
        ("/etc/passwd", "is not in the proposal's own directory"),
        ("<isonum.txt>", "is not in the proposal's own directory"),
        ("pep-0007\\a.py", "is not in the proposal's own directory"),
        ("pep-0007.rst", "is this proposal itself"),
        ("pep-0008.rst", "is not one that proposals may include: "),
        ("pep-0007/a.txt", "is not one that proposals may include: "),
        ("https://example.org/a.py", "is not one that proposals may include: "),
    ],
)
def test_which_files_can_be_included(process: Process, name: str, problem: str) -> None:
    text = f"X\n\n* .. literalinclude:: {name}\n     :language: c\n"
    (found,) = find_includes(text, "peps/pep-0007.rst", process, FILES)
    assert (found.name, bool(found.problem)) == (name, bool(problem))
    assert found.problem.startswith(problem)
    if not problem:
        assert (found.path, found.text) == ("peps/pep-0007/a.py", "x = 1\r\ny = 2")


def test_nothing_is_included_where_the_process_names_no_files(process: Process) -> None:
    text = ".. include:: pep-0007/a.py\n"
    files = process.files.model_copy(update={"included": ()})
    other = process.model_copy(update={"files": files})
    assert find_includes(text, "peps/pep-0007.rst", other, FILES) == ()
    assert find_includes(text, "peps/pep-0007.md", process, FILES) == ()


TEXT = "a\nb\nc\nd\ne"


@pytest.mark.parametrize(
    ("options", "lines", "first"),
    [
        ({}, "abcde", 1),
        ({"lines": "2-3,5"}, "bce", 2),
        ({"lines": "4-"}, "de", 4),
        ({"lines": "-2"}, "ab", 1),
        ({"start-at": "b", "end-at": "d"}, "bcd", 2),
        ({"start-after": "b", "end-before": "e"}, "cd", 3),
    ],
)
def test_the_lines_of_literalinclude(options: dict[str, Any], lines: str, first: int) -> None:
    assert select_lines(TEXT, options) == (list(lines), first)


@pytest.mark.parametrize(
    "options", [{"lines": "6"}, {"lines": "x"}, {"lines": "1-5,1-5"}, {"start-at": "z"}]
)
def test_lines_that_a_file_does_not_have(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"has|twice"):
        select_lines(TEXT, options)


@pytest.mark.parametrize(
    ("options", "lines", "first"),
    [
        ({"start-line": 1, "end-line": 3}, ["b", "c"], 2),
        ({"start-line": -2}, ["d", "e"], 4),
        ({"start-after": "b\n", "end-before": "e"}, ["c", "d"], 3),
    ],
)
def test_the_lines_of_include(options: dict[str, Any], lines: list[str], first: int) -> None:
    assert clip(TEXT, options) == (lines, first)


def test_included_lines_are_below_those_of_the_text() -> None:
    text, starts = text_with("1\n2\n", ["a\nb", "c"])
    lines = text.split("\n")
    assert [lines[start - 1] for start in starts] == ["a", "c"]
    found = [Inclusion("x", starts[0], 2), Inclusion("y", starts[1], 1)]
    assert position_of(2, found) is None
    assert position_of(starts[0] + 1, found) == ("x", 2)
    assert position_of(starts[0] + 3, found) == ("x", 2)  # the gap before the next one
    assert position_of(starts[1], found) == ("y", 1)


def test_a_proposal_includes_only_so_much() -> None:
    from fep_tools.proposals.rst.parser import parse_body
    from fep_tools.proposals.vocabulary import Vocabulary

    half = "x" * 80 + "\n"
    file = IncludedFile("a.c", "a.c", half * (MAX_INCLUDED // len(half) // 2 + 1))
    text = ".. literalinclude:: a.c\n\n"
    vocabulary = Vocabulary("pep", includes=True)
    assert parse_body(text, vocabulary, [file]).problems == ()
    (problem,) = parse_body(text * 2, vocabulary, [file]).problems
    assert (problem.kind, problem.location.line) == ("include", 3)
    assert problem.message.startswith("is too large")


def test_no_more_is_kept_of_included_files(process: Process) -> None:
    """Hundreds of small proposals may name the same large files."""
    large = b"x" * MAX_INCLUDED
    files = {f"peps/pep-0007/{name}.py": large for name in "abc"}
    text = "".join(f".. literalinclude:: pep-0007/{name}.py\n\n" for name in "abc")
    found = find_includes(text, "peps/pep-0007.rst", process, files)
    assert [(len(file.text), file.problem[:12]) for file in found] == [
        (MAX_INCLUDED, ""),
        (0, "is too large"),
        (0, "is too large"),
    ]

"""Edits that renumber a proposal."""

from __future__ import annotations

import pytest

from fep_tools.diagnostics import apply_edits
from fep_tools.errors import FepError
from fep_tools.lsp.rename import line_edits, parse_number
from fep_tools.process.model import Process


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\nc\n", "a\nx\nc\n"),
        ("a\nb", "a\nc"),
        ("a\n", "a\nb"),
        ("", "a\n"),
        ("a\u2028b\r\nc\r\n", "a\u2028b\r\nd\r\n"),
        ("a\nb\n", ""),
    ],
)
def test_line_edits_turn_the_old_text_into_the_new_one(old: str, new: str) -> None:
    assert apply_edits(old, line_edits(old, new)) == new


def test_lines_that_repeat_are_compared_in_good_time() -> None:
    """Each line occurs 600 times, for which difflib takes minutes."""
    lines = [f"{index % 200:03}{' FEP 1' * (index % 501 == 0)}\n" for index in range(120_000)]
    old = "".join(lines)
    edits = line_edits(old, old.replace("FEP 1", "FEP 7"))
    assert [edit.span.line for edit in edits] == [*range(1, 120_001, 501)]


@pytest.mark.parametrize("name", ["12", "0012", "FEP 12", "fep-12"])
def test_parse_number_accepts_labels_and_zeros(name: str, process: Process) -> None:
    assert parse_number(name, process) == 12


@pytest.mark.parametrize("name", ["", "twelve", "12345678", "PEP 12"])
def test_parse_number_refuses_anything_else(name: str, process: Process) -> None:
    with pytest.raises(FepError, match="is not a number"):
        parse_number(name, process)

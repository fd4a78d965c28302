"""Code that Pygments cannot read."""

from __future__ import annotations

from fep_tools.proposals.rst.code import lexing_error


def test_an_error_ends_with_its_line() -> None:
    """Found by fuzzing: the lexer of JSON takes the line end for a part of an open string."""
    error = lexing_error('{"type', "json")
    assert error is not None
    assert (error.line, error.column) == (0, 1)
    assert "\n" not in error.text
    assert len('{"type') >= error.column + len(error.text)

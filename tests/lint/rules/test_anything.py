"""Rules never fail, and report positions inside the file, whatever it contains."""

from __future__ import annotations

from hypothesis import given, HealthCheck, settings
from hypothesis import strategies as st

from fep_tools.diagnostics import apply_edits, Diagnostic
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import FAMILIES
from fep_tools.process.model import Process

TOKENS = (
    "FEP: 7\n", "FEP: 8\n", "Title: Typed views\n", "Status: Draft\n", "Status: Final\n",
    "Type: Process\n", "Requires: 7, 12\n", "Superseded-By: 7\n", " folded\n", "---\n", "\n",
    "\n\n", "Abstract\n", "========\n", "Motivaton\n", "--------\n", "====\n", "- item\n",
    "  * deeper\n", "   indented\n", ".. note: x\n", ".. note:: x\n", ".. raw:: html\n",
    ".. image:: ../a.png\n", ".. _a: b_\n", ".. _b: https://example.org/\n", ".. [1] note\n",
    "[1]_ ", "a_ ", "`a`_ ", ".. |s| replace:: text\n", "|s| ", "*", "**", "``", "`", "\\",
    ":fep:`7` ", ":fep:`8 <9#x>` ", ":pep:`8`", "pep:`8` ", ":no:`x` ", "FEP 12 ", "``FEP 7`` ",
    "https://peps.python.org/pep-0008/ ", "`x <https://peps.python.org/pep-0008/>`_ ",
    "`x <javascript:y>`__ ", "word ", "\t", "\r\n", "::\n", "+--+\n", "|a |\n", "==  ==\n",
    "\u202e", "\u200b", "\u0430bc ", "é日本 ", "\ufeff", "<<<<<<< HEAD\n", ".. comment\n",
    ".. living-document::\n", ".. code-block:: python\n",
)  # fmt: skip
strange = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=4)
texts = st.lists(st.sampled_from(TOKENS) | strange, max_size=50).map("".join)
RULES = [rule for rule in all_rules() if rule.code[0] in FAMILIES]


def is_inside(diagnostic: Diagnostic, lines: list[str]) -> bool:
    """Return whether a finding is inside the file; one column after a line is its end."""
    span = diagnostic.span
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and (span.line, span.column) <= (span.end_line, span.end_column)
        and span.column <= len(lines[span.line - 1]) + 2
        and span.end_column <= len(lines[span.end_line - 1]) + 2
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
def test_rules_never_fail_and_point_inside(process: Process, text: str) -> None:
    lines = testing.parse_proposal(text, process).text.split("\n")
    for diagnostic in testing.check_example(RULES, f"{text}\n", process):
        if diagnostic.code != "C001":
            assert is_inside(diagnostic, [*lines, ""]), diagnostic
        apply_edits(f"{text}\n", diagnostic.edits)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
def test_fixing_ends(process: Process, text: str) -> None:
    text = f"FEP: 7\n{text}\n"
    for _round in range(30):
        edits = [
            edit
            for diagnostic in testing.check_example(RULES, text, process)
            for edit in diagnostic.edits
        ]
        fixed = apply_edits(text, edits)
        if fixed == text:
            return
        text = fixed
    raise AssertionError(text)

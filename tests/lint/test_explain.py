"""The documentation of a rule as plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fep_tools.diagnostics import Severity
from fep_tools.lint.explain import page
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import Rule

from .rules_for_tests import every_proposal

RULE = replace(
    every_proposal("H999"),
    name="header-x",
    fixable=True,
    summary="``A header`` is ``x``.",
    why="Because of ``two\nlines``.\n\nAnd so on.",
    bad="FEP: 7\nX: ``\u202e``\n",
    good="FEP: 7\n",
)


def test_page_has_facts_reasons_and_examples() -> None:
    assert page(RULE) == (
        "H999 header-x (level error, family headers, fixed by --fix)\n\n"
        "A header is x.\n\nBecause of two\nlines.\n\nAnd so on.\n\n"
        "Bad:\n\n    FEP: 7\n    X: ``\\u202e``\n\n"
        "Good:\n\n    FEP: 7\n"
    )


def test_page_has_the_default_level_if_the_repository_changed_it() -> None:
    assert "(level error, warning by default, " in page(RULE, Severity.WARNING)
    assert "(level error, family headers, " in page(RULE, Severity.ERROR)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_page_of_every_rule_can_be_printed(rule: Rule) -> None:
    text = page(rule)
    assert text.endswith("\n")
    assert text.replace("\n", "").isprintable()

"""The registry of rules: finding and selecting them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.diagnostics import Severity
from fep_tools.errors import ConfigError
from fep_tools.lint import rules as package
from fep_tools.lint.registry import all_rules, find_rule, own_rules, select_rules

from .rules_for_tests import every_proposal


def test_rules_are_sorted_and_have_unique_codes_and_names() -> None:
    codes, names = zip(*((rule.code, rule.name) for rule in all_rules()), strict=True)
    assert len(codes) > 100
    assert list(codes) == sorted(set(codes))
    assert len(set(names)) == len(names)


def test_every_family_has_rules() -> None:
    directories = {path.parent.name for path in Path(package.__path__[0]).glob("*/*.py")}
    assert len(directories) == len({rule.family.letter for rule in all_rules()})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("H103", "H103"),
        ("h103", "H103"),
        ("header-date", "H103"),
        ("Header-Date", "H103"),
        ("H1", None),
        ("ALL", None),
        ("header_date", None),
        ("", None),
    ],
)
def test_rule_is_found_by_code_or_name(name: str, expected: str | None) -> None:
    rule = find_rule(name)
    assert (rule.code if rule else None) == expected


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("H103", True),
        ("H10", True),
        ("H", True),
        ("ALL", True),
        ("rule-h103", True),
        ("RULE-H103", True),
        ("h103", False),
        ("H1034", False),
        ("rule", False),
        ("S", False),
    ],
)
def test_selector_matches_a_rule(selector: str, expected: bool) -> None:
    assert every_proposal("H103").matches(selector) is expected


@pytest.mark.parametrize(
    ("selected", "ignored", "expected"),
    [
        (["H103"], [], {"H103"}),
        (["H103", "header-order"], [], {"H103", find_rule("header-order")}),
        (["H103"], ["H103"], set()),
        (["H103"], ["H"], set()),
        (["H103"], ["S", "link-bare"], {"H103"}),
    ],
)
def test_rules_are_selected(selected: list[str], ignored: list[str], expected: set[object]) -> None:
    codes = {getattr(rule, "code", rule) for rule in expected}
    assert {rule.code for rule in select_rules(selected, ignored)} == codes


def test_style_rules_have_to_be_selected() -> None:
    style = {rule.code for rule in all_rules() if rule.severity is Severity.STYLE}
    assert style
    assert {rule.code for rule in select_rules()} == {r.code for r in all_rules()} - style
    assert set(select_rules(["ALL"])) == set(all_rules())
    (code,) = {rule.code for rule in select_rules([min(style)])}
    assert code in style


@pytest.mark.parametrize(("selected", "ignored"), [(["Z9"], []), ([], ["Z9"]), (["H103"], ["Z9"])])
def test_unknown_selector_is_an_error(selected: list[str], ignored: list[str]) -> None:
    with pytest.raises(ConfigError, match="there is no rule Z9; `fep rules` lists them all"):
        select_rules(selected, ignored)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("header-urk", "there is no rule header-urk; did you mean header-url?"),
        ("h103", "there is no rule h103; did you mean H103?"),
        ("H1O3", "there is no rule H1O3; `fep rules` lists them all"),
        ("zzz", "there is no rule zzz; `fep rules` lists them all"),
    ],
)
def test_unknown_rule_is_described(name: str, message: str) -> None:
    assert own_rules().describe_unknown(name) == message

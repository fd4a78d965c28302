"""All rules, discovered in the package :mod:`fep_tools.lint.rules`.

A new rule needs a new file there and nothing else. The package is imported by its name, so
that rules can ask for the other rules without an import cycle.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from .._text import did_you_mean
from ..diagnostics import Severity
from ..errors import ConfigError, FepError
from .rule import Rule

_PACKAGE = f"{__package__}.rules"


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by code. The first call imports about 130 modules."""
    package = importlib.import_module(_PACKAGE)
    modules = (
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(package.__path__, f"{_PACKAGE}.")
        if not module.ispkg
    )
    rules = (value for m in modules for value in vars(m).values() if isinstance(value, Rule))
    return tuple(sorted(rules, key=lambda rule: rule.code))


@dataclass(frozen=True)
class RuleSet:
    """The rules that a repository knows: those of the tool, and its own."""

    rules: tuple[Rule, ...]

    def find(self, name: str) -> Rule | None:
        """Return the rule with this code or name, in any case of letters."""
        matching = (r for r in self.rules if name.upper() == r.code or name.lower() == r.name)
        return next(matching, None)

    @property
    def words(self) -> list[str]:
        """The codes and the names of the rules."""
        return [word for rule in self.rules for word in (rule.code, rule.name)]

    def require(
        self,
        selectors: Iterable[str],
        location: str | None = None,
        error: type[FepError] = ConfigError,
    ) -> None:
        """Raise an *error* for a selector that matches no rule.

        :param location: The file and line of the selectors, if they are in a file.
        """
        for selector in selectors:
            if not any(rule.matches(selector) for rule in self.rules):
                prefix = f"{location}: " if location else ""
                raise error(prefix + self.describe_unknown(selector))

    def describe_unknown(self, name: str) -> str:
        """Return the message for a code or name that is not that of a rule."""
        if rule := self.find(name):  # selectors are in upper case: "h103"
            return f"there is no rule {name}; did you mean {rule.code}?"
        # Codes that are similar have nothing else in common.
        names = [rule.name for rule in self.rules]
        hint = did_you_mean(name, names, "`fep rules` lists them all")
        return f"there is no rule {name}; {hint}"


def own_rules() -> RuleSet:
    """Return the rules of the tool."""
    return RuleSet(all_rules())


def find_rule(name: str) -> Rule | None:
    """Return the rule of the tool with this code or name, in any case of letters."""
    return own_rules().find(name)


def select_rules(
    selected: Sequence[str] = (),
    ignored: Sequence[str] = (),
    severities: Sequence[Mapping[str, Severity]] = (),
    known: RuleSet | None = None,
) -> tuple[Rule, ...]:
    """Return the rules to run.

    :param selected: Selectors such as ``H103``, ``H``, ``header-date`` or ``ALL``. Empty
        selects every rule whose level is not ``style``.
    :param ignored: Selectors of rules to leave out, even if they are selected.
    :param severities: Levels by selector, for :func:`with_severity`.
    :param known: The rules to select from. Default: those of the tool.
    :raises ConfigError: A selector matches no rule.
    """
    known = known or own_rules()
    known.require([*selected, *ignored])
    return tuple(
        rule
        for rule in (with_severity(rule, severities) for rule in known.rules)
        if (_matches_any(rule, selected) if selected else rule.severity is not Severity.STYLE)
        and not _matches_any(rule, ignored)
    )


def with_severity(rule: Rule, severities: Sequence[Mapping[str, Severity]]) -> Rule:
    """Return the rule at the level that the community gives to it.

    :param severities: Levels by selector. The first mapping that has one for the rule decides;
        in a mapping, the selector that is closest to the rule does.
    """
    for mapping in severities:
        closest = max(mapping, key=rule.specificity, default=None)
        if closest is not None and rule.matches(closest):
            return replace(rule, severity=mapping[closest])
    return rule


def _matches_any(rule: Rule, selectors: Sequence[str]) -> bool:
    return any(rule.matches(selector) for selector in selectors)

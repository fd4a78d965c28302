"""Rules and report formats of a community, from packages that its settings name.

A package offers them by entry points: rules in the group ``fep_tools.rules``, report formats in
``fep_tools.reporters``. Only packages in ``plugins`` of ``[tool.fep]`` are loaded, and only from
where packages are installed: a repository could contain metadata of a package as well (see
docs/security.rst, *sec-gate*).
"""

from __future__ import annotations

import re
import site
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, wraps
from importlib.metadata import Distribution, distributions, EntryPoint
from types import ModuleType
from typing import Any

from .._text import safe
from ..config import Settings
from ..diagnostics import Finding
from ..errors import ConfigError
from .registry import all_rules, RuleSet
from .rule import CheckFunction, FAMILIES, Rule

RULES, REPORTERS = "fep_tools.rules", "fep_tools.reporters"
"""The groups of entry points."""

CODES = re.compile(r"[A-Z]9[0-9]{2}")
"""Codes of a community's own rules, after the letter of a family: no rule of the tool has them."""

PluginReporter = Callable[..., str]


class PluginError(ConfigError):
    """A plugin that cannot be used."""


def known_rules(settings: Settings) -> RuleSet:
    """Return the rules of the tool and those of the plugins.

    :raises PluginError: if a plugin cannot be used
    """
    rules = list(all_rules())
    for package in settings.plugins:
        for rule in _located(settings, package, _load_rules):
            taken = next((r for r in rules if rule.code == r.code or rule.name == r.name), None)
            if taken:
                raise _error(settings, package, f"its rule {rule.code} [{rule.name}] is there "
                             f"already, as {taken.code} [{taken.name}]")  # fmt: skip
            rules.append(rule)
    return RuleSet(tuple(sorted(rules, key=lambda rule: rule.code)))


def reporters(settings: Settings) -> dict[str, PluginReporter]:
    """Return the report formats of the plugins, by name.

    :raises PluginError: if a plugin cannot be used
    """
    found: dict[str, PluginReporter] = {}
    for package in settings.plugins:
        found |= _located(settings, package, _load_reporters)
    return found


def _located(settings: Settings, package: str, load: Callable[[str], Any]) -> Any:
    try:
        return load(package)
    except PluginError as problem:
        raise _error(settings, package, str(problem)) from None


def _error(settings: Settings, package: str, problem: str) -> PluginError:
    location = settings.location("plugins", package)
    prefix = f"{location}: " if location else ""
    return PluginError(f"{prefix}the plugin {safe(package)} cannot be used: {problem}")


@cache
def _load_rules(package: str) -> tuple[Rule, ...]:
    rules = [rule for entry in _entries(package, RULES) for rule in _rules(_load(entry))]
    for rule in rules:
        if not CODES.fullmatch(rule.code):
            raise PluginError(
                f"its rule {safe(rule.name)} has the code {safe(rule.code)}; use the letter of a "
                f"family ({', '.join(FAMILIES)}) and a number from 900 to 999, such as H900"
            )
    return tuple(replace(rule, check=_guarded(rule.check, rule, package)) for rule in rules)


@cache
def _load_reporters(package: str) -> dict[str, PluginReporter]:
    found = {}
    for entry in _entries(package, REPORTERS):
        reporter = _load(entry)
        if not callable(reporter):
            raise PluginError(f"{entry.name} = {entry.value} is no function that renders a report")
        found[entry.name] = _guarded_reporter(reporter, entry.name, package)
    return found


def _entries(package: str, group: str) -> list[EntryPoint]:
    distribution = _find(package)
    entries = list(distribution.entry_points)
    if not any(entry.group in (RULES, REPORTERS) for entry in entries):
        raise PluginError(f"it has no entry point in {RULES} or {REPORTERS}")
    return [entry for entry in entries if entry.group == group]


def _find(package: str) -> Distribution:
    found = distributions(name=package, path=_directories())
    distribution = next(iter(found), None)
    if distribution is None:
        raise PluginError("it is not installed; install it beside fep-tools, or remove it")
    return distribution


def _directories() -> list[str]:
    """Return where packages are installed; the current directory is not one of them."""
    directories = {*map(sysconfig.get_path, ("purelib", "platlib")), *site.getsitepackages()}
    if site.ENABLE_USER_SITE:
        directories.add(site.getusersitepackages())
    return sorted(directories)


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except (Exception, SystemExit) as problem:  # it may raise anything
        raise PluginError(f"{entry.name} = {entry.value} fails with {_describe(problem)}") from None


def _rules(value: Any) -> Iterator[Rule]:
    """Yield the rules in the value of an entry point: a rule, several, or a module of them."""
    values = vars(value).values() if isinstance(value, ModuleType) else value
    if isinstance(value, Rule):
        values = (value,)
    elif not isinstance(value, ModuleType | list | tuple):
        raise PluginError("an entry point is neither a rule, nor several, nor a module of rules")
    found = [value for value in values if isinstance(value, Rule)]
    if not found:
        raise PluginError(f"no rule is in one of its entry points in {RULES}")
    yield from found


def _guarded(check: CheckFunction, rule: Rule, package: str) -> CheckFunction:
    """Return *check* with its exceptions as one message."""

    @wraps(check)
    def guarded(*arguments: Any) -> Iterator[Finding]:
        try:
            for finding in check(*arguments):
                if not isinstance(finding, Finding):
                    raise TypeError("it yielded something else than a Finding")
                yield finding
        except Exception as problem:
            path = getattr(arguments[0], "path", "")
            where = f" on {safe(path)}" if path else ""
            raise PluginError(
                f"the rule {rule.code} [{rule.name}] of the plugin {safe(package)} "
                f"failed{where} with {_describe(problem)}"
            ) from None

    return guarded


def _guarded_reporter(reporter: PluginReporter, name: str, package: str) -> PluginReporter:
    @wraps(reporter)
    def guarded(*arguments: Any) -> str:
        try:
            text = reporter(*arguments)
            if not isinstance(text, str):
                raise TypeError("it returned no text")
        except Exception as problem:
            raise PluginError(
                f"the format {safe(name)} of the plugin {safe(package)} failed "
                f"with {_describe(problem)}"
            ) from None
        return text

    return guarded


def _describe(problem: BaseException) -> str:
    text = safe(str(problem).split("\n")[0], 200)
    return f"{type(problem).__name__}: {text}" if text else type(problem).__name__

"""Check a corpus by the settings of its repository.

Everything here is pure. :mod:`fep_tools.repository` reads the files and caches the results.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import _toml, config
from ..diagnostics import CheckOptions, CheckResult, Severity
from ..errors import ProcessError
from ..process.model import Process
from ..proposals.model import Corpus
from . import baseline, engine
from .changes import ChangeSet
from .plugins import known_rules
from .registry import RuleSet, select_rules, with_severity
from .remembered import Memory
from .rule import Rule
from .suppressions import AcceptedFindings, runs_last


def check(
    corpus: Corpus,
    process: Process,
    options: CheckOptions,
    *,
    settings: config.Settings | None = None,
    baseline_text: str = "",
    changes: ChangeSet | None = None,
    memory: Memory | None = None,
) -> CheckResult:
    """Check proposals that are in memory.

    :param corpus: The proposals. Rules about bodies skip a proposal without one.
    :param process: The process that the proposals have to follow.
    :param settings: The table ``[tool.fep]``. Default: the default of every setting.
    :param baseline_text: The content of a baseline file.
    :param changes: The proposals that differ from a base, for rules about changes.
    :param memory: What is remembered of the proposals. Default: nothing.
    :raises ConfigError: The options or the settings name an unknown rule, or the baseline is
        not valid.
    """
    settings = settings or config.Settings()
    accepted = AcceptedFindings(settings.per_file_ignores)
    if options.baseline and baseline_text:
        recorded = baseline.parse(baseline_text, settings.baseline)
        accepted = AcceptedFindings(settings.per_file_ignores, recorded)
    return engine.run_rules(
        corpus,
        process,
        selected_rules(options, settings, process),
        today=options.today,
        paths=frozenset(options.paths) or None,
        changes=changes or ChangeSet(),
        accepted=accepted,
        known=RuleSet(rules_at_levels(settings, process)),
        memory=memory,
    )


def selected_rules(
    options: CheckOptions, settings: config.Settings, process: Process
) -> tuple[Rule, ...]:
    """Return the rules of a check, at the levels that the settings and the process give to them.

    Selected rules replace those of the settings.

    :raises ConfigError: The options or the settings name an unknown rule.
    :raises ProcessError: The process does.
    """
    settings_paths: list[tuple[str, ...]] = [("ignore", selector) for selector in settings.ignore]
    if not options.select:
        settings_paths += [("select", selector) for selector in settings.select]
    settings_paths += [
        ("per-file-ignores", entry.glob, selector)
        for entry in settings.per_file_ignores
        for selector in entry.codes
    ]
    known = known_rules(settings)
    for path in settings_paths:
        known.require([path[-1]], settings.location(*path))
    selected = options.select or settings.select
    severities = severity_settings(settings, process, known)
    return select_rules(selected, [*options.ignore, *settings.ignore], severities, known)


def rules_at_levels(settings: config.Settings, process: Process) -> tuple[Rule, ...]:
    """Return every rule, at the level that the settings and the process give to it.

    :raises ConfigError: The settings name an unknown rule.
    :raises ProcessError: The process does.
    """
    known = known_rules(settings)
    severities = severity_settings(settings, process, known)
    return tuple(with_severity(rule, severities) for rule in known.rules)


def severity_settings(
    settings: config.Settings, process: Process, known: RuleSet
) -> tuple[Mapping[str, Severity], ...]:
    """Return the levels of rules by selector: those of the settings, then those of the process.

    :raises ConfigError: The settings name an unknown rule.
    :raises ProcessError: The process does.
    """
    for selector, _severity in settings.severity:
        known.require([selector], settings.location("severity", selector))
    name, text = process.source
    for selector in process.severity:
        location = f"{name}:{_toml.line_of(text, ('severity', selector))}"
        known.require([selector], location, ProcessError)
    return dict(settings.severity), process.severity


def needs_bodies(options: CheckOptions, settings: config.Settings, process: Process) -> bool:
    """Return whether a check has a rule about bodies, which take most of the time to parse."""
    return any(rule.family.body for rule in selected_rules(options, settings, process))


def recordable_entries(
    result: CheckResult, settings: config.Settings | None = None
) -> list[baseline.BaselineEntry]:
    """Return baseline entries for the diagnostics of a result.

    Diagnostics about suppressions are left out: recording one would make the baseline itself
    hide that it is out of date.
    """
    known = known_rules(settings or config.Settings())
    recordable = (
        diagnostic
        for diagnostic in result.diagnostics
        if (rule := known.find(diagnostic.code)) and not runs_last(rule)
    )
    return baseline.baseline_entries(recordable)

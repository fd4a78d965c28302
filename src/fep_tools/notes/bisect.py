"""Find the releases of a framework for which a snippet passes.

Some releases are sampled first. Between two samples with different results, the search goes on
until each change of the result is located. A result can change more than once.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from ..sandbox import environments, releases
from ..sandbox.environments import Environment
from ..sandbox.isolation import Isolation
from ..sandbox.toolchain import EnvironmentUnavailable
from .frameworks import Framework
from .model import Snippet
from .runner import Execution, run_snippet

SAMPLES = 12
"""Releases that are run before any in between."""


@dataclass(frozen=True)
class ReleaseRun:
    """The result of a snippet with one release.

    :param date: the day of the release, in ISO format.
    :param summary: ``passes``, or why it fails.
    :param signature: the values of its checks; two releases with the same behave alike.
    :param untried_before: the number of releases between this one and the last one before it
        that was tried, none of which could be.
    """

    version: str
    date: str
    python: str
    passes: bool
    summary: str
    signature: tuple[str, ...]
    untried_before: int = 0


def sample_positions(count: int, samples: int = SAMPLES) -> list[int]:
    """Return *samples* evenly spaced positions among *count*, with the first and the last."""
    if count <= samples:
        return list(range(count))
    return sorted({round(n * (count - 1) / (samples - 1)) for n in range(samples)})


def search(
    count: int, run: Callable[[int], ReleaseRun | None], samples: int = SAMPLES
) -> dict[int, ReleaseRun]:
    """Run some of *count* releases, so that every change between two samples is exact.

    :param run: runs the release at a position; returns ``None`` if that is not possible.
    :return: the runs by position, in order.
    """
    runs: dict[int, ReleaseRun | None] = {}

    def run_once(position: int) -> ReleaseRun | None:
        if position not in runs:
            runs[position] = run(position)
        return runs[position]

    sampled = [position for position in sample_positions(count, samples) if run_once(position)]
    for low, high in pairwise(sampled):
        _narrow(low, high, run_once)
    found: dict[int, ReleaseRun] = {}
    previous = -1
    for position, result in sorted(runs.items()):
        if result is None:
            continue
        untried = [p for p in range(previous + 1, position) if p in runs]
        # Releases between two with the same result were not needed.
        is_exact = position - previous - 1 == len(untried)
        found[position] = replace(result, untried_before=len(untried) if is_exact else 0)
        previous = position
    return found


def _narrow(low: int, high: int, run: Callable[[int], ReleaseRun | None]) -> None:
    """Run releases between *low* and *high* until each change of the result is located."""
    first, last = run(low), run(high)
    if first is None or last is None or first.signature == last.signature:
        return
    # Releases that cannot be run are skipped, so the middle may be some way off.
    center = (low + high) // 2
    between = sorted(range(low + 1, high), key=lambda position: abs(position - center))
    middle = next((position for position in between if run(position)), None)
    if middle is not None:
        _narrow(low, middle, run)
        _narrow(middle, high, run)


def passing_ranges(runs: Iterable[ReleaseRun]) -> list[tuple[ReleaseRun, ReleaseRun]]:
    """Return the first and the last release of each range in which the snippet passes."""
    ranges: list[tuple[ReleaseRun, ReleaseRun]] = []
    passed = False
    for run in runs:
        if run.passes and passed:
            ranges[-1] = (ranges[-1][0], run)
        elif run.passes:
            ranges.append((run, run))
        passed = run.passes
    return ranges


def first_passing(runs: Sequence[ReleaseRun]) -> str | None:
    """Return the version since which the snippet passes, as for ``:Since:``.

    :return: ``None`` if it fails today, if no release fails, or if the release before the first
        that passes could not be tried, so that the start is unknown.
    """
    if not runs or not runs[-1].passes or all(run.passes for run in runs):
        return None
    first = passing_ranges(runs)[-1][0]
    return None if first.untried_before else first.version


def prepare_releases(
    snippet: Snippet,
    framework: Framework,
    directory: Path,
    isolation: Isolation,
    today: date,
    report: Callable[[str], None],
) -> tuple[list[str], Callable[[int], ReleaseRun | None]]:
    """Return the releases of *framework*, oldest first, and a function that runs one by position.

    :param directory: the directory of all environments.
    :param report: called with a line for people about each release.
    """
    cache = releases.ReleaseCache(directory / f"{framework.key}-releases.json")
    package, python = framework.package, framework.python
    # The requirements without those that "formerly" replaces: the package itself stays.
    own = [one for one in framework.requires if releases.pin(one, package, "0") != one]
    alternatives = [framework.requires, (*own, *framework.formerly)]
    versions = releases.list_versions(package, python, today, cache)

    def run(position: int) -> ReleaseRun | None:
        version = versions[position]
        try:
            release = releases.resolve_release(package, version, alternatives, python, today, cache)
            environment = environments.build(release.lock, release.python, directory)
        except EnvironmentUnavailable as problem:
            report(f"{framework.title} {version} could not be tried: {problem}")
            return None
        execution = run_snippet(snippet.text, environment, isolation)
        if failure := _import_failure(snippet.text, execution, environment, isolation):
            report(f"{framework.title} {version} could not be tried: {failure}")
            return None
        result = _release_run(release, execution, snippet)
        report(f"{framework.title} {version}: {result.summary}")
        return result

    return versions, run


def _import_failure(
    text: str, execution: Execution, environment: Environment, isolation: Isolation
) -> str | None:
    """Return why a package that the snippet imports cannot be imported at all, if so.

    ``from flask import stream_template`` fails because Flask lacks it: then ``import flask``
    works, and the release was tried. If that fails as well, the packages do not go together.
    """
    match = _FAILED_LINE.match(execution.reason or "")
    if match is None:
        return None
    packages = imported_packages(text, int(match[1]))
    if not packages and match["error"] in {"ImportError", "ModuleNotFoundError"}:
        # Not a statement of the snippet: a package does not find what it needs itself.
        return _FAILED_LINE.sub(r"raised \g<error>", execution.reason or "")
    for package in packages:
        probe = run_snippet(f"import {package}\nTrue  #> True\n", environment, isolation)
        if probe.reason:
            reason = _FAILED_LINE.sub(r"\g<error>", probe.reason)
            return f"import {package} fails: {reason}"
    return None


_FAILED_LINE = re.compile(r"line ([0-9]+): raised (?P<error>\w+)")
"""The start of a reason, such as ``line 3: raised ImportError: no module``."""


def imported_packages(text: str, line: int) -> list[str]:
    """Return the top-level packages that the import statement on *line* of a program imports."""
    try:
        with warnings.catch_warnings():  # "1if x else y" would print one
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    packages: list[str] = []
    for node in nodes:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if node.lineno <= line <= (node.end_lineno or node.lineno):
            names = [alias.name for alias in node.names]
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else names
            packages += [module.partition(".")[0] for module in modules]
    return [package for package in dict.fromkeys(packages) if package]


def _release_run(
    release: releases.LockedRelease, execution: Execution, snippet: Snippet
) -> ReleaseRun:
    # A snippet that fails before its first check fails in its own way for every release.
    has_values = any(check.got for check in execution.checks)
    return ReleaseRun(
        version=release.version,
        date=release.date,
        python=release.python,
        passes=execution.reason is None,
        summary=snippet.in_file(execution.reason) if execution.reason else "passes",
        signature=tuple(check.got for check in execution.checks) if has_values else ("",),
    )

"""Since which release of a framework a snippet says what it says.

Releases are tried here and there, and then, wherever two of them differ, in between: an
answer may have changed more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from ..sandbox import environments, releases
from ..sandbox.isolation import Isolation
from ..sandbox.toolchain import EnvironmentUnavailable
from .frameworks import Framework
from .model import Snippet
from .runner import Execution, run_snippet

SAMPLES = 12
"""How many releases are tried before any in between."""


@dataclass(frozen=True)
class ReleaseRun:
    """A release that was tried, with *python*, and what the snippet said: *holds*, or *told*.

    *answer* is the same for two releases that say the same.
    """

    version: str
    date: str
    python: str
    passes: bool
    summary: str
    signature: tuple[str, ...]


def sample_positions(count: int, samples: int = SAMPLES) -> list[int]:
    """Places among *count* things, evenly, with the first and the last."""
    if count <= samples:
        return list(range(count))
    return sorted({round(n * (count - 1) / (samples - 1)) for n in range(samples)})


def search(
    count: int, ask: Callable[[int], ReleaseRun | None], samples: int = SAMPLES
) -> dict[int, ReleaseRun]:
    """What *ask* says of some of *count* releases, such that every change it shows is exact.

    ``None`` is for a release that cannot be tried.
    """
    asked: dict[int, ReleaseRun | None] = {}

    def known(place: int) -> ReleaseRun | None:
        if place not in asked:
            asked[place] = ask(place)
        return asked[place]

    places = [place for place in sample_positions(count, samples) if known(place)]
    for low, high in pairwise(places):
        _narrow(low, high, known)
    return {place: tried for place, tried in sorted(asked.items()) if tried}


def _narrow(low: int, high: int, known: Callable[[int], ReleaseRun | None]) -> None:
    """Ask between *low* and *high*, which are known, until each change has its place."""
    first, last = known(low), known(high)
    if first is None or last is None or first.signature == last.signature:
        return
    middle = next((place for place in _from_the_middle(low, high) if known(place)), None)
    if middle is not None:
        _narrow(low, middle, known)
        _narrow(middle, high, known)


def _from_the_middle(low: int, high: int) -> list[int]:
    """The places between, the one in the middle first."""
    middle = (low + high) // 2
    return sorted(range(low + 1, high), key=lambda place: abs(place - middle))


def passing_ranges(found: Iterable[ReleaseRun]) -> list[tuple[ReleaseRun, ReleaseRun]]:
    """From which release to which the snippet holds, each time that it does."""
    spans: list[tuple[ReleaseRun, ReleaseRun]] = []
    held = False
    for tried in found:
        if tried.passes:
            spans = [*spans[:-1], (spans[-1][0], tried)] if held else [*spans, (tried, tried)]
        held = tried.passes
    return spans


def first_passing(found: Sequence[ReleaseRun]) -> str | None:
    """What to write after ``:Since:``: where it began to hold, if it did and still does."""
    if not found or not found[-1].passes or all(tried.passes for tried in found):
        return None
    return passing_ranges(found)[-1][0].version


def prepare_releases(
    snippet: Snippet,
    framework: Framework,
    store: Path,
    isolation: Isolation,
    today: date,
    say: Callable[[str], None],
) -> tuple[list[str], Callable[[int], ReleaseRun | None]]:
    """The releases of *framework*, the oldest first, and what asks one of them."""
    memory = releases.ReleaseCache(store / f"{framework.key}-releases.json")
    package, python = framework.package, framework.python
    own = [one for one in framework.requires if releases.pin(one, package, "0") != one]
    wishes = [framework.requires, (*own, *framework.formerly)]
    known = releases.list_versions(package, python, today, memory)

    def ask(place: int) -> ReleaseRun | None:
        version = known[place]
        try:
            found = releases.resolve_release(package, version, wishes, python, today, memory)
            environment = environments.build(found.lock, found.python, store)
        except EnvironmentUnavailable as problem:
            say(f"{framework.title} {version} cannot be tried: {problem}")
            return None
        tried = _tried(found, run_snippet(snippet.text, environment, isolation))
        say(f"{framework.title} {version}: {tried.summary}")
        return tried

    return known, ask


def _tried(release: releases.Release, found: Execution) -> ReleaseRun:
    told = found.reason or "holds"
    broken = all(not check.got for check in found.checks)
    answer = ("",) if broken else tuple(check.got for check in found.checks)
    return ReleaseRun(
        release.version, release.date, release.python, found.reason is None, told, answer
    )

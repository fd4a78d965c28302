"""The releases of a package, when each was made, and what it was used with at that time.

uv or pip are asked; what they say does not change any more, and is remembered.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from . import resolver, toolchain

FIRST = date(2008, 1, 1)
"""No wheel is older."""

PYTHON_RELEASES = {
    "3.8": date(2019, 10, 14),
    "3.9": date(2020, 10, 5),
    "3.10": date(2021, 10, 4),
    "3.11": date(2022, 10, 24),
    "3.12": date(2023, 10, 2),
    "3.13": date(2024, 10, 7),
    "3.14": date(2025, 10, 7),
}
"""The days of their release, by PEP 569, 596, 619, 664, 693, 719 and 745.

The harness runs on none that is older.
"""

_NAMED = re.compile(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?")


@dataclass(frozen=True)
class Release:
    """A *version*, the *day* of its release, and what was to be had then: a *lock* for *python*."""

    version: str
    date: str
    python: str
    lock: str


class ReleaseCache:
    """What is known of one package's releases, in a file that may be deleted at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, key: str, ask: Callable[[], object]) -> object:
        """What is remembered as *key*; if there is nothing, the answer of *ask*."""
        known = self._known()
        if key not in known:
            known[key] = ask()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            temporary.write_text(json.dumps(known), "utf-8")
            temporary.replace(self.path)
        return known[key]

    def _known(self) -> dict[str, object]:
        try:
            known = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def list_versions(package: str, python: str, day: date, memory: ReleaseCache) -> list[str]:
    """Every final release of *package* for *python*, the oldest first, as of *day*."""

    def ask() -> list[str]:
        base = toolchain.find_python(python)
        told = toolchain.run_tool(
            [*toolchain.any_pip(), "--python", base, "index", "versions", package]
        )
        found = re.search(r"^Available versions: (.*)$", told, re.MULTILINE)
        return found[1].split(", ")[::-1] if found else []

    found = memory.get(f"versions {package} {python} {day}", ask)
    return [str(version) for version in found] if isinstance(found, list) else []


def resolve_release(
    package: str,
    version: str,
    wishes: Sequence[Sequence[str]],
    python: str,
    today: date,
    memory: ReleaseCache,
) -> Release:
    """That release of *package* with the first of *wishes* that could be had on its day.

    It is for *python*, or for the newest older one that there was on that day and is here:
    a release knows nothing of what came after it. Raises :class:`.tools.Unavailable` where
    there are no wheels as old as that.
    """

    def ask() -> object:
        day = _day(f"{package}=={version}", python, today)
        for older in _candidate_pythons(python, day):
            for wish in wishes:
                wanted = [pin(one, package, version) for one in wish]
                try:
                    lock = resolver.resolve(wanted, older, day)
                except toolchain.EnvironmentUnavailable:
                    continue
                return asdict(Release(version, str(day), older, lock))
        return None

    found = memory.get(f"release {package} {version} {python} {wishes}", ask)
    if not isinstance(found, dict):
        raise toolchain.EnvironmentUnavailable(
            "there are no wheels for it that are as old as it is"
        )
    return Release(**found)


def pin(requirement: str, package: str, version: str) -> str:
    """*requirement*; if it is for *package*, for that *version* of it."""
    found = _NAMED.match(requirement)
    if found is None or re.sub(r"[-_.]+", "-", found[1]).lower() != package:
        return requirement
    return f"{found[0]}=={version}"


def _candidate_pythons(newest: str, day: date) -> list[str]:
    """The Pythons that are here, up to *newest*; those that there were on *day* come first."""
    names = list(PYTHON_RELEASES)
    older = reversed(names[: names.index(newest) + 1] if newest in PYTHON_RELEASES else names)
    here = [name for name in (newest, *older) if _is_here(name)]
    return sorted(dict.fromkeys(here), key=lambda name: PYTHON_RELEASES.get(name, date.max) > day)


def _is_here(version: str) -> bool:
    try:
        toolchain.find_python(version)
    except toolchain.EnvironmentUnavailable:
        return False
    return True


def _day(requirement: str, python: str, today: date) -> date:
    """The first day on which *requirement* could be had; after that it always can."""
    low, high = FIRST, today
    if not resolver.is_available(requirement, python, high):
        raise toolchain.EnvironmentUnavailable(
            f"{requirement} is not to be had for Python {python}"
        )
    while low < high:
        middle = low + timedelta(days=(high - low).days // 2)
        if resolver.is_available(requirement, python, middle):
            high = middle
        else:
            low = middle + timedelta(days=1)
    return high

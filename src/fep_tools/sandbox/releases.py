"""The releases of a package: when each was published, and a lock with packages of that time.

The answers of the index about old releases do not change, and are cached.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from ..errors import FepError
from . import environments, resolver, toolchain

FIRST_DAY = date(2008, 1, 1)
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
"""When each Python was released (PEP 569, 596, 619, 664, 693, 719 and 745).

The harness does not run on older ones.
"""

PIP = "pip==25.0.1 --hash=sha256:c46efd13b6aa8279f33f2864459c8ce587ea6a1a59ee20de055868d8f7688f7f\n"
"""The pip that lists versions, the last one for Python 3.8.

It runs outside of the sandbox. Without the hash, the index would choose what runs.
"""

_NAME = re.compile(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?")
"""Name and extras at the start of a requirement: ``sanic[ext]>=24``."""


@dataclass(frozen=True)
class LockedRelease:
    """A release of a package: its ISO *date*, and a *lock* for *python* with packages from then."""

    version: str
    date: str
    python: str
    lock: str


class ReleaseCache:
    """Answers of the index about one package, in a JSON file that may be deleted at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, key: str, compute: Callable[[], object]) -> object:
        """Return the value cached for *key*; if there is none, store what *compute* returns."""
        cached = self._load()
        if key not in cached:
            cached[key] = compute()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            temporary.write_text(json.dumps(cached), "utf-8")
            temporary.replace(self.path)
        return cached[key]

    def _load(self) -> dict[str, object]:
        try:
            cached = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return cached if isinstance(cached, dict) else {}


def list_versions(package: str, python: str, day: date, cache: ReleaseCache) -> list[str]:
    """Return every final release of *package* that has files for *python*, oldest first.

    :param day: today; the answer is cached for that day.
    """

    def ask_index() -> list[str]:
        # uv cannot list the versions of a package, but pip can.
        pip = environments.build(PIP, python, cache.path.parent).python
        output = toolchain.run_tool([pip, "-I", "-m", "pip", "index", "versions", package])
        # "Available versions: 25.12.1, 25.12.0, 24.6.0"
        line = re.search(r"^Available versions: (.*)$", output, re.MULTILINE)
        return line[1].split(", ")[::-1] if line else []

    versions = cache.get(f"versions {package} {python} {day}", ask_index)
    return [str(version) for version in versions] if isinstance(versions, list) else []


def resolve_release(
    package: str,
    version: str,
    alternatives: Sequence[Sequence[str]],
    python: str,
    today: date,
    cache: ReleaseCache,
) -> LockedRelease:
    """Return release *version* of *package*, with a lock of what was available on its day.

    It is resolved for *python* if that was out on that day and works, else for the newest older
    Python on this machine: a release knows nothing of what came after it.

    :param alternatives: lists of requirements; the first list that can be resolved is used.
    :raises EnvironmentUnavailable: if there are no wheels as old as the release.
    :raises FepError: if the index has no upload dates.
    """

    def ask_index() -> object:
        day = _release_date(f"{package}=={version}", python, today)
        for candidate in candidate_pythons(python, day):
            for requires in alternatives:
                pinned = [pin(requirement, package, version) for requirement in requires]
                try:
                    lock = resolver.resolve(pinned, candidate, day)
                except resolver.NoSolution:
                    continue
                return asdict(LockedRelease(version, str(day), candidate, lock))
        return None

    release = cache.get(f"{package}=={version} {python} {alternatives}", ask_index)
    if not isinstance(release, dict):
        raise toolchain.EnvironmentUnavailable("there are no wheels as old as this release")
    return LockedRelease(**release)


def pin(requirement: str, package: str, version: str) -> str:
    """Return *requirement* with *version*, if it is about *package*; else unchanged.

    ``Flask[async]>=2`` becomes ``Flask[async]==2.0``.
    """
    name = _NAME.match(requirement)
    if name is None or re.sub(r"[-_.]+", "-", name[1]).lower() != package:
        return requirement
    return f"{name[0]}=={version}"


def candidate_pythons(newest: str, day: date) -> list[str]:
    """Return the installed Pythons up to *newest*, newest first; those out on *day* come first."""
    names = list(PYTHON_RELEASES)
    older = reversed(names[: names.index(newest) + 1] if newest in PYTHON_RELEASES else names)
    installed = [name for name in dict.fromkeys((newest, *older)) if _is_installed(name)]
    return sorted(installed, key=lambda name: PYTHON_RELEASES.get(name, date.max) > day)


def _is_installed(version: str) -> bool:
    try:
        toolchain.find_python(version)
    except toolchain.EnvironmentUnavailable:
        return False
    return True


def _release_date(requirement: str, python: str, today: date) -> date:
    """Return the first day on which *requirement* was available, by bisecting the days.

    :raises FepError: if the index has no dates: then nothing is known about any day.
    """
    if not resolver.is_available(requirement, python, today):
        if resolver.is_available(requirement, python, None):
            raise _no_dates(requirement)
        raise toolchain.EnvironmentUnavailable(
            f"{requirement} is not available for Python {python}"
        )
    if resolver.is_available(requirement, python, FIRST_DAY):
        raise _no_dates(requirement)
    low, high = FIRST_DAY + timedelta(days=1), today
    while low < high:
        middle = low + timedelta(days=(high - low).days // 2)
        if resolver.is_available(requirement, python, middle):
            high = middle
        else:
            low = middle + timedelta(days=1)
    return high


def _no_dates(requirement: str) -> FepError:
    return FepError(
        f"the package index gives no upload date for {requirement}, so the packages that "
        "existed on the day of a release are unknown; use an index with upload dates, such as PyPI"
    )

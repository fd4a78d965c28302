"""Choose the version of an extension, and resolve it together with one version of Flask.

Only wheels are used: a source distribution runs its own code when it is built. An extension that
has nothing else cannot be installed here.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from .._text import quote
from ..errors import FepError
from ..sandbox import resolver
from ..sandbox.releases import candidate_pythons
from ..sandbox.resolver import NoSolution
from .model import normalize

SOURCE_ONLY = "only a source distribution, which would have to run its own code"

_SEEDED = "setuptools"
"""What every environment had before Python 3.12, and extensions import without a declaration."""

_BECAUSE = re.compile(r"Because (.+?),? we can conclude")
"""The first sentence of uv's explanation: ``Because a==1 depends on b<2 and you ..., we can``."""

_NO_WHEELS = re.compile(
    r"(?P<one>[a-z0-9-]+)\S* has no usable wheels|all versions of (?P<all>\S+) have no usable"
)
"""uv's words, such as ``flask-script==2.0.6 has no usable wheels``."""

_VERSION = re.compile(r"[0-9][0-9A-Za-z.!+_-]{0,59}")

_PIN = re.compile(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class LockTask:
    """What is to be resolved.

    :param version: the version of the extension; ``None`` for the newest as of *day*.
    :param flask: the version of Flask.
    :param day: releases up to the end of this day are used.
    """

    name: str
    version: str | None
    flask: str
    python: str
    day: date


class Lock(BaseModel):
    """The packages of an environment, or the reason why there are none.

    :param version: the version of the extension, if one was chosen.
    :param text: the lock, ``""`` if there is none.
    :param reason: why there is none.
    :param is_unknown: nothing follows from that for the extension: it is not on the index, or
        was not released by that day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    version: str | None = None
    text: str = ""
    reason: str = Field("", max_length=400)
    is_unknown: bool = False

    @classmethod
    def load(cls, text: str) -> Self:
        """Return the lock that *text* is; raise :class:`ValueError` if it is none."""
        return cls.model_validate_json(text)

    @property
    def versions(self) -> dict[str, str]:
        """The versions by normalized name."""
        return dict(_PIN.findall(self.text))


def choose_python(day: date) -> str:
    """Return the version of this Python, or of the newest older one that was released by *day*."""
    return candidate_pythons(f"3.{sys.version_info.minor}", day)[0]


def require_version(text: str) -> None:
    """Raise :class:`FepError` unless *text* is one version: uv gets it in a line of its own."""
    if not _VERSION.fullmatch(text):
        raise FepError(f"{quote(text)} is not a version; write it like 3.0.0")


def require_flask(version: str, python: str, day: date) -> None:
    """Raise :class:`FepError` unless Flask *version* was released by *day*."""
    if not resolver.is_available(f"flask=={version}", python, day):
        raise FepError(f"there was no Flask {version} for Python {python} on {day}")


def resolve_lock(task: LockTask) -> str:
    """Return a :class:`Lock` as JSON.

    :raises FepError: if the index does not answer, or *python* is not installed.
    """
    return _resolve(task).model_dump_json()


def _resolve(task: LockTask) -> Lock:
    version = task.version
    if version is None:
        chosen = _newest_version(task)
        if isinstance(chosen, Lock):
            return chosen
        version = chosen
    require_version(version)
    requires = [f"flask=={task.flask}", f"{task.name}=={version}"]
    if _minor(task.python) < 12:
        requires.append(_SEEDED)
    try:
        lock = resolver.resolve(requires, task.python, task.day)
    except NoSolution as problem:
        return _refused(task, str(problem), version)
    return Lock(version=version, text=lock)


def _newest_version(task: LockTask) -> str | Lock:
    """Return the newest final version of the extension, or why it cannot be used."""
    options = ("--no-deps", "--prerelease", "disallow")
    try:
        lock = resolver.resolve([task.name], task.python, task.day, *options)
    except NoSolution as problem:
        return _refused(task, str(problem), None)
    version = next(iter(Lock(text=lock).versions.values()))
    try:
        # uv takes an older version if newer ones have no wheel. Others would get the newest.
        resolver.resolve([f"{task.name}>{version}"], task.python, task.day, *options)
    except NoSolution as problem:
        if _NO_WHEELS.search(str(problem)):
            return Lock(reason=f"{SOURCE_ONLY} (versions after {version})")
    return version


def _refused(task: LockTask, error: str, version: str | None) -> Lock:
    """Return the lock that says why there is none."""
    own = normalize(task.name)
    if no_wheels := _NO_WHEELS.search(error):
        package = no_wheels["one"] or no_wheels["all"]
        if package == own:
            return Lock(version=version, reason=SOURCE_ONLY)
        # Otherwise only some versions have no wheels, and there is another reason as well.
        if "only the following versions of" not in error:
            reason = f"{package}, which it needs, has {SOURCE_ONLY}"
            return Lock(version=version, reason=reason)
    if "was not found in the package registry" in error:
        return Lock(version=version, reason="the package index does not have it", is_unknown=True)
    if re.search(rf"no versions? of {own}\b|only {own}\S* is available", error):
        what = f"version {version}" if version else "release"
        reason = f"there was no {what} on {task.day}"
        return Lock(version=version, reason=reason, is_unknown=True)
    because = _BECAUSE.search(error)
    return Lock(version=version, reason=(because[1] if because else error)[:400])


def _minor(python: str) -> int:
    return int(python.partition(".")[2])

"""What the environment of a framework is resolved to, as a file of exact versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .._text import did_you_mean, plural
from ..errors import FepError
from ..sandbox import resolver
from .frameworks import Framework, lock_path, pinned_versions
from .store import NoteStore


def select_frameworks(evidence: NoteStore, keys: Iterable[str]) -> tuple[Framework, ...]:
    """The frameworks of those *keys*, or all of them."""
    known = _known(evidence)
    return tuple(_named(known, key) for key in keys) or tuple(known.values())


def _known(evidence: NoteStore) -> dict[str, Framework]:
    if evidence.table is None:
        raise FepError("this process has no [notes], so there are no frameworks")
    return evidence.frameworks.by_key


def _named(known: dict[str, Framework], key: str) -> Framework:
    if key not in known:
        raise FepError(f"there is no framework {key}; {did_you_mean(key, known)}")
    return known[key]


def lockfile_path(evidence: NoteStore, framework: Framework) -> str:
    """Where the lock of *framework* is."""
    assert evidence.table is not None
    return lock_path(evidence.table.frameworks, framework.key)


def create_lock(framework: Framework, day: date) -> str:
    """The lock of *framework*, of what had been released by the end of *day*."""
    resolved = resolver.resolve(framework.requires, framework.python, day)
    told = f"{', '.join(framework.requires)} on Python {framework.python}, as of {day}"
    return f"# {told}; made by `fep notes lock`.\n{resolved}"


def describe_lock(framework: Framework, lock: str) -> str:
    """A few words on a lock: ``Sanic 25.12.1, 23 packages``."""
    found = pinned_versions(lock)
    return f"{framework.title} {found[framework.package]}, {plural(len(found), 'package')}"

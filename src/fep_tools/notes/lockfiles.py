"""Lock files: the exact versions that a framework's environment consists of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .._text import did_you_mean, plural, safe
from ..errors import FepError
from ..sandbox import resolver
from .frameworks import Framework, lock_path, pinned_versions
from .store import NoteStore


def select_frameworks(store: NoteStore, keys: Iterable[str]) -> tuple[Framework, ...]:
    """Return the frameworks with these *keys*, or all if there are none.

    :raises FepError: if a key is unknown, or the process has no notes.
    """
    if store.table is None:
        raise FepError("this process has no [notes], and so no frameworks")
    known = store.frameworks.by_key
    for key in keys:
        if key not in known:
            raise FepError(f"there is no framework {key}; {did_you_mean(key, known)}")
    return tuple(known[key] for key in keys) or tuple(known.values())


def lockfile_path(store: NoteStore, framework: Framework) -> str:
    """Return the path of the lock of *framework*."""
    assert store.table is not None
    return lock_path(store.table.frameworks, framework.key)


def create_lock(framework: Framework, day: date) -> str:
    """Return a lock of what *framework* requires, from releases up to the end of *day*.

    :raises FepError: if it lacks the package of *framework*.
    """
    pins = resolver.resolve(framework.requires, framework.python, day)
    if framework.package not in pinned_versions(pins):
        raise FepError(f"{framework.key}: nothing that it requires needs {framework.package}")
    requires = ", ".join(framework.requires)
    return (
        f"# {requires} on Python {framework.python}, as of {day}; made by `fep notes lock`.\n{pins}"
    )


def describe_lock(framework: Framework, lock: str) -> str:
    """Return a summary of a lock, as ``Sanic 25.12.1, 23 packages``."""
    versions = pinned_versions(lock)
    version, count = versions[framework.package], plural(len(versions), "package")
    return f"{safe(framework.title)} {version}, {count}"

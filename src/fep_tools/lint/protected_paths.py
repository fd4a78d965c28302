"""Files that decide what runs and how proposals are judged: a change of them needs a maintainer.

Whoever reads a request for its prose should not overlook that it also brings code (SEC-H3).
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from .._text import join_words

NAMES = (
    "*.py",
    "*.js",
    ".ci/*",
    ".gitattributes",
    ".github/*",
    ".gitlab-ci.yml",
    ".gitmodules",
    ".mailmap",
    ".pre-commit-config.yaml",
    ".readthedocs.y*ml",
    "Makefile",
    "*_templates/*",
    "action.y*ml",
    "docutils.conf",
    "fep/*",
    "pyproject.toml",
    "requirements*",
    "tox.ini",
    "uv.lock",
)
"""Patterns of paths from the root; ``*`` goes through folders."""

SHOWN = 5
"""How many of them a note names."""


def touched(before: Mapping[str, str], after: Mapping[str, str], process: str) -> list[str]:
    """The paths of protected files that differ between two trees, *process* among them."""
    differing = {path for path, blob in (before.items() ^ after.items())}
    return sorted(path for path in differing if path == process or is_protected(path))


def is_protected(path: str) -> bool:
    """Whether a maintainer has to look at a change of the file at *path*."""
    return any(fnmatchcase(path, name) for name in NAMES)


def note(paths: list[str]) -> str:
    """What a reviewer is told."""
    named = paths[:SHOWN] if len(paths) <= SHOWN else [*paths[:SHOWN], "others"]
    told = join_words(named, "and")
    return f"this change also brings what runs or judges: {told}; a maintainer has to look"

"""A digest of the program: a new version of it must read and write all pages again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .._cache import key

PACKAGES = ("", "catalog", "catalog/charts", "catalog/exports", "editorial", "extensions",
            "history", "lint",
            "lint/rules", "lint/rules/*", "notes", "process", "process/schema", "proposals",
            "proposals/fields", "proposals/rst", "repository", "site")  # fmt: skip
"""The packages of fep-tools that have a part in pages: the one on rules shows their docstrings."""


@cache
def program_digest(package: Path = Path(__file__).parent.parent) -> str:
    """Return a digest of the modules that have a part in pages.

    :param package: the directory of fep-tools.
    """
    files = (path for name in PACKAGES for path in sorted(package.glob(f"{name}/*.py".lstrip("/"))))
    return key(*(path.read_bytes() for path in files)).hex()

"""Files that decide which programs run, how proposals are checked, or what the site publishes.

A change of such a file needs a review by a maintainer. Someone who reviews a pull request for
its prose should not overlook that it also brings code (see docs/security.rst, *sec-gate*).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase

from .._text import join_words

PATTERNS = (
    "*.bat",
    "*.js",
    "*.pth",
    "*.py",
    "*.sh",
    "*.so",
    ".ci/*",
    ".circleci/*",
    ".devcontainer/*",
    ".envrc",
    ".gitattributes",
    ".github/*",
    ".gitlab-ci.yml",
    ".gitmodules",
    ".mailmap",
    ".pre-commit-config.yaml",
    ".readthedocs.y*ml",
    ".travis.yml",
    ".vscode/*",
    # Wherever GitHub and GitLab look for it: .github/, .gitlab/, docs/ and the root.
    "*CODEOWNERS",
    "*Dockerfile",
    # GNU make reads GNUmakefile and makefile before Makefile.
    "*[Mm]akefile",
    "*.mk",
    "*_static/*",
    "*_templates/*",
    "action.y*ml",
    "docutils.conf",
    "fep/*",
    "pyproject.toml",
    "package.json",
    "requirements*",
    "setup.cfg",
    "tox.ini",
    "uv.lock",
)
"""Patterns of paths from the root of the repository; ``*`` matches ``/`` as well."""

MAX_NAMED = 5
"""How many paths a note names."""


def changed_paths(
    before: Mapping[str, object],
    after: Mapping[str, object],
    process_path: str,
    is_handbook: Callable[[str], bool],
) -> list[str]:
    """Return the protected paths that differ between two trees.

    :param before: The mode and the blob of every path, as git has them.
    :param process_path: The process file, which is protected under any name.
    :param is_handbook: Whether the page at a path may read other files when the site is built.
    """
    differing = {path for path, _blob in before.items() ^ after.items()}
    return sorted(p for p in differing if p == process_path or is_protected(p) or is_handbook(p))


def is_protected(path: str) -> bool:
    """Return whether a change of a file needs a review by a maintainer."""
    return any(fnmatchcase(path, pattern) for pattern in PATTERNS)


def notes(paths: Sequence[str]) -> list[str]:
    """Return a note for the reviewer, if the change has protected paths."""
    if not paths:
        return []
    named = paths if len(paths) <= MAX_NAMED else [*paths[:MAX_NAMED], "others"]
    listed = join_words(named, "and")
    effect = "this change also affects what runs, how proposals are checked or what is published"
    return [f"{effect}: {listed}; a maintainer has to review it"]

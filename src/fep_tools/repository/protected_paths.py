"""Files that decide which programs run, how proposals are checked, or what the site publishes.

A change of such a file needs a review by a maintainer. Someone who reviews a pull request for
its prose should not overlook that it also brings code (see docs/security.rst, *sec-gate*).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fnmatch import fnmatchcase

from .._text import join_words, plural

PATTERNS = (
    "*.bat",
    "*.cjs",
    "*.cmd",
    "*.js",
    "*.mjs",
    "*.ps1",
    "*.pth",
    "*.py",
    "*.py[cd]",
    "*.sh",
    "*.so",
    "*.ts",
    ".buildkite/*",
    ".ci/*",
    ".circleci/*",
    ".cirrus.yml",
    ".devcontainer/*",
    ".drone.yml",
    ".envrc",
    ".fep_cache/*",
    ".forgejo/*",
    ".gitea/*",
    # In any directory: what git converts and merges, and which changes a host does not show.
    "*.gitattributes",
    ".github/*",
    ".gitlab-ci.yml",
    ".gitlab/*",
    ".gitmodules",
    ".mailmap",
    ".npmrc",
    ".pre-commit-config.yaml",
    ".python-version",
    ".readthedocs.y*ml",
    ".tool-versions",
    ".travis.yml",
    ".vscode/*",
    ".woodpecker*",
    # Wherever GitHub and GitLab look for it: .github/, .gitlab/, docs/ and the root.
    "*codeowners",
    "*dockerfile",
    # GNU make reads GNUmakefile and makefile before Makefile.
    "*makefile",
    "*.mk",
    "*justfile",
    "*_static/*",
    "*_templates/*",
    "action.y*ml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    # Where fep build writes the site: what no page replaces is published as it is.
    "build/*",
    "docutils.conf",
    "fep/*",
    # In a deeper directory, commands take it for that of a repository.
    "*/fep/process.toml",
    "jenkinsfile",
    "mise.toml",
    "pdm.*",
    "pipfile*",
    "poetry.*",
    "pyproject.toml",
    "pylock.*",
    "pytest.ini",
    "package*.json",
    "requirements*",
    "setup.cfg",
    "tox.ini",
    "uv.lock",
    "uv.toml",
)
"""Patterns of paths from the root of the repository, in lower case; ``*`` matches ``/`` as well."""

MAX_NAMED = 20
"""How many paths a note names."""


def changed_paths(
    before: Mapping[str, object],
    after: Mapping[str, object],
    settings_paths: Collection[str],
    is_handbook: Callable[[str], bool],
) -> list[str]:
    """Return the protected paths that differ between two trees.

    :param before: The mode and the blob of every path, as git has them.
    :param settings_paths: Files that are protected under any name: the process file and the
        baseline, before the change and after it.
    :param is_handbook: Whether the page at a path may read other files when the site is built.
    """
    differing = {path for path, _blob in before.items() ^ after.items()}
    named = {path.casefold() for path in settings_paths}
    return sorted(
        p for p in differing if p.casefold() in named or is_protected(p) or is_handbook(p)
    )


def is_protected(path: str) -> bool:
    """Return whether a change of a file needs a review by a maintainer.

    Where file names have no case, as on macOS and Windows, ``FEP/process.toml`` is the process.

    :param path: The path from the root of proposals. Above it, ``../.github/check.yml`` is one.
    """
    name = re.sub(r"^(\.\./)+", "", path.casefold())
    return any(fnmatchcase(name, pattern) for pattern in PATTERNS)


def notes(paths: Sequence[str]) -> list[str]:
    """Return a note for the reviewer, if the change has protected paths."""
    if not paths:
        return []
    listed = join_words(named_paths(paths), "and")
    effect = "this change also affects what runs, how proposals are checked or what is published"
    return [f"{effect}: {listed}; a maintainer has to review it"]


def named_paths(paths: Sequence[str]) -> Sequence[str]:
    """Return the first paths, and how many others there are."""
    others = len(paths) - MAX_NAMED
    return paths if others <= 0 else [*paths[:MAX_NAMED], plural(others, "other")]

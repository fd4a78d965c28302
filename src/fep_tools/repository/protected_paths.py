"""Files that decide which programs run, how proposals are checked, or what the site publishes.

A change of such a file needs a review by a maintainer. Someone who reviews a pull request for
its prose should not overlook that it also brings code (see docs/security.rst, *sec-gate*).

There are too many programs, services and editors to name all of their files. So every file counts
as one of these, unless it is known to be a text or a picture and has no name that a program looks
for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fnmatch import translate

from .._text import join_words, plural
from ..process.attachments import RESULTS_SUFFIXES
from ..process.schema import TEXTS
from ..proposals.discovery import IMAGES

PROSE = (
    *TEXTS,
    ".adoc",
    ".asciidoc",
    ".mediawiki",
    *IMAGES,
    # Translations.
    ".po",
    ".pot",
    # Tables.
    ".csv",
    ".tsv",
    # Recorded by commands of fep. Rules check that they fit their proposals, and
    # unjudged_files.py names those of settled ones.
    *RESULTS_SUFFIXES,
)
"""The ends of the names of files that people read, and that no program obeys."""

PATTERNS = (
    # Of git, CI services, editors and many tools: ".github", ".gitattributes", ".vscode", ".npmrc".
    ".*",
    # What pip installs, also in "requirements/dev.txt", and the settings of other programs.
    "*constraints*.txt",
    "*dependencies*.txt",
    "*requirements*.txt",
    "*/*requirements*/*.txt",
    "apt.txt",
    "cmakelists.txt",
    "packages.txt",
    "runtime.txt",
    # Examples in them are tests for pytest, which runs them.
    "test*.txt",
    # Instructions for programs that write code, which run others.
    "agent*.md",
    "claude*.md",
    "crush.md",
    "gemini*.md",
    "qwen*.md",
    "replit.md",
    "skill.md",
    "warp.md",
    # Themes of the site, and what it publishes as it is.
    "*_static",
    "*_templates",
    # Where fep build writes the site: what no page replaces is published as it is.
    "/_readthedocs",
    "/build",
    "/public",
    # The process, its templates, and lock files of frameworks.
    "/fep",
)
"""Patterns of names in lower case, of files, and of directories with all that they contain.

With ``/``, a pattern is for a whole path, which begins with ``/`` at the root of proposals.
"""

_PROTECTED = re.compile("|".join(map(translate, PATTERNS)))

PLAIN_MODES = ("100644", "100664")
"""The modes of files that are neither executable, nor symbolic links, nor submodules.

Early versions of git wrote the second one.
"""

MAX_NAMED = 20
"""How many paths a note names."""


def changed_paths(
    before: Mapping[str, tuple[str, str]],
    after: Mapping[str, tuple[str, str]],
    configured_paths: Collection[str],
    is_handbook: Callable[[str], bool],
) -> list[str]:
    """Return the protected paths that differ between two trees.

    :param before: The mode and the blob of every path, as git has them.
    :param configured_paths: Files and directories that are protected under any name: the process
        file and the baseline, before the change and after it, and what the process of the base
        installs or publishes.
    :param is_handbook: Whether the page at a path may read other files when the site is built.
    """
    differing = before.items() ^ after.items()
    # A submodule has another program at another commit. A symbolic link, such as "docs/theme", is
    # another file or directory for all that follow it.
    special = {path for path, (mode, _id) in differing if mode not in PLAIN_MODES}
    configured = tuple(f"{path.casefold()}/" for path in configured_paths)
    return sorted(
        path
        for path in {path for path, _entry in differing}
        if path in special
        or f"{path.casefold()}/".startswith(configured)
        or is_protected(path)
        or is_handbook(path)
    )


def is_protected(path: str) -> bool:
    """Return whether a change of a file needs a review by a maintainer, by its path.

    Where file names have no case, as on macOS and Windows, ``FEP/process.toml`` is the process.

    :param path: The path from the root of proposals. Above it, ``../.github/check.yml`` is one.
    """
    name = re.sub(r"^(\.\./)+", "", path.casefold())
    if not name.endswith(PROSE):
        return True
    parts = name.split("/")
    return any(map(_PROTECTED.match, (*parts, f"/{parts[0]}", f"/{name}")))


def notes(paths: Sequence[str]) -> list[str]:
    """Return a note for the reviewer, if the change has protected paths."""
    if not paths:
        return []
    listed = join_words(named_paths(paths), "and")
    effect = "this change may also affect what runs, how proposals are checked or what is published"
    return [f"{effect}: {listed}; a maintainer has to review it"]


def named_paths(paths: Sequence[str]) -> Sequence[str]:
    """Return the first paths, and how many others there are."""
    others = len(paths) - MAX_NAMED
    return paths if others <= 0 else [*paths[:MAX_NAMED], plural(others, "other")]

"""Create a repository: a process, a template, and a first proposal that explains both."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import _atomic
from .._text import quote
from ..diagnostics import CheckOptions, CheckResult
from ..errors import FepError, RepositoryError
from ..repository import Repository

STARTER = Path(__file__).parent.parent / "process" / "starter"
"""The files of a new repository; their community is called ``XEP``."""

# In the package this file has another name, or git would apply it there.
_RENAMED = {"gitignore": ".gitignore"}


@dataclass(frozen=True)
class Community:
    """The community that a new repository is for.

    :param acronym: such as ``TIP``; up to 16 letters and digits
    :param name: such as ``Team Improvement Proposal``
    :param author: the author of the first proposal
    :param created: its date
    """

    acronym: str
    name: str
    author: str
    created: date


def init_repository(root: Path, community: Community) -> CheckResult:
    """Write the files of a new repository to *root*, and check it.

    :raises FepError: if a name cannot be used
    :raises RepositoryError: if one of the files already exists; then nothing is written
    """
    texts = render_files(community)
    existing = [path for path in texts if os.path.lexists(root / path)]
    if existing:
        raise RepositoryError(f"{root / existing[0]} already exists; nothing was created")
    for path, text in texts.items():
        root.mkdir(parents=True, exist_ok=True)
        _atomic.create(root, path, text.encode())
    return Repository.open(root).check(CheckOptions(community.created, jobs=1))


def render_files(community: Community) -> dict[str, str]:
    """Return the text of each file of a new repository, by path.

    :raises FepError: if a name would change the structure of a file
    """
    _validate(community)
    replacements = {
        "X Enhancement Proposal": community.name,
        "XEP": community.acronym.upper(),
        "xep": community.acronym.lower(),
    }
    return {
        _replace_all(path, replacements): _fill_in(
            _replace_all(text, replacements), path, community
        )
        for path, text in _starter_files()
    }


def _validate(community: Community) -> None:
    if not re.fullmatch("[A-Za-z][A-Za-z0-9]{0,15}", community.acronym):
        raise FepError(
            f"the acronym {quote(community.acronym)} cannot be used; "
            "use up to 16 letters and digits, such as TIP"
        )
    for label, text in (("name", community.name), ("author", community.author)):
        # These characters mean something in TOML strings, headers or reStructuredText.
        is_plain = text.isprintable() and text == " ".join(text.split()) and text
        if not is_plain or set(text) & set('"\\`*_|<>'):
            raise FepError(f"the {label} {quote(text)} cannot be used; use one line of plain text")


def _starter_files() -> Iterator[tuple[str, str]]:
    for file in sorted(STARTER.rglob("*")):
        path = file.relative_to(STARTER).as_posix()
        if file.is_file() and file.suffix not in {".py", ".pyc"}:
            yield _RENAMED.get(path, path), file.read_text("utf-8")


def _replace_all(text: str, replacements: dict[str, str]) -> str:
    """Replace all keys in one pass, so that a name such as ``XEP Club`` is not replaced again."""
    pattern = "|".join(map(re.escape, replacements))
    return re.sub(pattern, lambda match: replacements[match[0]], text)


def _fill_in(text: str, path: str, community: Community) -> str:
    """Fill in the author and the date, and make underlines as long as their titles.

    The placeholders in templates stay for ``fep new``.
    """
    if "templates" not in path:
        text = text.replace("{author}", community.author)
        text = text.replace("{created}", community.created.isoformat())
    # A title and its underline: "XEP 1\n=====".
    return re.sub(r"(?m)^(\S.*)\n(=+)$", lambda match: f"{match[1]}\n{'=' * len(match[1])}", text)

"""The files of a new repository: a process, a template, and a first proposal about both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .._text import quote
from ..errors import FepError

STARTER = Path(__file__).parent.parent / "process" / "starter"

_NAMES = {"gitignore": ".gitignore"}
"""Files that are called otherwise here, since they would have an effect."""


@dataclass(frozen=True)
class Community:
    """Who begins: ``TIP``, ``Team Improvement Proposal``, and the author of the first one."""

    acronym: str
    name: str
    author: str
    created: date


def files(community: Community) -> dict[str, str]:
    """The text of every file, by path; raises :class:`FepError` for names that cannot be used."""
    _refuse(community)
    exchanged = {
        "X Enhancement Proposal": community.name,
        "XEP": community.acronym.upper(),
        "xep": community.acronym.lower(),
    }
    return {
        _exchange(path, exchanged): _filled(_exchange(text, exchanged), path, community)
        for path, text in _texts()
    }


def _refuse(community: Community) -> None:
    if not re.fullmatch("[A-Za-z][A-Za-z0-9]{0,15}", community.acronym):
        told = "write letters and digits, such as TIP"
        raise FepError(f"the acronym {quote(community.acronym)} cannot be used; {told}")
    for what, text in (("name", community.name), ("author", community.author)):
        tidy = text.isprintable() and text == " ".join(text.split()) and text
        if not tidy or set(text) & set('"\\`*_|<>'):
            raise FepError(f"the {what} {quote(text)} is no plain line of text")


def _texts() -> Iterator[tuple[str, str]]:
    for file in sorted(STARTER.rglob("*")):
        path = file.relative_to(STARTER).as_posix()
        if file.is_file() and file.suffix not in {".py", ".pyc"}:
            yield _NAMES.get(path, path), file.read_text("utf-8")


def _exchange(text: str, exchanged: dict[str, str]) -> str:
    """*text* with all of *exchanged* at once, so that no name is taken for another."""
    pattern = "|".join(map(re.escape, exchanged))
    return re.sub(pattern, lambda found: exchanged[found[0]], text)


def _filled(text: str, path: str, community: Community) -> str:
    """*text* with its titles underlined as long as they are; templates keep their holes."""
    if "templates" not in path:
        text = text.replace("{author}", community.author)
        text = text.replace("{created}", community.created.isoformat())
    return re.sub(r"(?m)^(\S.*)\n(=+)$", lambda found: f"{found[1]}\n{'=' * len(found[1])}", text)

"""The files of a new repository, in the words of its community."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .._text import quote
from ..errors import FepError
from ..process.loader import parse_process
from ..process.source import find_process
from .create import NewProposal, render_proposal
from .likeness import process_like

STARTER = Path(__file__).parent.parent / "process" / "starter"
"""The files of a new repository; their community is called ``XEP``."""

PROCESS = "fep/process.toml"

# In the package these files have other names, or git and others would apply them there.
RENAMED = {
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "github/workflows/desk.yml": ".github/workflows/desk.yml",
    "github/workflows/proposals.yml": ".github/workflows/proposals.yml",
}


@dataclass(frozen=True)
class Community:
    """The community that a new repository is for.

    :param acronym: such as ``TIP``; up to 16 letters and digits
    :param name: such as ``Team Improvement Proposal``
    :param author: the author of the first proposal
    :param created: its date
    :param like: the process file, or the name of the built-in process, to start from; empty for
        the starter's
    """

    acronym: str
    name: str
    author: str
    created: date
    like: str = ""

    @property
    def singular(self) -> str:
        """The name of one proposal, even if *name* is that of several."""
        if self.plural != self.name:
            return self.name
        ending = re.compile("(?<=[^aeiou])ies$")
        return ending.sub("y", self.name) if ending.search(self.name) else self.name[:-1]

    @property
    def plural(self) -> str:
        """The name of several proposals: ``Policies`` for ``Policy`` and for ``Policies``."""
        name = self.name
        if re.search("(?:ss|us|x|z|ch|sh)$", name):
            return f"{name}es"
        if name.endswith("s"):
            return name
        return f"{name[:-1]}ies" if re.search("[^aeiou]y$", name) else f"{name}s"


def render_files(community: Community) -> dict[str, str]:
    """Return the text of each file of a new repository, by path.

    :raises FepError: if a name would change the structure of a file
    """
    _validate(community)
    replacements = {
        "X Enhancement Proposals": community.plural,
        "X Enhancement Proposal": community.singular,
        "XEP": community.acronym.upper(),
        "xep": community.acronym.lower(),
    }
    texts = {
        _replace_all(path, replacements): _fill_in(
            _replace_all(text, replacements), path, community
        )
        for path, text in starter_files()
    }
    return {**_without_process(texts), **_like(community)} if community.like else texts


def _without_process(texts: Mapping[str, str]) -> dict[str, str]:
    return {
        path: text for path, text in texts.items() if not path.startswith(("fep/", "proposals/"))
    }


def _like(community: Community) -> dict[str, str]:
    """Return the process file and the first proposal, like those of another community."""
    source = find_process(Path(), community.like, PROCESS)
    other = parse_process(source[1], source[0])
    acronym = community.acronym.upper()
    text = process_like(other, acronym, community.singular, community.plural)
    process = parse_process(text, PROCESS)
    names = [type_.name for type_ in process.types]
    type_ = "Process" if "Process" in names else next(iter(names), "")
    new = NewProposal(
        f"{acronym} Purpose and Guidelines", type_, community.author, community.created
    )
    path = process.path_for_new(process.first_number, new.title)
    return {PROCESS: text, path: render_proposal(process, process.first_number, new, None)}


def _validate(community: Community) -> None:
    require_acronym(community.acronym)
    for label, text in (("name", community.name), ("author", community.author)):
        require_plain(label, text)


def require_acronym(acronym: str) -> None:
    """Raise :class:`FepError` unless *acronym* can be that of a community."""
    if not re.fullmatch("[A-Za-z][A-Za-z0-9]{0,15}", acronym):
        raise FepError(
            f"the acronym {quote(acronym)} cannot be used; "
            "use up to 16 letters and digits, such as TIP"
        )


def require_plain(label: str, text: str) -> None:
    """Raise :class:`FepError` unless *text* means the same in TOML, headers and a text."""
    # These characters mean something in TOML strings, headers or reStructuredText.
    is_plain = text.isprintable() and text == " ".join(text.split()) and text
    if not is_plain or set(text) & set('"\\`*_|<>'):
        raise FepError(f"the {label} {quote(text)} cannot be used; use one line of plain text")


def starter_files() -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file; the community is called ``XEP``."""
    for file in sorted(STARTER.rglob("*")):
        path = file.relative_to(STARTER).as_posix()
        if file.is_file() and file.suffix not in {".py", ".pyc"}:
            yield RENAMED.get(path, path), file.read_text("utf-8")


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

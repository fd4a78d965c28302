"""Create a repository: a process, a template, and a first proposal that explains both."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .. import _atomic, config
from .._files import as_text, read_file, read_text
from .._text import quote
from ..diagnostics import CheckOptions, CheckResult
from ..errors import ConfigError, FepError, ProcessError, RepositoryError
from ..process.loader import parse_process
from ..process.model import Process
from ..process.schema import Files
from ..process.source import find_process
from ..repository import Repository
from .create import NewProposal, render_proposal
from .likeness import process_like

STARTER = Path(__file__).parent.parent / "process" / "starter"
"""The files of a new repository; their community is called ``XEP``."""

PROCESS, README, GITIGNORE = "fep/process.toml", "README.rst", ".gitignore"

# In the package these files have other names, or git and others would apply them there.
_RENAMED = {
    "gitignore": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "github/workflows/desk.yml": ".github/workflows/desk.yml",
    "github/workflows/proposals.yml": ".github/workflows/proposals.yml",
}

AROUND_PROPOSALS = frozenset(_RENAMED.values())
"""The files that a repository which has a process and proposals may lack."""

# The workflows install what reads the proposals.
_MARKDOWN_EXTRA = "install --quiet fep-tools\n", 'install --quiet "fep-tools[markdown]"\n'

# Files that go by several names; one of them is enough.
_ALIASES = {
    README: ("readme",),
    "LICENSE.txt": ("license", "licence", "copying"),
    ".pre-commit-config.yaml": (".pre-commit-config.", "prek.toml"),
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


@dataclass(frozen=True)
class Skipped:
    """A file that was not created.

    :param existing: the file that is there instead; usually the same
    :param missing_lines: lines that it lacks and the user may want to add
    """

    path: str
    existing: str
    missing_lines: tuple[str, ...] = ()


class Initialization(NamedTuple):
    """The result of checking a new repository, and the files that were there before."""

    result: CheckResult
    skipped: tuple[Skipped, ...]


def init_repository(root: Path, community: Community) -> Initialization:
    """Write the files of a new repository to *root*, and check it.

    Files that are there stay as they are. If one cannot be written, those that were written
    before it are removed again.

    :raises FepError: if a name cannot be used
    :raises RepositoryError: if *root* has the process of another community, or a file where a
        directory is needed; then nothing is written
    """
    texts = render_files(community)
    settings = config.parse(read_text(root, config.FILE, ConfigError) or "")
    if settings.process != PROCESS:
        raise RepositoryError(
            f"{settings.location('process')}: 'process' names {settings.process}; remove it to "
            f"use {PROCESS}; nothing was created"
        )
    process = parse_process(texts[PROCESS], PROCESS)
    _require_own_process(root, process)
    return _create_missing(root, texts, process, community.created)


def complete_repository(root: Path, today: date) -> Initialization:
    """Write what a repository that has a process lacks besides proposals, and check it.

    :raises RepositoryError: if there is no process, or a file where a directory is needed
    """
    process = Repository.open(root).process
    texts = {path: text for path, text in _starter_files() if path in AROUND_PROPOSALS}
    return _create_missing(root, texts, process, today)


def _create_missing(
    root: Path, texts: Mapping[str, str], process: Process, today: date
) -> Initialization:
    if any(map(Files.is_markdown, process.files.patterns)):
        texts = {path: text.replace(*_MARKDOWN_EXTRA) for path, text in texts.items()}
    _require_directories(root, texts)
    skipped = tuple(
        filter(None, (_skipped(root, path, text, process) for path, text in texts.items()))
    )
    kept = {one.path for one in skipped}
    _create_all(root, {path: text for path, text in texts.items() if path not in kept})
    result = Repository.open(root).check(CheckOptions(today, jobs=1))
    return Initialization(result, skipped)


def _require_own_process(root: Path, process: Process) -> None:
    """Make sure that a process that is there already is the one of this community."""
    present = read_text(root, PROCESS, ProcessError)
    if present is None:
        return
    acronym, other = process.acronym, parse_process(present, PROCESS).acronym
    if other != acronym:
        raise RepositoryError(
            f"{root / PROCESS} is the process of {other}; nothing was created for {acronym}"
        )


def _require_directories(root: Path, paths: Iterable[str]) -> None:
    directories = {root / parent for path in paths for parent in PurePosixPath(path).parents}
    for directory in sorted(directories):
        if os.path.lexists(directory) and (not directory.is_dir() or directory.is_symlink()):
            if directory == root and directory.is_dir():
                continue
            what = "a link" if directory.is_symlink() else "a file"
            raise RepositoryError(
                f"{directory} is {what}, and a directory is needed there; nothing was created"
            )


def _skipped(root: Path, path: str, text: str, process: Process) -> Skipped | None:
    """Return why the file at *path* is not to be created, if so."""
    if os.path.lexists(root / path):
        return Skipped(path, path, _missing_lines(root, text) if path == GITIGNORE else ())
    if path in _ALIASES:
        present = (file.name for file in sorted(root.glob("*")))
        other = next((name for name in present if name.lower().startswith(_ALIASES[path])), None)
        return Skipped(path, other) if other else None
    if process.files.match(path):
        # The first proposal is an example; a repository that has proposals needs none.
        found = (file for pattern in process.files.include for file in sorted(root.glob(pattern)))
        names = (file.relative_to(root).as_posix() for file in found)
        other = next((name for name in names if process.files.match(name)), None)
        return Skipped(path, other) if other else None
    return None


def missing_ignores(root: Path) -> tuple[str, ...]:
    """Return the lines that the ``.gitignore`` of *root* lacks: files that the tool writes."""
    return _missing_lines(root, (STARTER / "gitignore").read_text("utf-8"))


def _missing_lines(root: Path, text: str) -> tuple[str, ...]:
    """Return the lines of *text* that the ``.gitignore`` of *root* lacks in any spelling."""
    present = as_text(read_file(root, GITIGNORE)).splitlines()
    patterns = {line.strip().strip("/") for line in present}
    return tuple(line for line in text.splitlines() if line.strip("/") not in patterns)


def _create_all(root: Path, texts: Mapping[str, str]) -> None:
    """Create all files or none. The process comes last: with it, the repository is complete."""
    is_new, created = not root.exists(), []
    try:
        for path in sorted(texts, key=lambda path: (path == PROCESS, path)):
            root.mkdir(parents=True, exist_ok=True)
            created.append(path)
            _atomic.create(root, path, texts[path].encode())
    except BaseException:
        for path in created:
            with suppress(OSError, FepError):
                _atomic.remove(root, path)
            for parent in PurePosixPath(path).parents[:-1]:
                _atomic.remove_if_empty(root, str(parent))
        if is_new:
            with suppress(OSError):
                root.rmdir()
        raise


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
        for path, text in _starter_files()
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

"""A repository changed: a new proposal, another number, a step.

Nothing that would be wrong is written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from .. import _atomic
from ..diagnostics import CheckOptions, CheckResult, Severity
from ..errors import FepError, RepositoryError
from ..notes import results
from ..process.model import Process
from ..repository import Repository
from . import create as new
from . import numbering, scaffold, transition
from . import renumber as renumbering


def init_repository(root: Path, community: scaffold.Community) -> CheckResult:
    """Make a repository in *root*, and check it.

    Raises :class:`RepositoryError` where a file is there already; then nothing is made.
    """
    texts = scaffold.files(community)
    if there := [path for path in texts if os.path.lexists(root / path)]:
        raise RepositoryError(f"{root / there[0]}: is there already; nothing was made")
    for path, text in texts.items():
        root.mkdir(parents=True, exist_ok=True)
        _atomic.create(root, path, text.encode())
    return Repository.open(root).check(CheckOptions(community.created, jobs=1))


def create_proposal(repository: Repository, wanted: new.NewProposal) -> str:
    """Make the file of a new proposal; its path.

    Raises :class:`FepError` where the text would not pass its own check.
    """
    process = repository.process
    kind = new.type_of(process, wanted.type)
    template = new.template(Path(repository.process_name), kind)
    wanted = replace(wanted, type=kind.name)
    for number in numbering.free_numbers(
        process, repository.corpus(bodies=False).by_number, _used(repository)
    ):
        path = process.path_for_new(number, wanted.title)
        data = new.text(process, number, wanted, template).encode()
        _must_pass(repository, path, data, wanted.created)
        if _made(repository, number, path, data):
            return path
    raise RepositoryError(f"every number up to {numbering.LAST} is taken")


def _used(repository: Repository) -> frozenset[int]:
    """The numbers of other branches and of the past; none where there is no git."""
    try:
        return repository.numbers_used()
    except RepositoryError:
        return frozenset()


def _made(repository: Repository, number: int, path: str, data: bytes) -> bool:
    """Make the file, unless another with its number came meanwhile, under whatever title."""
    claim = f"{path.rpartition('/')[0]}/.fep-{number}.claim".lstrip("/")
    with _atomic.claim(repository.root, claim) as mine:
        taken = repository.process.files.numbers(repository.find_paths())
        return mine and number not in taken and _atomic.create(repository.root, path, data)


def _must_pass(repository: Repository, path: str, data: bytes, today: date) -> None:
    verdict = repository.check(CheckOptions(today, (path,), jobs=1), overrides={path: data})
    for told in verdict.diagnostics:
        if told.severity is not Severity.STYLE:
            raise FepError(f"not made, since it would be wrong: {told.message}")


def plan_transition(
    repository: Repository, wanted: transition.StatusChange
) -> tuple[dict[str, str], CheckResult]:
    """The texts that *wanted* makes, by path, and what is wrong with them; nothing is written."""
    corpus = repository.corpus(bodies=False)
    texts = transition.transition_edits(repository.process, corpus, wanted)
    after = {**repository.sources, **{path: text.encode() for path, text in texts.items()}}
    verdict = repository.check_change(CheckOptions(wanted.today), repository.sources, after)
    fresh = tuple(told for told in verdict.diagnostics if told.introduced)
    return texts, verdict._replace(files=len(texts), diagnostics=fresh)


@dataclass(frozen=True)
class Renumbering:
    """What another number changes: *texts* by path, and the files that become others."""

    texts: dict[str, str]
    moved: dict[str, str]


def plan_renumbering(
    repository: Repository,
    old: int,
    new: int | None,
    path: str | None = None,
    overrides: Mapping[str, bytes] = MappingProxyType({}),
) -> Renumbering:
    """What proposal *old* as *new* changes, the next free number if ``None``; nothing is written.

    *replaced* stands for some files, as an editor has them. Raises :class:`FepError` where
    there is no such proposal, or where *new* is not free.
    """
    process = repository.process
    corpus = repository.read({**repository.sources, **overrides})
    used = _used(repository) - {old}
    if new is None:
        new = next(numbering.free_numbers(process, corpus.by_number, used))
    elif taken := corpus.get(new):
        raise FepError(f"{process.label(new)} is taken, by {taken.path}")
    elif new in used or new not in range(1, numbering.LAST + 1) or _is_kept(process, new):
        raise FepError(f"{process.label(new)} was given already, or is kept; take another number")
    made = renumbering.renumber_edits(process, corpus, old, new, path)
    moved = {made.before: made.after}
    notes = results.results_path(made.before)
    texts = dict(made.texts)
    told = repository.sources.get(notes)
    if isinstance(told, bytes):
        moved[notes] = results.results_path(made.after)
        texts[moved[notes]] = results.renumber(told, new).decode()
    return Renumbering(texts, moved)


def apply_renumbering(repository: Repository, wanted: Renumbering) -> None:
    """Write what :func:`renumber_edits` made; a file that is there already is never lost."""
    root, arriving = repository.root, set(wanted.moved.values())
    for path, text in wanted.texts.items():
        if path not in arriving:
            _atomic.replace(root, path, text.encode())
        elif not _atomic.create(root, path, text.encode()):
            raise RepositoryError(f"{path}: is there already")
    for path in wanted.moved:
        _atomic.remove(root, path)


def _is_kept(process: Process, number: int) -> bool:
    return any(row.number == number for row in process.reserved)

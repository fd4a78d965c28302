"""A repository changed: a new proposal, a step of one. Nothing that would be wrong is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from .checking import Asked
from .checking import check
from .checking import introduced
from .diagnostic import Severity
from .diagnostic import Verdict
from .edit import files
from .edit import new
from .edit import transition
from .errors import FepError
from .errors import RepositoryError
from .repository import Repository


def make(repository: Repository, wanted: new.Wanted) -> str:
    """Make the file of a new proposal; its path.

    Raises :class:`FepError` where the text would not pass its own check.
    """
    process = repository.process
    kind = new.type_of(process, wanted.type)
    template = new.template(Path(repository.process_name), kind)
    wanted = replace(wanted, type=kind.name)
    for number in new.free_numbers(process, repository.corpus(bodies=False)):
        path = process.new_path(number, wanted.title)
        data = new.text(process, number, wanted, template).encode()
        _must_pass(repository, path, data, wanted.created)
        if files.create(repository.root, path, data):
            return path
    raise RepositoryError(f"every number up to {new.LAST} is taken")


def _must_pass(repository: Repository, path: str, data: bytes, today: date) -> None:
    verdict = check(repository, Asked(today, (path,), jobs=1), {path: data})
    for told in verdict.diagnostics:
        if told.severity is not Severity.STYLE:
            raise FepError(f"not made, since it would be wrong: {told.message}")


def step(repository: Repository, wanted: transition.Step) -> tuple[dict[str, str], Verdict]:
    """The texts that *wanted* makes, by path, and what is wrong with them; nothing is written."""
    corpus = repository.corpus(bodies=False)
    texts = transition.edited(repository.process, corpus, wanted)
    after = {**repository.sources, **{path: text.encode() for path, text in texts.items()}}
    verdict = introduced(repository, Asked(wanted.today), repository.sources, after)
    fresh = tuple(told for told in verdict.diagnostics if told.introduced)
    return texts, replace(verdict, files=len(texts), diagnostics=fresh)

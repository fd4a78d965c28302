"""Read what a build shows from a repository: proposals, their history and their changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from .._files import as_text, read_file, Refusal
from .._text import plural
from ..editorial.decided import changes_since_decision, ChangesSince
from ..errors import RepositoryError
from ..extensions.snapshot import newest_file, Snapshot
from ..history.model import History
from ..proposals.model import Corpus
from ..repository import Repository
from .page_texts import shows_text

SHALLOW = (
    "the clone is shallow, so the history is incomplete; run git fetch --unshallow, "
    "or set fetch-depth: 0 in CI"
)


def read_history(repository: Repository) -> tuple[History | None, str]:
    """Return the history, if there is one, and what is wrong with it."""
    try:
        history = repository.history_or_none()
    except RepositoryError as problem:
        return None, str(problem)
    return history, "" if history is None or history.complete else SHALLOW


def read_changes(
    repository: Repository, corpus: Corpus, history: History | None
) -> Mapping[int, ChangesSince]:
    """Return what changed in texts since they were decided; nothing if git cannot tell."""
    if history is None or not history.complete:
        return {}
    shown = [p for p in corpus.by_number.values() if shows_text(p, repository.process)]
    try:
        return changes_since_decision(repository, shown, history)
    except RepositoryError:  # of a partial clone, old versions may be missing
        return {}


def read_extensions(root: Path) -> Snapshot | None:
    """Return the newest report on extensions that the repository keeps, if there is one.

    :raises RepositoryError: if it cannot be read.
    """
    path = newest_file(root)
    if path is None:
        return None
    content = read_file(root, path)
    if isinstance(content, Refusal):
        raise RepositoryError(f"{path}: {content.message}")
    return Snapshot.parse(as_text(content), path)


def require_files(repository: Repository) -> None:
    """Raise :class:`RepositoryError` if Sphinx, which reads from disk, would miss a proposal."""
    missing = [path for path in repository.paths if path in repository.tree.skipped]
    if missing:
        raise RepositoryError(
            f"{repository.root}: this sparse checkout leaves out {plural(len(missing), 'proposal')}"
            f", such as {missing[0]}; run git sparse-checkout disable to build the site"
        )


def read_one(repository: Repository, number: int) -> Corpus:
    """Return all proposals, of which only the one with *number* has a body."""
    corpus = repository.corpus(bodies=False)
    proposal = corpus.get(number)
    if proposal is None:
        raise RepositoryError(f"there is no {repository.process.label(number)}")
    source = {proposal.path: repository.sources[proposal.path]}
    read = repository.read(source, jobs=1).by_path
    return replace(corpus, proposals=tuple(read.get(p.path, p) for p in corpus))

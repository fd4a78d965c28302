"""A transition in a repository: the files that it changes, and what a check would say."""

from __future__ import annotations

from datetime import date

from ..diagnostics import CheckOptions, CheckResult
from ..errors import FepError
from ..history.git_errors import NoGitError
from ..proposals.model import Corpus, Proposal
from ..repository import Repository
from .baseline_moves import followed_baseline
from .file_changes import companions, FileChanges
from .transition import find_status, require_proposal, StatusChange, transition_texts

DIRECTORY = "S002"
"""The rule that reports a file which is not in the directory of its status."""


def plan_transition(
    repository: Repository, change: StatusChange
) -> tuple[FileChanges, CheckResult]:
    """Return the changes to make, and the findings that they would introduce.

    The proposal is compared with its version in the last commit, as the check of a pull request
    compares it. Without git, that is its file. Nothing is written.

    :raises FepError: if *change* names something that does not exist or makes no sense
    """
    corpus, committed = repository.corpus(bodies=False), _committed(repository, change.number)
    texts = transition_texts(repository.process, corpus, change, committed)
    before = dict(repository.sources)
    current = corpus.get(change.number)
    if committed is not None and current is not None:
        del before[current.path]
        if committed.text:
            before[committed.path] = committed.text.encode()
    after = {**repository.sources, **{path: text.encode() for path, text in texts.items()}}
    result = repository.check_change(CheckOptions(change.today), before, after)
    moved = _moves(repository, corpus, change)
    introduced = tuple(
        found
        for found in result.diagnostics
        if found.introduced and not (found.code == DIRECTORY and found.path in moved)
    )
    changes = _with_moves(repository, texts, moved, change.today)
    return changes, result._replace(files=len(texts), diagnostics=introduced)


def _moves(repository: Repository, corpus: Corpus, change: StatusChange) -> dict[str, str]:
    """Return the new paths, by old path, if directories stand for statuses.

    The results and the pictures of the proposal move with it.

    :raises FepError: if another file has its new path
    """
    process = repository.process
    proposal = require_proposal(process, corpus, change.number)
    directory = find_status(process, change.status).directory
    path = process.files.with_status(proposal.path, directory)
    if path is None or path == proposal.path:
        return {}
    moved = {proposal.path: path, **companions(repository, proposal.path, path)}
    for new_path in moved.values():
        if (repository.root / new_path).exists():
            raise FepError(f"{proposal.path} cannot be moved: {new_path} already exists")
    return moved


def _with_moves(
    repository: Repository, texts: dict[str, str], moved: dict[str, str], today: date
) -> FileChanges:
    """Return the changes with the moves, which the baseline follows."""
    texts = {moved.get(path, path): text for path, text in texts.items()}
    before = {path: repository.text(path) for path in repository.sources.keys() & {*texts, *moved}}
    if moved:
        baseline = followed_baseline(repository, FileChanges({}, moved), today)
        if baseline is not None:
            name = repository.settings.baseline
            texts[name], before[name] = baseline, repository.baseline_text
    return FileChanges(texts, moved, before)


def _committed(repository: Repository, number: int) -> Proposal | None:
    """Return the proposal as the last commit has it; without text if it does not.

    :return: ``None`` without a repository of git, or before the first commit
    """
    try:
        sources = repository.sources_at("HEAD")
    except NoGitError:
        return None
    return repository.read(sources, bodies=False).get(number) or Proposal("", "")

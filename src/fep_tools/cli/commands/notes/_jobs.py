"""What the commands have in common that run snippets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from ...terminal import report

if TYPE_CHECKING:
    from ....notes.jobs import Job
    from ....notes.store import NoteStore
    from ....proposals.model import Corpus
    from ....repository import Repository


def collect_jobs(
    repository: Repository, corpus: Corpus, notes: NoteStore, numbers: Collection[int]
) -> list[Job]:
    """Return the snippets of proposals *numbers*, or of all, and report how many cannot be run."""
    from ...._text import plural
    from ....errors import RepositoryError
    from ....notes import jobs as snippet_jobs

    for number in numbers:
        if corpus.get(number) is None:
            raise RepositoryError(f"there is no {repository.process.label(number)}")
    statuses = [
        (proposal.number, proposal.path, status)
        for proposal in corpus
        if proposal.number is not None and (not numbers or proposal.number in numbers)
        for status in notes.statuses(proposal.body, proposal.path)
    ]
    with_snippets = {number for number, _path, status in statuses if status.snippets}
    for number in numbers:
        if number not in with_snippets:
            report(f"{repository.process.label(number)} has no snippets")
    jobs, skipped = snippet_jobs.collect_jobs(statuses, notes)
    if skipped:
        report(f"{plural(skipped, 'snippet')} skipped; fep notes check says why")
    return jobs


def select_frameworks(notes: NoteStore, jobs: Sequence[Job], names: Collection[str]) -> list[Job]:
    """Return those of *jobs* for the frameworks *names*, or all without names."""
    from ....notes import lockfiles

    if not names:
        return list(jobs)
    keys = {framework.key for framework in lockfiles.select_frameworks(notes, tuple(names))}
    return [job for job in jobs if job.framework.key in keys]


def save_results(repository: Repository, changes: Iterable[tuple[str, bytes | None]]) -> None:
    """Write or remove files of results."""
    from .... import _atomic

    for path, data in changes:
        if data is None:
            _atomic.remove(repository.root, path)
        else:
            _atomic.create_or_replace(repository.root, path, data)
        report(f"{path}: {'removed' if data is None else 'written'}")

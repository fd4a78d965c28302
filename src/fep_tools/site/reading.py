"""Read what a build shows from a repository: proposals, their history and their changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import TypeVar

from .._files import as_text, read_file, Refusal
from .._text import plural
from ..catalog.model import SimilarProposal
from ..editorial.decided import changes_since_decision, ChangesSince
from ..errors import FepError, RepositoryError
from ..extensions.results import TestReport
from ..extensions.snapshot import newest_file, Snapshot
from ..history.model import History
from ..proposals.loader import with_bodies
from ..proposals.model import Corpus
from ..proposals.pool import EarlyWorkers
from ..repository import Repository
from .page_texts import shows_text

SHALLOW = (
    "the clone is shallow, so the history is incomplete; run git fetch --unshallow, "
    "or set fetch-depth: 0 in CI"
)


T = TypeVar("T")


@dataclass(frozen=True)
class Past:
    """What is read about proposals besides their bodies.

    :param history: ``None`` without a git repository.
    :param problem: Why the history is missing or incomplete; empty if it is complete.
    :param changes: What changed in texts since they were decided, by number.
    :param similar: The proposals about the same matter, by number.
    """

    history: History | None
    problem: str
    changes: Mapping[int, ChangesSince]
    similar: Mapping[int, tuple[SimilarProposal, ...]]


def read_past(repository: Repository, corpus: Corpus) -> Past:
    """Return what is read about the proposals that have pages.

    :param corpus: These proposals; their bodies are not needed.
    """
    history, problem = _read_history(repository)
    changes = _read_changes(repository, corpus, history)
    return Past(history, problem, changes, repository.similar(corpus))


@contextmanager
def in_background(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Run *work* in a thread beside the block, which gets a function that waits for its result.

    A block that fails waits for the thread as well: it writes to the cache, whose directory the
    caller may delete after an error. An interrupted program does not wait, as it would for a
    thread of an executor.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as problem:
            future.set_exception(problem)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield future.result
    except Exception:
        thread.join()
        raise


def _read_history(repository: Repository) -> tuple[History | None, str]:
    """Return the history, if there is one, and what is wrong with it."""
    try:
        history = repository.history_or_none()
    except RepositoryError as problem:
        return None, str(problem)
    return history, "" if history is None or history.complete else SHALLOW


def _read_changes(
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


@dataclass(frozen=True)
class ExtensionReports:
    """What a repository keeps about extensions.

    :param snapshot: The newest state of the watched ones, if there is one.
    :param tests: The newest results of their tests, if there are some.
    :param problems: Why one of them is not used.
    """

    snapshot: Snapshot | None = None
    tests: TestReport | None = None
    problems: tuple[str, ...] = ()


def read_extensions(root: Path) -> ExtensionReports:
    """Return the newest reports on extensions, which anybody can propose.

    A file that cannot be read must not stop a build.
    """
    reports = ExtensionReports()
    try:
        reports = replace(reports, snapshot=_newest_snapshot(root))
    except FepError as problem:
        reports = replace(reports, problems=(str(problem),))
    try:
        return replace(reports, tests=TestReport.newest(root))
    except FepError as problem:
        return replace(reports, problems=(*reports.problems, str(problem)))


def _newest_snapshot(root: Path) -> Snapshot | None:
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


def read_bodies(
    repository: Repository, headers: Corpus, jobs: int, only: int, early: EarlyWorkers
) -> Corpus:
    """Return the proposals with their bodies.

    :param headers: The proposals without them.
    :param only: The number of the only proposal that gets one; 0 for all.
    :param early: Worker processes that were started before.
    """
    chosen = headers.proposals
    if only:
        chosen = tuple(p for p in (headers.get(only),) if p is not None)
        if not chosen:
            raise RepositoryError(f"there is no {repository.process.label(only)}")
    process, cache, attachments = repository.process, repository.cache, headers.attachments
    read = {p.path: p for p in with_bodies(chosen, process, cache, jobs, attachments, early)}
    return replace(headers, proposals=tuple(read.get(p.path, p) for p in headers))

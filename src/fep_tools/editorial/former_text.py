"""Find a proposal as it was: when it got a status, on a day, or at a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from .._decoding import decode_text
from ..errors import RepositoryError
from ..history.decisions import find_decision
from ..history.model import Event, Timeline
from ..history.snapshot import read_files
from ..process.model import Process
from ..process.schema import Dialect
from ..proposals.model import Proposal
from ..repository import Repository


@dataclass(frozen=True)
class FormerText:
    """A proposal at a commit.

    :param reason: why this commit was chosen, such as ``Accepted`` or ``the first version``
    """

    proposal: Proposal
    commit: str
    date: date | None
    reason: str


def find_former_text(repository: Repository, number: int, since: str | None) -> FormerText:
    """Return proposal *number* as it was.

    :param since: a status, a revision, or a day such as ``2024-01-31``; ``None`` for the decision
        about it, or its first version if there was none
    :raises RepositoryError: if git, the status or the revision does not exist, or the proposal
        did not exist then
    """
    process = repository.process
    label = process.label(number)
    status = process.resolve_status(since) if since else None
    if since and not status:
        return _text_at(repository, number, since, None, since)
    lines = [line for line in repository.history().for_number(number) if line.path]
    events = [event for line in lines for event in line.events if event.commit]
    if not events:
        raise RepositoryError(f"{label} has no history; commit it first")
    statuses = [event for event in events if event.kind == "status"]
    if event := _chosen(statuses, process, status.name if status else None):
        line = next(line for line in lines if event in line.events)
        read = read_former_texts(repository, {number: (line, event)}).get(number)
        return read or _text_at(repository, number, event.commit, event.date, event.after or "")
    # A retroactive proposal declares its statuses: no commit gave it any but that of its first
    # version.
    first = events[0]
    text = _text_at(repository, number, first.commit, first.date, "the first version")
    had = process.resolve_status(text.proposal.status or "")
    if status and (statuses or had != status):
        way_out = "" if statuses else "; leave out --since to compare with its first version"
        raise RepositoryError(
            f"{label} was never {status.name} in a commit of this repository{way_out}"
        )
    return text


def _chosen(statuses: list[Event], process: Process, status: str | None) -> Event | None:
    """Return the last commit that gave the proposal *status*.

    :param status: By default, the decision about it, or else its first status.
    """
    if status is None:
        return find_decision(statuses, process) or next(iter(statuses), None)
    names = ((event, process.resolve_status(event.after or "")) for event in statuses)
    matching = [event for event, name in names if name and name.name == status]
    return matching[-1] if matching else None


def read_former_texts(
    repository: Repository,
    events: Mapping[int, tuple[Timeline, Event]],
    process: Process | None = None,
) -> dict[int, FormerText]:
    """Return proposals as they were when a commit changed their status.

    Git is asked once for all of them.

    :param events: For each number the history of the proposal, and one event of it.
    :param process: The process of that time. Default: the present one.
    """
    process = process or repository.process
    paths = {
        number: [path for path in (line.path, *line.former_paths) if path]
        for number, (line, _event) in events.items()
    }
    wanted = [(e.commit or "", path) for n, (_line, e) in events.items() for path in paths[n]]
    contents = {(commit, path): data for commit, path, data in read_files(repository.git, wanted)}
    found: dict[int, FormerText] = {}
    for number, (_line, event) in events.items():
        versions = (
            (path, contents[event.commit or "", path])
            for path in paths[number]
            if (event.commit or "", path) in contents
        )
        proposals = [
            _parse(text, process, path) for path, data in versions if (text := decode_text(data)[0])
        ]
        # Of two files, such as a proposal and one that was renamed to it later, the one whose
        # status this is.
        same_status = (p for p in proposals if _has_status(p, event.after, process))
        if proposal := next(same_status, next(iter(proposals), None)):
            found[number] = FormerText(proposal, event.commit or "", event.date, event.after or "")
    return found


def _has_status(proposal: Proposal, status: str | None, process: Process) -> bool:
    name = process.resolve_status(proposal.status or "")
    return name is not None and name == process.resolve_status(status or "")


def _parse(text: str, process: Process, path: str) -> Proposal:
    """Parse a former version, which may have its headers in another dialect than the present ones.

    DEPs began as ``DEP: 7`` and became field lists, ``:DEP: 7``, later.
    """
    others = (dialect for dialect in get_args(Dialect) if dialect != process.dialect)
    for dialect in (process.dialect, *others):
        proposal = Proposal.parse(text, process.model_copy(update={"dialect": dialect}), path)
        if proposal.fields:
            return proposal
    return Proposal.parse(text, process, path)


def _text_at(
    repository: Repository, number: int, revision: str | None, day: date | None, reason: str
) -> FormerText:
    commit = repository.resolve_commit(revision or "HEAD")
    proposal = _proposal_at(repository, number, commit)
    if proposal is None:
        raise RepositoryError(f"there was no {repository.process.label(number)} at {commit[:12]}")
    return FormerText(proposal, commit, day, reason)


def _proposal_at(repository: Repository, number: int, commit: str) -> Proposal | None:
    """Return the proposal as it was at *commit*, also if it had another number then, or none."""
    past = repository.at(commit)
    lines = repository.history().for_number(number)
    paths = {path for line in lines if line.path for path in (line.path, *line.former_paths)}
    proposals = [
        Proposal.parse(decode_text(data)[0], past.process, path)
        for path, data in past.sources.items()
        if isinstance(data, bytes)
    ]
    same_number = (p for p in proposals if p.number == number)
    same_file = (p for p in proposals if p.path in paths)
    return next(same_number, None) or next(same_file, None)

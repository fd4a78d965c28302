"""Find a proposal as it was: when it got a status, on a day, or at a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .._files import decode_text
from ..errors import RepositoryError
from ..history.model import Event, Timeline
from ..process.model import Process
from ..proposals.model import Proposal
from ..repository import Repository


@dataclass(frozen=True)
class FormerText:
    """A proposal at a commit.

    :param reason: why this commit was chosen, such as ``Accepted``
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
    event = None
    status = process.resolve_status(since) if since else None
    if since is None or status:
        lines = [line for line in repository.history().for_number(number) if line.path]
        event = _event(lines, process, status.name if status else None)
        if event is None and status:
            raise RepositoryError(
                f"{process.label(number)} was never {status.name} in a commit of this repository"
            )
        if event is None:
            raise RepositoryError(f"{process.label(number)} has no history; commit it first")
    commit = repository.resolve_commit(event.commit or "HEAD" if event else since or "HEAD")
    proposal = _proposal_at(repository, number, commit)
    if proposal is None:
        raise RepositoryError(f"there was no {process.label(number)} at {commit[:12]}")
    reason = event.after or "" if event else since or ""
    return FormerText(proposal, commit, event.date if event else None, reason)


def _event(lines: list[Timeline], process: Process, status: str | None) -> Event | None:
    """Return the last commit that gave the proposal *status*; by default, the decision."""
    events = [event for line in lines for event in line.statuses if event.commit]
    names = {id(event): process.resolve_status(event.after or "") for event in events}
    if status:
        matching = [e for e in events if (name := names[id(e)]) and name.name == status]
        return matching[-1] if matching else None
    decided = [e for e in events if (name := names[id(e)]) and name.decision]
    return next(iter([*decided, *events]), None)


def _proposal_at(repository: Repository, number: int, commit: str) -> Proposal | None:
    past = repository.at(commit)
    for path, data in past.sources.items():
        text = decode_text(data)[0] if isinstance(data, bytes) else ""
        proposal = Proposal.parse(text, past.process, path)
        if proposal.number == number:
            return proposal
    return None

"""Move a proposal to another status, with every edit that the process requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .._clock import add_days
from .._text import did_you_mean, join_words, quote
from ..errors import FepError
from ..process.model import Process
from ..process.schema import any_applies, Conditions, Header, Role, Status
from ..proposals.fields import format_date
from ..proposals.model import Corpus, Proposal
from .create import find_named
from .file_changes import require_text
from .headers import add_numbers, append_line, remove_header, set_header

REVIEW_INTERVAL_DAYS = 365
"""Days until an active proposal is due for review, for processes that track it."""


@dataclass(frozen=True)
class StatusChange:
    """A request to move a proposal to another status.

    :param number: number of the proposal
    :param status: name of the new status, in any case
    :param today: date of the change
    :param resolution: URL of the decision
    :param superseded_by: numbers of the proposals that supersede this one
    :param urls: URLs for other headers, by role: ``discussion`` and ``upstream``
    :param decided_on: date of the decision, if it was not made today
    :param why: the reason, in a sentence
    """

    number: int
    status: str
    today: date
    resolution: str | None = None
    superseded_by: tuple[int, ...] = ()
    urls: Mapping[Role, str] = field(default_factory=dict)
    decided_on: date | None = None
    why: str | None = None

    @property
    def given_roles(self) -> set[Role]:
        """The roles of headers that the request has a value for."""
        roles = {*self.urls}
        if self.resolution:
            roles |= {"resolution", "history"}
        if self.why:
            roles.add("reason")
        return roles


def find_status(process: Process, name: str) -> Status:
    """Return the status called *name*, in any case.

    :raises FepError: if there is no such status
    """
    return find_named(process.statuses, name, "status")


def transition_texts(
    process: Process, corpus: Corpus, change: StatusChange, committed: Proposal | None = None
) -> dict[str, str]:
    """Return the new text, by path, of each file that *change* affects.

    These are the proposal and, if it is superseded, the proposal that replaces it. Whether the
    process allows the transition, and what it lacks, is for the check to say.

    :param committed: the proposal as the last commit has it. Default: as its file has it.
    :raises FepError: if *change* names something that does not exist or makes no sense
    """
    label = process.label(change.number)
    proposal = require_proposal(process, corpus, change.number)
    status = find_status(process, change.status)
    if process.has_derived_status:
        raise FepError(_derivation(status, process))
    if change.number in change.superseded_by:
        raise FepError(f"{label} cannot supersede itself")
    if proposal.status is None:
        raise FepError(_unreadable_status(proposal, process))
    for role in change.urls:
        if process.header_for(role) is None:
            raise FepError(f"no header of a {process.acronym} takes that URL ({role})")
    if change.why:
        _require_place_for_reason(process, proposal, status)
    previous = committed if committed is not None and committed.status else proposal
    if status.name == proposal.status == previous.status and not _adds(change, proposal):
        raise FepError(_no_change(proposal, process, change))
    texts = {proposal.path: _with_status(proposal, process, status, change, previous.status)}
    for number in change.superseded_by:
        successor = require_proposal(process, corpus, number)
        texts[successor.path] = add_numbers(successor, process, "replaces", (change.number,))
    return texts


def _require_place_for_reason(process: Process, proposal: Proposal, status: Status) -> None:
    """Raise :class:`FepError` if no header takes the reason for a status."""
    header = process.header_for("reason")
    if header is None:
        raise FepError(f"no header of a {process.acronym} takes a reason; leave out --why")
    if _apply(header.forbidden, proposal, status.name):
        raise FepError(f"'{header.name}' is not for the status {status.name}; leave out --why")


def _derivation(status: Status, process: Process) -> str:
    """Return how a proposal gets a status that no header names."""
    steps = [f"fill in {join_words(map(repr, status.with_))}"] if status.with_ else []
    if status.without:
        steps.append(f"leave {join_words(map(repr, status.without), 'and')} empty")
    what = f"the status of a {process.acronym} follows from its headers"
    return f"{what}; for {status.name}, {' and '.join(steps)}"


def _adds(change: StatusChange, proposal: Proposal) -> bool:
    """Return whether *change* adds what the proposal lacks in its present status.

    A proposal that is superseded already may get another successor, and one whose status was
    edited by hand may lack the resolution.
    """
    if not set(change.superseded_by) <= set(proposal.numbers("superseded_by")):
        return True
    fields = [proposal.field(role) for role in change.given_roles - {"history"}]
    return not all(field and field.value for field in fields)


def _unreadable_status(proposal: Proposal, process: Process) -> str:
    """Return why a proposal without a valid status cannot move to another one."""
    label, name = process.label(proposal.number), process.header_name("status")
    field = proposal.field("status")
    if field is None or not field.value:
        return f"{label} has no '{name}'; write its present one first"
    hint = did_you_mean(field.value, [status.name for status in process.statuses])
    return f"{label} has the status {quote(field.value)}, which does not exist; {hint}"


def _no_change(proposal: Proposal, process: Process, change: StatusChange) -> str:
    label = process.label(proposal.number)
    if not change.superseded_by:
        return f"{label} is already {proposal.status}"
    successors = ", ".join(process.label(number) for number in change.superseded_by)
    return f"{label} is already {proposal.status} by {successors}"


def require_proposal(process: Process, corpus: Corpus, number: int) -> Proposal:
    """Return the proposal with a number, whose text can be edited.

    :raises FepError: if there is none, or its file cannot be read
    """
    proposal = corpus.get(number)
    if proposal is None:
        raise FepError(f"there is no {process.label(number)}")
    require_text(proposal)
    return proposal


def _with_status(
    proposal: Proposal, process: Process, status: Status, change: StatusChange, previous: str | None
) -> str:
    """Return the text of *proposal* after *change*.

    :param previous: the status in the last commit
    """
    text = set_header(proposal.text, process, process.header_name("status"), status.name)
    for header in process.headers:
        value = _new_value(header, process, proposal, status, change, previous)
        if _apply(header.forbidden, proposal, status.name):
            text = remove_header(text, process, header.name)
        elif value:
            text = set_header(text, process, header.name, value)
    if change.superseded_by:
        text = add_numbers(proposal, process, "superseded_by", change.superseded_by, text)
    history = process.header_for("history")
    if history is not None and proposal.field("history") and change.resolution:
        record = _format_record(history, change, status.name, change.resolution)
        text = append_line(text, process, history.name, record)
    return text


def _new_value(
    header: Header,
    process: Process,
    proposal: Proposal,
    status: Status,
    change: StatusChange,
    previous: str | None,
) -> str | None:
    """Return the value that *change* gives to *header*, ``None`` to leave it as it is.

    A date is set only by a transition into a status that needs it. A later transition to
    another such status keeps it.
    """
    if header.role == "resolution" and change.resolution:
        return _format_record(header, change, status.name, change.resolution)
    if header.role == "reason" and change.why:
        return " ".join(change.why.split())
    if header.role is not None and header.role in change.urls:
        return _with_url(header, proposal, change.urls[header.role])
    if header.role not in {"review_until", "review_by"}:
        return None
    required_before = _apply(header.required, proposal, previous)
    if required_before or not _apply(header.required, proposal, status.name):
        return None
    days = process.review_days if header.role == "review_until" else REVIEW_INTERVAL_DAYS
    return format_date(add_days(change.today, days), header.date_format)


def _with_url(header: Header, proposal: Proposal, url: str) -> str:
    """Return the value of *header* with *url*, in addition to others if it takes several."""
    written = proposal.fields.get(header.key)
    if header.kind != "urls" or written is None or not written.value:
        return url
    urls = [line.text for line in written.lines if line.text]
    return "\n".join(dict.fromkeys([*urls, url]))


def _format_record(header: Header, change: StatusChange, status: str, url: str) -> str:
    """Return *url* in the longest form of *header*, such as ``{date} {status} {url}``."""
    if header.kind not in {"record", "records"}:
        return url
    form = max(header.record_formats, key=lambda form: form.count("{"))
    day = format_date(change.decided_on or change.today, header.date_format)
    return form.format(date=day, status=status, url=url)


def _apply(conditions: Conditions, proposal: Proposal, status: str | None) -> bool:
    """Return whether *conditions* apply to *proposal* in *status*, with its headers."""
    present = [field.name for field in proposal.preamble.fields]
    return any_applies(conditions, status, proposal.type, present)

"""A step of a proposal from one status to the next, with every edit that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .._text import closest_match, join_words, quote
from ..errors import FepError
from ..process.model import any_applies, Process
from ..process.schema import Header, Status
from ..proposals.fields import format_date
from ..proposals.model import Corpus, Proposal
from .headers import add_line, remove_header, set_header

LOOK_AGAIN = timedelta(days=365)
"""How far the day of the next look is away, where a process asks for one."""


@dataclass(frozen=True)
class StatusChange:
    """What somebody wants to happen. *by* is the proposal that supersedes this one."""

    number: int
    status: str
    today: date
    url: str | None = None
    by: int | None = None


def status_of(process: Process, name: str) -> Status:
    """The status that *name* means; raises :class:`FepError` where there is none."""
    names = [status.name for status in process.statuses]
    found = next((n for n in names if n.casefold() == name.casefold()), None)
    status = process.status(found)
    if status is None:
        meant = closest_match(name, names)
        hint = f"did you mean {meant}?" if meant else f"write {join_words(names)}"
        raise FepError(f"there is no status {quote(name)}; {hint}")
    return status


def transition_edits(process: Process, corpus: Corpus, step: StatusChange) -> dict[str, str]:
    """The new texts, by path, of every file that *step* changes."""
    proposal = corpus.get(step.number)
    if proposal is None:
        raise FepError(f"there is no {process.label(step.number)}")
    status = status_of(process, step.status)
    if step.by == step.number:
        raise FepError(f"{process.label(step.number)} cannot supersede itself")
    if proposal.field("history") and not step.url:
        history = process.header_name("history")
        raise FepError(f"it tells its past in '{history}'; say where with --resolution URL")
    if proposal.status == status.name:
        raise FepError(f"{process.label(step.number)} is {status.name} already")
    texts = {proposal.path: _own(proposal, process, status, step)}
    other = corpus.get(step.by) if step.by is not None else None
    if step.by is not None and other is None:
        raise FepError(f"there is no {process.label(step.by)}")
    if other is not None:
        texts[other.path] = _with_number(
            other, process, process.header_name("replaces"), step.number
        )
    return texts


def _own(proposal: Proposal, process: Process, status: Status, step: StatusChange) -> str:
    """The text of the proposal itself after *step*."""
    text = set_header(proposal.text, process, process.header_name("status"), status.name)
    for header in process.headers:
        was = _demanded(header, process, proposal, proposal.status)
        now = _demanded(header, process, proposal, status.name)
        value = _value(header, process, status, step)
        if _forbidden(header, process, proposal, status.name):
            text = remove_header(text, process, header.name)
        elif value and (step.url or (now and not was)):
            text = set_header(text, process, header.name, value)
    if step.by is not None:
        text = set_header(text, process, process.header_name("superseded_by"), str(step.by))
    history = process.header_for("history")
    if history is not None and proposal.field("history") and step.url:
        line = _filled(history, step.today, status.name, step.url)
        text = add_line(text, process, history.name, line)
    return text


def _value(header: Header, process: Process, status: Status, step: StatusChange) -> str | None:
    """What a header says after a step, where the step itself tells."""
    match header.role:
        case "resolution" if step.url:
            return _filled(header, step.today, status.name, step.url)
        case "review_until":
            return format_date(step.today + timedelta(days=process.review_days), header.date_format)
        case "review_by":
            return format_date(step.today + LOOK_AGAIN, header.date_format)
    return None


def _filled(header: Header, today: date, status: str, url: str) -> str:
    """A record in the fullest of the forms that *header* has."""
    if header.kind not in {"record", "records"}:
        return url
    form = max(header.record_formats, key=lambda form: form.count("{"))
    return form.format(date=format_date(today, header.date_format), status=status, url=url)


def _demanded(header: Header, process: Process, proposal: Proposal, status: str | None) -> bool:
    names = [field.name for field in proposal.preamble.fields]
    return any_applies(header.required, status, proposal.type, names)


def _forbidden(header: Header, process: Process, proposal: Proposal, status: str) -> bool:
    names = [field.name for field in proposal.preamble.fields]
    return any_applies(header.forbidden, status, proposal.type, names)


def _with_number(proposal: Proposal, process: Process, name: str, number: int) -> str:
    """The text of *proposal* with *number* among those that header *name* holds."""
    numbers = {*proposal.numbers("replaces"), number}
    return set_header(proposal.text, process, name, ", ".join(map(str, sorted(numbers))))

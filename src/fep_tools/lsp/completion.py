"""What may be written at a place, with what it means and what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from .._text import join_words, safe
from ..diagnostics import Edit
from ..editing.titles import proposal_summaries
from ..editing.transition import next_statuses
from ..lint.rules._headers import header_names, matching_condition
from ..process.model import Process
from ..process.schema import Header
from ..proposals.fields import format_date, Person
from ..proposals.fields.headers import field_spec
from ..proposals.model import Corpus, Proposal
from .cursor import InName, InValue, place

Kind = Literal["header", "value", "person", "proposal"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to write: what it is called, what it says, what it changes."""

    label: str
    kind: Kind
    edit: Edit
    detail: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class CompletionContext:
    """What is being written, how it was *before*, all the others, and the day it is."""

    proposal: Proposal
    before: Proposal | None
    corpus: Corpus
    process: Process
    today: date


def choices(writing: CompletionContext, line: int, column: int) -> list[Choice]:
    """What may stand at a *line* and *column*, the most likely first."""
    here = place(writing.proposal, writing.process, line, column)
    match here:
        case InName():
            return list(_names(writing, here))
        case InValue():
            return [_spaced(choice, here.gap) for choice in _values(writing, here)]
        case None:
            return []
    return list(_numbers(writing, Edit(here.span, ""), (), padded=False))


def _spaced(choice: Choice, gap: str) -> Choice:
    """*choice* with the blank that is due before it."""
    return replace(choice, edit=choice.edit._replace(text=gap + choice.edit.text))


# Names of headers ------------------------------------------------------------------------------


def _names(writing: CompletionContext, here: InName) -> Iterator[Choice]:
    """The headers that are missing, in the order of the process, and may be there."""
    mark, end = (":", ":") if writing.process.dialect == "field-list" else ("", "")
    there = header_names(writing.proposal)
    for header in writing.process.headers:
        if header.name in there or matching_condition(header.forbidden, writing.proposal):
            continue
        needed = matching_condition(header.required, writing.proposal) is not None
        tail = end if here.closed else ": "
        yield Choice(
            header.name,
            "header",
            Edit(here.span, f"{mark}{header.name}{'' if here.closed else tail}"),
            "needed now" if needed else "",
            header.summary,
        )


# Values ----------------------------------------------------------------------------------------


def _values(writing: CompletionContext, here: InValue) -> Iterable[Choice]:
    """What the header that *here* is in may say."""
    header, blank = here.header, Edit(here.span, "")
    if header.role == "status":
        return _statuses(writing, blank)
    if header.role == "type":
        kinds = writing.process.types
        return (_value(kind.name, blank, about=kind.summary) for kind in kinds)
    match header.kind:
        case "choice" | "choices" | "flag":
            form = field_spec(header, writing.process)
            left = (choice for choice in form.choices if choice not in here.others)
            return (_value(choice, blank) for choice in left)
        case "people":
            return _people(writing, header, blank, here.others)
        case "number" | "numbers" if header.role != "number":
            return _numbers(writing, blank, here.others, padded=header.leading_zeros)
        case "date":
            return _days(writing, header, blank)
    return ()


def _value(name: str, blank: Edit, detail: str = "", about: str = "") -> Choice:
    return Choice(name, "value", blank._replace(text=name), detail, about)


def _statuses(writing: CompletionContext, blank: Edit) -> Iterator[Choice]:
    """Where the proposal may go from where it was, and where it was."""
    process, before = writing.process, writing.before
    for way in next_statuses(process, before, writing.proposal):
        needs = f"needs {join_words(way.needs, 'and')}" if way.needs else ""
        detail = "; ".join(word for word in (needs, "unusual" if way.unusual else "") if word)
        yield _value(way.status.name, blank, detail, way.status.summary)
    if before is not None and (status := process.status(before.status)):
        yield _value(status.name, blank, "as it is", status.summary)


def _people(
    writing: CompletionContext, header: Header, blank: Edit, others: tuple[str, ...]
) -> Iterator[Choice]:
    """Everybody whom some proposal names, by name, but those who stand here already."""
    keys = [known.key for known in writing.process.headers if known.kind == "people"]
    found = {
        _person(person, header): None
        for proposal in writing.corpus
        for key in keys
        for person in proposal.values.get(key, ())
    }
    for name in sorted(found, key=str.casefold):
        if name not in others:
            yield Choice(safe(name), "person", blank._replace(text=name))


def _person(person: Person, header: Header) -> str:
    """Somebody as *header* names people."""
    if person.handle:
        return f"{person.name} (@{person.handle})"
    return f"{person.name} <{person.email}>" if person.email and header.emails else person.name


def _numbers(
    writing: CompletionContext, blank: Edit, others: tuple[str, ...], *, padded: bool
) -> Iterator[Choice]:
    """The other proposals, by number."""
    process, mine = writing.process, writing.proposal.number
    for number, title, kind in proposal_summaries(writing.corpus, process):
        text = f"{number:04}" if padded else str(number)
        if number != mine and text not in others:
            label = f"{text} {safe(title)}".rstrip()
            yield Choice(label, "proposal", blank._replace(text=text), kind)


def _days(writing: CompletionContext, header: Header, blank: Edit) -> Iterator[Choice]:
    """Today; or where a review is to end, the first day on which it may."""
    days = writing.process.review_days if header.role == "review_until" else 0
    day = format_date(writing.today + timedelta(days=days), header.date_format)
    yield _value(day, blank, f"{days} days from today" if days else "today")

"""Completions: names of headers, their values, people and other proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from lsprotocol import types

from .._clock import add_days
from .._text import join_words, safe
from ..diagnostics import Edit, Span
from ..editing.next_status import next_statuses
from ..editing.titles import proposal_summaries
from ..lint.rules._headers import header_names, matching_condition
from ..process.dialects import FORMS
from ..process.model import Process
from ..process.schema import Header
from ..proposals.fields import format_date, Person
from ..proposals.fields.headers import field_spec
from ..proposals.model import Corpus, Proposal
from .convert import Lines
from .cursor import find_context, InName, InValue
from .documents import OpenProposal

_ITEM_KINDS = {
    "header": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.EnumMember,
    "person": types.CompletionItemKind.Text,
    "proposal": types.CompletionItemKind.Reference,
}


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may be written, and the edit that writes it."""

    label: str
    kind: Literal["header", "value", "person", "proposal"]
    edit: Edit
    detail: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class CompletionContext:
    """The values that completions depend on.

    :param before: the proposal as it was committed; ``None`` for a new one.
    """

    proposal: Proposal
    before: Proposal | None
    corpus: Corpus
    process: Process
    today: date


def completion(open_proposal: OpenProposal, position: types.Position) -> types.CompletionList:
    """Return what may be written at *position*."""
    workspace = open_proposal.workspace
    context = CompletionContext(
        open_proposal.proposal,
        workspace.previous(open_proposal.path),
        workspace.corpus(),
        open_proposal.process,
        open_proposal.today,
    )
    completions = complete(context, *open_proposal.position(position))
    lines = open_proposal.lines
    items = [_to_item(one, index, lines) for index, one in enumerate(completions)]
    return types.CompletionList(is_incomplete=False, items=items)


def _to_item(completion: Completion, index: int, lines: Lines) -> types.CompletionItem:
    is_header = completion.kind == "header"
    return types.CompletionItem(
        label=completion.label,
        kind=_ITEM_KINDS[completion.kind],
        detail=completion.detail or None,
        documentation=completion.documentation or None,
        # Editors sort by label, unless this says otherwise.
        sort_text=f"{index:05}",
        # The text before the cursor is compared with this: it may begin with ":" in a field list.
        filter_text=completion.edit.text if is_header else completion.label,
        text_edit=lines.to_edits([completion.edit])[0],
    )


def complete(context: CompletionContext, line: int, column: int) -> list[Completion]:
    """Return what may be written at a line and column, the most likely first."""
    cursor = find_context(context.proposal, context.process, line, column)
    match cursor:
        case InName():
            return list(_header_completions(context, cursor))
        case InValue():
            return [_with_gap(value, cursor.gap) for value in _value_completions(context, cursor)]
        case None:
            return []
    return list(_number_completions(context, cursor.span, (), zeros=False))


def _with_gap(completion: Completion, gap: str) -> Completion:
    edit = completion.edit
    return replace(completion, edit=edit._replace(text=gap + edit.text))


def _header_completions(context: CompletionContext, cursor: InName) -> Iterator[Completion]:
    """Yield the headers that the proposal may have but does not have, in order."""
    form = FORMS[context.process.dialect]
    before = "" if cursor.is_bold else form.before
    suffix = "" if cursor.has_colon else f"{form.colon} "
    present = header_names(context.proposal)
    for header in context.process.headers:
        is_forbidden = matching_condition(header.forbidden, context.proposal)
        if header.name in present or is_forbidden:
            continue
        is_required = matching_condition(header.required, context.proposal) is not None
        edit = Edit(cursor.span, f"{before}{header.name}{suffix}")
        detail = "required now" if is_required else ""
        yield Completion(header.name, "header", edit, detail, header.summary)


def _value_completions(context: CompletionContext, cursor: InValue) -> Iterable[Completion]:
    header, span, process = cursor.header, cursor.span, context.process
    if header.role == "status":
        return _status_completions(context, span)
    if header.role == "type":
        return (_value(type_.name, span, "", type_.summary) for type_ in process.types)
    match header.kind:
        case "choice" | "choices" | "flag":
            choices = field_spec(header, process).choices
            return (_value(choice, span) for choice in choices if choice not in cursor.others)
        case "people":
            return _people_completions(context, header, span, cursor.others)
        case "number" | "numbers" if header.role != "number":
            zeros = header.leading_zeros
            return _number_completions(context, span, cursor.others, zeros=zeros)
        case "date":
            return [_date_completion(context, header, span)]
    return ()


def _value(name: str, span: Span, detail: str = "", documentation: str = "") -> Completion:
    return Completion(name, "value", Edit(span, name), detail, documentation)


def _status_completions(context: CompletionContext, span: Span) -> Iterator[Completion]:
    """Yield the statuses that may follow the committed one, then that one."""
    process, before = context.process, context.before
    for after in next_statuses(process, before, context.proposal):
        needs = f"needs {join_words(after.needs, 'and')}" if after.needs else ""
        detail = "; ".join(filter(None, (needs, "unusual" if after.unusual else "")))
        yield _value(after.status.name, span, detail, after.status.summary)
    if before is not None and (status := process.status(before.status)):
        yield _value(status.name, span, "current status", status.summary)


def _people_completions(
    context: CompletionContext, header: Header, span: Span, others: tuple[str, ...]
) -> Iterator[Completion]:
    """Yield everybody whom a proposal names, without those that this header names already."""
    keys = [other.key for other in context.process.headers if other.kind == "people"]
    names = {
        _format_person(person, header)
        for proposal in context.corpus
        for key in keys
        for person in proposal.values.get(key, ())
    }
    for name in sorted(names, key=str.casefold):
        if name not in others:
            yield Completion(safe(name), "person", Edit(span, name))


def _format_person(person: Person, header: Header) -> str:
    if person.handle:
        return f"{person.name} (@{person.handle})"
    return f"{person.name} <{person.email}>" if person.email and header.emails else person.name


def _number_completions(
    context: CompletionContext, span: Span, others: tuple[str, ...], *, zeros: bool
) -> Iterator[Completion]:
    """Yield the numbers of the other proposals, with leading zeros if *zeros*."""
    for number, title, kind in proposal_summaries(context.corpus, context.process):
        text = f"{number:04}" if zeros else str(number)
        if number != context.proposal.number and text not in others:
            label = f"{text} {safe(title)}".rstrip()
            yield Completion(label, "proposal", Edit(span, text), kind)


def _date_completion(context: CompletionContext, header: Header, span: Span) -> Completion:
    """Return today's date, or the first on which a review that begins today may end."""
    days = context.process.review_days if header.role == "review_until" else 0
    text = format_date(add_days(context.today, days), header.date_format)
    return _value(text, span, f"{days} days from today" if days else "today")

"""What an editor shows about the words under the mouse, in Markdown.

Text of proposals is escaped, so that nothing in it is a link, an image or HTML to an editor (see
docs/security.rst, *sec-output*).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from lsprotocol import types

from .._text import escape_markdown, join_words
from ..diagnostics import Diagnostic
from ..editing.next_status import next_statuses
from ..editing.titles import display_title
from ..lint.registry import find_rule
from ..lint.rules._headers import format_example
from ..process.model import Process
from ..process.schema import Conditions, Header, Status
from ..proposals.model import Corpus, Proposal
from .cursor import find_context, InName, InValue, is_inside, reference_at
from .documents import OpenProposal

if TYPE_CHECKING:
    from ..catalog.model import SimilarProposal

RULE = "\n\n---\n\n"
"""A thematic break in Markdown."""


def hover(open_proposal: OpenProposal, position: types.Position) -> types.Hover | None:
    """Return what is known about the word at *position*."""
    corpus, process = open_proposal.workspace.corpus(), open_proposal.process
    line, column = open_proposal.position(position)
    text = describe(
        open_proposal.proposal,
        corpus,
        process,
        open_proposal.diagnostics(),
        open_proposal.today,
        line,
        column,
    )
    if is_in_title(open_proposal.proposal, process, line, column):
        title = display_title(open_proposal.proposal, process)
        similar = open_proposal.workspace.similar_to(open_proposal.proposal, title)
        text = RULE.join(filter(None, [text, describe_similar(similar, corpus, process)]))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None


def describe(
    proposal: Proposal,
    corpus: Corpus,
    process: Process,
    diagnostics: Iterable[Diagnostic],
    today: date,
    line: int,
    column: int,
) -> str:
    """Return Markdown about a line and column: the rules broken there, and the header or value.

    :param today: the date in the example of a header that has one.
    """
    codes = (d.code for d in diagnostics if is_inside(d.span, line, column))
    parts = [_describe_rule(code) for code in dict.fromkeys(codes)]
    parts.append(_describe_word(proposal, corpus, process, today, line, column))
    return RULE.join(filter(None, parts))


def is_in_title(proposal: Proposal, process: Process, line: int, column: int) -> bool:
    """Return whether a position is in the title: the value of the header, or the heading."""
    if process.title_source == "heading":
        title = display_title(proposal, process)
        lines = enumerate(proposal.lines, 1)
        return bool(title) and line == next((n for n, text in lines if title in text), 0)
    context = find_context(proposal, process, line, column)
    return isinstance(context, InValue) and context.header.role == "title"


def describe_similar(similar: Iterable[SimilarProposal], corpus: Corpus, process: Process) -> str:
    """Return Markdown about the proposals on the same matter, with their status."""
    rows = []
    for match in similar:
        if other := corpus.get(match.number):
            title = escape_markdown(display_title(other, process))
            status = escape_markdown(other.status or "no valid status")
            words = escape_markdown(", ".join(match.words))
            rows.append(f"- {process.label(match.number)}: {title} (**{status}**): {words}")
    if not rows:
        return "No other proposal has enough words in common with this one."
    return "\n".join(["Similar proposals, also rejected ones:", "", *rows])


def _describe_word(
    proposal: Proposal, corpus: Corpus, process: Process, today: date, line: int, column: int
) -> str:
    reference = reference_at(proposal, process, line, column)
    if reference is not None:
        other = corpus.get(reference.number)
        return _describe_proposal(other, process) if other else ""
    context = find_context(proposal, process, line, column)
    fields = proposal.preamble.fields
    field = next((field for field in fields if is_inside(field.name_span, line, column)), None)
    if isinstance(context, InName) and field is not None:
        header = process.header(field.name)
        return _describe_header(header, proposal, process, today) if header else ""
    if isinstance(context, InValue) and context.header.role == "status" and proposal.status:
        status = process.status(proposal.status)
        return _describe_status(status, proposal, process) if status else ""
    if isinstance(context, InValue) and context.header.role == "type":
        return "".join(type_.summary for type_ in process.types if type_.name == proposal.type)
    return ""


def _describe_rule(code: str) -> str:
    """Return the documentation of a rule, without its examples."""
    rule = find_rule(code)
    if rule is None:
        return ""
    return f"**{rule.code} {rule.name}**: {rule.summary}\n\n{rule.why}".replace("``", "`")


def _describe_proposal(proposal: Proposal, process: Process) -> str:
    kind = " ".join(word for word in (proposal.status, proposal.type) if word)
    label = process.label(proposal.number)
    title = escape_markdown(display_title(proposal, process))
    heading = f"**{label}**: {title}" if title else f"**{label}**"
    return f"{heading}\n\n{escape_markdown(kind)}".strip()


def _describe_header(header: Header, proposal: Proposal, process: Process, today: date) -> str:
    sample = f"Example: `{format_example(header, proposal, process, today)}`"
    parts = [f"**{header.name}**: {header.summary}", sample]
    parts += _describe_conditions("Required", header.required)
    parts += _describe_conditions("Not allowed", header.forbidden)
    return "\n\n".join(parts)


def _describe_conditions(prefix: str, conditions: Conditions) -> list[str]:
    if isinstance(conditions, bool):
        return [f"{prefix}."] if conditions else []
    lines = []
    for condition in conditions:
        parts = [f"in {join_words(condition.statuses)}"] if condition.statuses else []
        parts += [f"for {join_words(condition.types)}"] if condition.types else []
        parts += [f"with {join_words(condition.with_)}"] if condition.with_ else []
        parts += [f"without {join_words(condition.without)}"] if condition.without else []
        lines.append(f"{prefix} {', '.join(parts)}.")
    return lines


def _describe_status(status: Status, proposal: Proposal, process: Process) -> str:
    rows = [
        f"- {after.status.name}"
        + (f", which needs {join_words(after.needs, 'and')}" if after.needs else "")
        for after in next_statuses(process, proposal)
    ]
    onward = "\n".join(["Next statuses:", "", *rows]) if rows else "No transitions from here."
    return f"**{status.name}**: {status.summary}\n\n{onward}"

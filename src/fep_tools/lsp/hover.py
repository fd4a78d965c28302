"""What there is to know about what a cursor stands on, in Markdown.

What strangers wrote is escaped: nothing of it is a link, an image or HTML to an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._text import join_words, safe
from ..diagnostics import Diagnostic
from ..editing.titles import display_title
from ..editing.transition import next_statuses
from ..lint.registry import find_rule
from ..process.model import Process
from ..process.schema import Conditions, Header, Status
from ..proposals.fields import example
from ..proposals.fields.headers import field_spec
from ..proposals.model import Corpus, Proposal
from .cursor import InName, InValue, place
from .references import holds, reference_at

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def hover(
    proposal: Proposal,
    corpus: Corpus,
    process: Process,
    told: Iterable[Diagnostic],
    line: int,
    column: int,
) -> str:
    """What to show at a *line* and *column*; empty where there is nothing to say."""
    found = (one for one in told if holds(one.span, line, column))
    reasons = [_rule(code) for code in dict.fromkeys(one.code for one in found)]
    return "\n\n---\n\n".join(
        part for part in (*reasons, _subject(proposal, corpus, process, line, column)) if part
    )


def _subject(proposal: Proposal, corpus: Corpus, process: Process, line: int, column: int) -> str:
    """What the cursor is on: a proposal, a header or a value."""
    named = reference_at(proposal, process, line, column)
    if named is not None:
        other = corpus.get(named.number)
        return _proposal(other, process) if other else ""
    here = place(proposal, process, line, column)
    field = next((f for f in proposal.preamble.fields if holds(f.name_span, line, column)), None)
    if isinstance(here, InName) and field is not None:
        header = process.header(field.name)
        return _header(header, process) if header else ""
    if isinstance(here, InValue) and here.header.role == "status" and proposal.status:
        status = process.status(proposal.status)
        return _status(status, proposal, process) if status else ""
    if isinstance(here, InValue) and here.header.role == "type":
        return "".join(kind.summary for kind in process.types if kind.name == proposal.type)
    return ""


def _rule(code: str) -> str:
    """Why there is a rule: what its page says, less the examples."""
    rule = find_rule(code)
    if rule is None:
        return ""
    return f"**{rule.code} {rule.name}**: {rule.summary}\n\n{rule.why}".replace("``", "`")


def _proposal(proposal: Proposal, process: Process) -> str:
    kind = " ".join(word for word in (proposal.status, proposal.type) if word)
    label = process.label(proposal.number)
    return f"**{label}**: {plain(display_title(proposal, process))}\n\n{plain(kind)}".strip()


def _header(header: Header, process: Process) -> str:
    """What a header says, what its values look like, and when it has to be there."""
    sample = f"Such as `{header.name}: {example(field_spec(header, process))}`."
    parts = [f"**{header.name}**: {header.summary}", sample]
    parts += _demand("Needed", header.required)
    parts += _demand("Not allowed", header.forbidden)
    return "\n\n".join(parts)


def _demand(word: str, demand: Conditions) -> list[str]:
    if isinstance(demand, bool):
        return [f"{word} always."] if demand else []
    lines = []
    for row in demand:
        conditions = [f"in {join_words(row.statuses)}"] if row.statuses else []
        conditions += [f"for {join_words(row.types)}"] if row.types else []
        conditions += [f"with {join_words(row.with_)}"] if row.with_ else []
        conditions += [f"without {join_words(row.without)}"] if row.without else []
        lines.append(f"{word} {', '.join(conditions)}.")
    return lines


def _status(status: Status, proposal: Proposal, process: Process) -> str:
    """What a status says, and where a proposal may go from it."""
    rows = [
        f"- {way.status.name}"
        + (f", which needs {join_words(way.needs, 'and')}" if way.needs else "")
        for way in next_statuses(process, proposal)
    ]
    onward = "\n".join(["May go to:", "", *rows]) if rows else "Goes nowhere from here."
    return f"**{status.name}**: {status.summary}\n\n{onward}"


def plain(text: str) -> str:
    r"""A stranger's *text* as Markdown that shows just that.

    >>> plain("[a](b)")
    '\\[a\\]\\(b\\)'
    """
    return _MARKS.sub(r"\\\1", safe(text))

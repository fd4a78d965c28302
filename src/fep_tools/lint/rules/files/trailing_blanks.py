from collections.abc import Iterator

from ...._text import plural
from ....diagnostics import Edit, Finding, Severity, Span
from ....proposals.model import Proposal
from ...rule import rule


@rule("C017", severity=Severity.STYLE, fixable=True)
def trailing_blanks(proposal: Proposal) -> Iterator[Finding]:
    r"""A line ends with blanks.

    Nobody sees them, they mean nothing, and editors that take them away make changes that
    nobody meant. Those behind headers are told by a rule of their own.

    Bad::

        FEP: 7
        Title: Typed views

        A view returns its type.\u0020\u0020

    Good::

        FEP: 7
        Title: Typed views

        A view returns its type.
    """
    found = [_blanks(n, line) for n, line in enumerate(proposal.lines, start=1)]
    wrong = [span for span in found if span and span.line > proposal.preamble.last_line]
    if wrong and proposal.refusal is None:
        others = f" (so do {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        message = f"the line ends with {plural(_long(wrong[0]), 'blank')}{others}; remove them"
        yield Finding(wrong[0], message, edits=tuple(Edit(span, "") for span in wrong))


def _blanks(number: int, line: str) -> Span | None:
    """Where the blanks at the end of *line* stand."""
    kept = len(line.rstrip(" \t"))
    return Span(number, kept + 1, number, len(line) + 1) if kept < len(line) else None


def _long(span: Span) -> int:
    return span.end_column - span.column

from collections.abc import Iterator

from ...._text import plural
from ....diagnostics import Edit, Finding, Severity, Span
from ....proposals.model import Proposal
from ...rule import rule


@rule("C009", severity=Severity.WARNING, fixable=True)
def line_endings(proposal: Proposal) -> Iterator[Finding]:
    r"""A line does not end with a line feed alone.

    Lines that end otherwise differ in every diff between two people, and a last line without
    an end changes when another line follows it.

    Bad::

        FEP: 7
        Title: Typed views\u000d
        Status: Draft\u000d

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
    """
    sound = "\r" not in proposal.text and proposal.text.endswith("\n")
    if sound or proposal.refusal is not None:
        return
    lines = proposal.text.split("\n")
    wrong = [number for number, line in enumerate(lines, start=1) if line.endswith("\r")]
    if wrong:
        ends = [Span(n, len(lines[n - 1]), n, len(lines[n - 1]) + 1) for n in wrong]
        message = f"{plural(len(wrong), 'line')} {_end(wrong)} with CR LF; write LF alone"
        yield Finding(ends[0], message, edits=tuple(Edit(end, "") for end in ends))
    if lines[-1]:
        end = Span(len(lines), len(lines[-1]) + 1)
        message = "the last line does not end with a line feed; add one"
        yield Finding(end, message, edits=(Edit(end, "\n"),))


def _end(wrong: list[int]) -> str:
    return "ends" if len(wrong) == 1 else "end"

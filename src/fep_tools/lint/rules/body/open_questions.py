import re

from .._api import Finding, Findings, Process, Proposal, rule, Severity
from ._helpers import get_sections

# "None.", "No open issues", "There are currently none", "All of them were resolved".
_CLOSED = re.compile(
    r"(there (are|is) )?(currently |at present )?(none|nothing|no|n/a)\b"
    r"|.*\b(been|was|were) (all )?(answered|closed|decided|resolved|settled)\b",
    re.IGNORECASE | re.DOTALL,
)


@rule("B085", severity=Severity.WARNING, affects_page=False)
def open_questions(proposal: Proposal, process: Process) -> Findings:
    """Decided proposal has open questions.

    Readers of a proposal that was accepted cannot tell whether its questions were answered.
    Answer them in the text, move what was put off to another section, or write that none are
    left. ``open_sections`` in the process file names the sections for such questions.

    Bad::

        Status: Active

        Open Issues
        ===========

        Which version of Python should be required?

    Good::

        Status: Active

        Open Issues
        ===========

        None.
    """
    status = process.status(proposal.status)
    if status is None or not status.decision or status.stage not in ("agreed", "done"):
        return
    titles = {title.casefold() for title in process.open_sections}
    for heading in get_sections(proposal, process):
        if heading.title.casefold() not in titles or heading.is_empty:
            continue
        if not _CLOSED.match(heading.text):
            message = (
                f"the proposal is {status.name}, and '{heading.title}' still has text; "
                "answer the questions, or write that none are left"
            )
            yield Finding(heading.location.span, message)

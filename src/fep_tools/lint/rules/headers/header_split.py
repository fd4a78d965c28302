from .._api import Edit, Finding, Findings, Process, Proposal, rule, Span
from ._helpers import find_detached_fields


@rule("H010", fixable=True, blocking=True)
def header_split(proposal: Proposal, process: Process) -> Findings:
    """Blank line separates the headers.

    The headers end at the first blank line. Everything below it is text, even if it looks
    like a header, so those headers are lost. Remove the blank line.

    Bad::

        FEP: 7
        Title: Typed views

        Status: Draft

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
    """
    if detached := find_detached_fields(proposal, process):
        blank, following = proposal.preamble.last_line + 1, detached[0].first_line
        message = f"the headers end at this blank line, but '{detached[0].name}' follows; remove it"
        edit = Edit(Span(blank, 1, following, 1), "")
        yield Finding(Span(blank), message, edits=(edit,))

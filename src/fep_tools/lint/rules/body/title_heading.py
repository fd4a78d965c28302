import re

from .._api import Finding, Findings, NUMBER, Process, Proposal, quote, rule, Severity
from .._headers import header_span
from ._helpers import is_readable, retitle_edits


@rule("B032", severity=Severity.WARNING, fixable=True, affects_page=False)
def title_heading(proposal: Proposal, process: Process) -> Findings:
    """Heading does not start with the label of the proposal.

    If there is no title header, only the heading says which proposal the page shows. Start it
    with the acronym and the number.

    Bad::

        JavaScript Tests
        ================

        :DEP: 3

    Good::

        DEP 3: JavaScript Tests
        =======================

        :DEP: 3
    """
    number, first = proposal.value("number"), proposal.title_heading
    if process.title_source != "heading" or number is None or not is_readable(proposal):
        return
    if first is None:
        where = "above the headers" if proposal.preamble.fields else "at the top"
        message = (
            f"the proposal has no title; write a heading {where}: {process.label(number)}: ..."
        )
        yield Finding(header_span(proposal, "number"), message)
        return
    # "DEP 7: Views", "DEP 0007: Views" and "DEP-7: Views" are fine.
    match = re.match(rf"{process.acronym}[ -]?({NUMBER}): *(?=\S)", first.title)
    if match and int(match[1]) == number:
        return
    # What is left of "DEP 8: Views" and "DEP - Views" is "Views".
    title = re.sub(rf"^{process.acronym}[ -]?[0-9]*[:. -]*", "", first.title)
    heading = f"{process.label(number)}: {title}"
    edits = retitle_edits(proposal, first.location.line, heading)
    message = f"the heading is {quote(first.title)}; write {quote(heading)}"
    yield Finding(first.location.span, message, edits=edits)

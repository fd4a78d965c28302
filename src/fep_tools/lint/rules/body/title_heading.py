import re

from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, Severity
from .._headers import header_span
from .._title_links import title_link_help
from ._helpers import is_readable, retitle_edits


@rule("B032", severity=Severity.WARNING, fixable=True, affects_page=False)
def title_heading(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Heading does not start with the label of the proposal.

    If there is no title header, only the heading says which proposal the page shows. Start it
    with the acronym and the number. There is no fix if something links to the heading.

    Bad::

        JavaScript Tests
        ================

        :DEP: 3

    Good::

        DEP 3: JavaScript Tests
        =======================

        :DEP: 3
    """
    number, first = proposal.number, proposal.title_heading
    if process.title_source != "heading" or number is None or not is_readable(proposal):
        return
    if first is None:
        where = "above the headers" if proposal.preamble.fields else "at the top"
        message = (
            f"the proposal has no title; write a heading {where}: {process.heading(number, '...')}"
        )
        yield Finding(header_span(proposal, "number"), message)
        return
    # "DEP 7: Views", "DEP 0007: Views" and "DEP-7: Views" are fine; so is "NEP 7 — Views" where
    # the process says so.
    if "{number" not in process.heading_format:
        return
    own_separator = process.split_title(process.heading(number, "x"))[1]
    found, separator, rest = process.split_title(first.title)
    if found == number and separator in {":", own_separator}:
        return
    # What is left of "DEP 8: Views" and "DEP - Views" is "Views".
    label = rf"^{process.acronym}[ -]?[0-9]*[:.\u2010-\u2015\u2212 -]*"
    title = rest if found is not None else re.sub(label, "", first.title)
    heading = process.heading(number, title or "...")
    # The title has no markup; "[#]_" is no text at all.
    is_plain = title and proposal.lines[first.location.line - 1].strip() == first.title
    line = first.location.line
    help_ = title_link_help(proposal, line, corpus)
    edits = retitle_edits(proposal, line, heading) if is_plain and not help_ else ()
    message = f"the heading is {quote(first.title)}; write {quote(heading)}"
    yield Finding(first.location.span, message, help_, edits)

import re

from .._api import Edit, Finding, Findings, Process, Proposal, quote, rule, Severity


@rule("H112", severity=Severity.STYLE, fixable=True)
def title_acronym(proposal: Proposal, process: Process) -> Findings:
    """Title repeats the number of the proposal.

    Every page that shows the title shows the number before it, so readers would see it twice.
    Remove the number and the acronym from the title.

    Bad::

        FEP: 7
        Title: FEP 7: Typed views

    Good::

        FEP: 7
        Title: Typed views
    """
    field = proposal.field("title")
    # "FEP 7: ", "fep-7 - ", "FEP: " at the beginning, but not "FEP process" or "FEPs: ".
    label = re.compile(
        rf"\s*{process.acronym}[ -]?([0-9]{{0,9}})\s*[:\u2013\u2014-]\s+", re.IGNORECASE
    )
    match = label.match(field.value) if field else None
    # The label of another proposal is part of the title: "FEP 3: the second part".
    if field and match and (not match[1] or int(match[1]) == proposal.number):
        span = field.span(*match.span())
        rest = quote(field.value[match.end() :])
        message = f"'{field.name}' starts with {quote(match[0])}; write {rest}"
        yield Finding(span, message, edits=(Edit(span, ""),))

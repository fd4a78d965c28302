import re

from .._api import Edit, Finding, Findings, NUMBER, Process, Proposal, quote, rule, Severity


@rule("H114", severity=Severity.STYLE, fixable=True)
def title_label(proposal: Proposal, process: Process) -> Findings:
    """Title spells the label of a proposal in an unusual way.

    With one spelling, the acronym and the number with a space between them, one search finds
    every mention. Use that spelling in titles.

    Bad::

        FEP: 7
        Title: Types for the views of FEP-0005

    Good::

        FEP: 7
        Title: Types for the views of FEP 5
    """
    field = proposal.field("title")
    # "FEP5", "FEP-0005" and "fep 5", wherever they are in the title.
    label = re.compile(rf"\b{process.acronym}[ -]?({NUMBER})\b", re.IGNORECASE)
    for match in label.finditer(field.value) if field else ():
        standard = process.label(int(match[1]))
        if field and match[0] != standard and int(match[1]) != proposal.number:
            span = field.span(*match.span())
            message = f"'{field.name}' contains {quote(match[0])}; write {standard}"
            yield Finding(span, message, edits=(Edit(span, standard),))

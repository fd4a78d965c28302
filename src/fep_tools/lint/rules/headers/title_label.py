import re
from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule


@rule("H114", severity=Severity.STYLE, fixable=True)
def title_label(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A title writes the label of a proposal in a way of its own.

    One spelling, acronym and number with a blank between, is found by one search.

    Bad::

        FEP: 7
        Title: Types for the views of FEP-0005

    Good::

        FEP: 7
        Title: Types for the views of FEP 5
    """
    field = proposal.field("title")
    label = re.compile(rf"\b{process.acronym}[ -]?([0-9]{{1,4}})\b", re.IGNORECASE)
    for match in label.finditer(field.value) if field else ():
        wanted = process.label(int(match[1]))
        if field and match[0] != wanted and int(match[1]) != proposal.number:
            span = field.span(*match.span())
            message = f"'{field.name}' has {quote(match[0])}; write {wanted}"
            yield Finding(span, message, edits=(Edit(span, wanted),))

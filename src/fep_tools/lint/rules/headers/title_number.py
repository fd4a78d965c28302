import re

from ....proposals.relations import RELATIONS
from .._api import Finding, Findings, join_words, NUMBER, Process, Proposal, rule, Severity


@rule("H113", severity=Severity.STYLE)
def title_number(proposal: Proposal, process: Process) -> Findings:
    """Title mentions a proposal that the headers do not name.

    A proposal with another one in its title probably depends on it or replaces it. Add the
    number to the header for that relation, so that readers of the other proposal see the
    relation too.

    Bad::

        FEP: 7
        Title: Types for the views of FEP 5

    Good::

        FEP: 7
        Title: Types for the views of FEP 5
        Requires: 5
    """
    field = proposal.field("title")
    if field is None or not any(map(process.header_for, RELATIONS)):
        return
    named = {proposal.number}.union(*(proposal.numbers(role) for role in RELATIONS))
    headers = join_words(f"'{h.name}'" for role in RELATIONS if (h := process.header_for(role)))
    # "FEP 5", "FEP5" and "FEP-0005".
    for match in re.finditer(rf"\b{process.acronym}[ -]?({NUMBER})\b", field.value):
        if int(match[1]) not in named:
            label = process.label(int(match[1]))
            message = f"'{field.name}' mentions {label}; add it to {headers} as well"
            yield Finding(field.span(*match.span()), message)

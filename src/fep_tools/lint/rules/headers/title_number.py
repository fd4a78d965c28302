import re
from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....process.schema import Role
from ....proposals.model import Proposal
from ...rule import rule

_RELATIONS: tuple[Role, ...] = ("requires", "replaces", "superseded_by")


@rule("H113", severity=Severity.STYLE)
def title_number(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A title names another proposal that no header names.

    Whatever a proposal is about already in its title, it depends on or replaces. In the
    header, the relation is seen by readers of the other one too.

    Bad::

        FEP: 7
        Title: Types for the views of FEP 5

    Good::

        FEP: 7
        Title: Types for the views of FEP 5
        Requires: 5
    """
    field = proposal.field("title")
    if field is None:
        return
    known = {proposal.number}.union(*(proposal.numbers(role) for role in _RELATIONS))
    headers = join_words(f"'{h.name}'" for role in _RELATIONS if (h := process.header_for(role)))
    for match in re.finditer(rf"\b{process.acronym}[ -]?([0-9]{{1,4}})\b", field.value):
        if int(match[1]) not in known:
            label = process.label(int(match[1]))
            message = f"'{field.name}' names {label}; name it in {headers} too"
            yield Finding(field.span(*match.span()), message)

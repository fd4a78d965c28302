import re
from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule


@rule("H112", severity=Severity.STYLE, fixable=True)
def title_acronym(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A title begins with the number that the proposal has anyway.

    Wherever a title is shown its number stands before it, so that readers would see it
    twice.

    Bad::

        FEP: 7
        Title: FEP 7: Typed views

    Good::

        FEP: 7
        Title: Typed views
    """
    field = proposal.field("title")
    label = re.compile(rf"\s*{process.acronym}[ -]?[0-9]*\s*[:\u2013\u2014-]\s+", re.IGNORECASE)
    if field and (match := label.match(field.value)):
        span = field.span(*match.span())
        found, rest = quote(match[0]), field.value[match.end() :]
        message = f"'{field.name}' begins with {found}; write {quote(rest)}"
        yield Finding(span, message, edits=(Edit(span, ""),))

import re
from collections.abc import Iterator

from ....diagnostics import Edit, Finding, Severity, Span
from ....process.model import Process
from ....proposals.body import Occurrence
from ....proposals.model import Proposal
from ....proposals.rst.allowlist import DIRECTIVES
from ...rule import rule
from ._helpers import facts

_NAME = re.compile(r"([a-z][a-z:-]*[a-z]) ?:(?![:\w])")


@rule("B009", severity=Severity.WARNING, fixable=True)
def directive_colon(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A directive has one colon, and so it is a comment.

    Nobody will ever see what it holds.

    Bad::

        FEP: 7
        Title: Typed views

        .. warning: Do not call it twice.

    Good::

        FEP: 7
        Title: Typed views

        .. warning:: Do not call it twice.
    """
    known = {*DIRECTIVES, *process.ignored_directives, *(banner.name for banner in process.banners)}
    for comment in facts(proposal).comments:
        match = _NAME.match(comment.name)
        if match and match[1] in known:
            span = _colon(comment, match[1], proposal)
            message = f"'.. {match[1]}:' is a comment, which nobody sees; write two colons"
            yield Finding(comment.location.span, message, edits=(Edit(span, "::"),) if span else ())


def _colon(comment: Occurrence, name: str, proposal: Proposal) -> Span | None:
    """Where the colon behind *name* stands, if that is on the comment's first line."""
    line = proposal.lines[comment.location.line - 1]
    match = re.match(rf"\s*\.\. +{re.escape(name)} ?(:)", line)
    number = comment.location.line
    return Span(number, match.start(1) + 1, number, match.end(1) + 1) if match else None

import re

from ....proposals.body import Occurrence
from ....proposals.rst.allowlist import DIRECTIVES
from .._api import Edit, Finding, Findings, Process, Proposal, rule, Severity, Span
from ._helpers import get_body

# "warning: Do not ..." and "warning : ...", but not "warning:: ..." or "http://...".
_NAME = re.compile(r"([a-z][a-z:-]*[a-z]) ?:(?![:\w])")


@rule("B009", severity=Severity.WARNING, fixable=True)
def directive_colon(proposal: Proposal, process: Process) -> Findings:
    """Directive has only one colon.

    With one colon, the directive is a comment, and readers never see its content. Write two
    colons.

    Bad::

        FEP: 7
        Title: Typed views

        .. warning: Do not call it twice.

    Good::

        FEP: 7
        Title: Typed views

        .. warning:: Do not call it twice.
    """
    directives = {
        *DIRECTIVES,
        *process.ignored_directives,
        *(banner.name for banner in process.banners),
    }
    for comment in get_body(proposal).comments:
        match = _NAME.match(comment.name)
        if match and match[1] in directives:
            span = _colon_span(comment, match[1], proposal)
            message = f"'.. {match[1]}:' is a comment that no reader sees; write '.. {match[1]}::'"
            yield Finding(comment.location.span, message, edits=(Edit(span, "::"),) if span else ())


def _colon_span(comment: Occurrence, name: str, proposal: Proposal) -> Span | None:
    """Return where the colon after *name* is, if that is on the first line of the comment."""
    number = comment.location.line
    match = re.match(rf"\s*\.\. +{re.escape(name)} ?(:)", proposal.lines[number - 1])
    return Span(number, match.start(1) + 1, number, match.end(1) + 1) if match else None

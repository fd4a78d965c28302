from .._api import Finding, Findings, Proposal, rule, Span
from ._helpers import iter_problems


@rule("B002", blocking=True)
def body_unparsable(proposal: Proposal) -> Findings:
    """Text cannot be parsed.

    Some texts make the parser fail, or need too much time or memory: for example a
    substitution that contains itself, or a thousand nested lists. A page cannot be made from
    such a text. Remove what causes it.

    Bad::

        .. |view| replace:: |view| |view|

        A |view| has a type.

    Good::

        .. |view| replace:: view function

        A |view| has a type.
    """
    for problem in iter_problems(proposal, "crash"):
        help_ = "remove what you added last, until the text can be parsed"
        span = Span(_first_body_line(proposal))
        yield Finding(span, f"the text {problem.message}", help_)


def _first_body_line(proposal: Proposal) -> int:
    """Return the number of the first line of text; the cause may be anywhere below it."""
    start = proposal.preamble.last_line
    body = enumerate(proposal.lines[start:], start=start + 1)
    return next((number for number, line in body if line.strip()), max(start, 1))

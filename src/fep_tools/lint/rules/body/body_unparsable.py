from ....proposals.body import MARKDOWN_MISSING
from .._api import Finding, Findings, Proposal, rule, Span
from .._lines import body_lines
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
        if problem.message == MARKDOWN_MISSING:
            return  # that is one message of the run, and no fault of the text
        help_ = "remove what you added last, until the text can be parsed"
        # The first line of text: the cause may be anywhere below it.
        text = (number for number, line in body_lines(proposal) if line.strip())
        span = Span(next(text, max(proposal.preamble.last_line, 1)))
        yield Finding(span, f"the text {problem.message}", help_)

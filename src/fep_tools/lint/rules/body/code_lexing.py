from .._api import Finding, Findings, Proposal, quote, rule, Severity
from ._helpers import iter_problems

_QUOTES = {
    **dict.fromkeys("‘’", "write straight quotes: '"),
    **dict.fromkeys("“”", 'write straight quotes: "'),
}


@rule("B050", severity=Severity.WARNING)
def code_lexing(proposal: Proposal) -> Findings:
    """Code is not code of its language.

    The block names a language, and has text that does not occur in it. Most often the language
    is another one, a prompt or an ellipsis is part of the code, or a character is mistyped. Correct
    the code or the language. Write ``text`` for what is no code, or add the option ``:force:`` to
    a block that is meant like this.

    Bad::

        .. code-block:: python

            $ make html

    Good::

        .. code-block:: console

            $ make html
    """
    help_ = "name another language, such as text or console"
    if not proposal.is_markdown:
        help_ += ", or add :force: to the block"
    for problem in iter_problems(proposal, "lexing"):
        message = f"{quote(problem.message)} is not {problem.name} code"
        yield Finding(problem.location.span, message, _QUOTES.get(problem.message) or help_)

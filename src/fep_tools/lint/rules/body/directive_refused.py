from ....proposals.rst.allowlist import INCLUDING
from .._api import Finding, Findings, Process, Proposal, quote, rule, Suggestions
from ._helpers import allowed_directives, iter_problems


@rule("B003")
def directive_refused(proposal: Proposal, process: Process) -> Findings:
    """Directive is not allowed.

    Its name is misspelled, or it could read a file, run a program or write HTML into the
    page. A directive that is not on the list of allowed ones is missing from the page. Use an
    allowed directive, or plain text.

    Bad::

        .. cod-block:: python

           app = create_app()

    Good::

        .. code-block:: python

           app = create_app()
    """
    allowed, suggestions = allowed_directives(process), Suggestions()
    for problem in iter_problems(proposal, "directive"):
        message = _message(problem.name, allowed, proposal, suggestions)
        yield Finding(problem.location.span, message)


def _message(
    name: str, allowed: tuple[str, ...], proposal: Proposal, suggestions: Suggestions
) -> str:
    # The name of the problem is "raw", or "csv-table :file:" if only an option is refused.
    # It is "unicode U+202E" for a character, and "note class=fep-left" for a class.
    name, _, option = name.partition(" ")
    if option.startswith("U+"):
        return f"{quote(name)} makes the invisible character {option}; remove it"
    if option.startswith("class="):
        own = quote(option.removeprefix("class="))
        return f"the class {own} of {quote(name)} is for the site itself; use another name"
    if name in INCLUDING and not proposal.is_markdown:
        files = "files that proposals may include are named by 'included' in the process"
        return f"the directive {quote(name)} is not allowed; {files}"
    if option:
        return f"the option {option} of {quote(name)} reads another file; write its content here"
    meant = suggestions.closest(name, allowed)
    code = "as code without braces" if proposal.is_markdown else "as a code-block"
    advice = f"did you mean {meant}?" if meant else f"write it as text, or {code}"
    return f"the directive {quote(name)} is not allowed; {advice}"

import re

from ....proposals.body import Location, Problem
from .._api import Edit, Finding, Findings, Process, Proposal, quote, rule, safe, Severity, Span
from ._helpers import iter_problems, source_text

# What is before the backticks of "See:pep:`8`" or "Follow pep:`8`".
_ROLE_BEFORE = re.compile(r"(?P<colon>:)?(?P<name>[a-z][a-z-]*):$")


@rule("B008", severity=Severity.WARNING, fixable=True)
def role_missing(proposal: Proposal, process: Process) -> Findings:
    """Text in single backticks has no role.

    In Markdown, single backticks mark code. In reStructuredText, they mark the title of a
    work, which is shown in italics; code needs double backticks. A role does not work either
    if its colon is missing, or if it touches the word before it.

    Bad::

        FEP: 7
        Title: Typed views

        Call `app.route` first.

    Good::

        FEP: 7
        Title: Typed views

        Call ``app.route`` first.
    """
    roles = {process.acronym.lower(), *(role.name for role in process.roles)}
    for problem in iter_problems(proposal, "quotes"):
        location = problem.location
        before = proposal.lines[location.line - 1][: location.column - 1]
        role = _ROLE_BEFORE.search(before)
        if role and role["name"] in roles:
            yield _report_broken_role(role, location)
        else:
            yield _report_backticks(problem, source_text(proposal, location))


def _report_broken_role(role: re.Match[str], location: Location) -> Finding:
    """Return the finding for a role that lacks a colon or a space before its name."""
    column = role.start() + 1
    if role["colon"]:
        what, missing = "touches the word before it; put a space between", " "
    else:
        what, missing = f"has no colon before its name; write :{role['name']}:", ":"
    edit = Edit(Span(location.line, column), missing)
    span = Span(location.line, column, location.line, location.column)
    return Finding(span, f"the role {quote(role['name'])} {what}", edits=(edit,))


def _report_backticks(problem: Problem, source: str) -> Finding:
    # The markup may contain escapes or line breaks, so that its text is not all of it.
    is_plain = source == f"`{problem.name}`"
    edits = (Edit(problem.location.span, f"`{source}`"),) if is_plain else ()
    text = safe(" ".join(problem.name.split()))
    return Finding(
        problem.location.span, f"use ``{text}`` (double backticks) for code", edits=edits
    )

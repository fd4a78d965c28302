import re
from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity, Span
from ....process.model import Process
from ....proposals.body import Location, Problem
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems, source

_ROLE = re.compile(r"(?P<colon>:)?(?P<name>[a-z][a-z-]*):$")


@rule("B008", severity=Severity.WARNING, fixable=True)
def role_missing(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """Text stands between single backquotes, without a role.

    In Markdown that is code. In reStructuredText it is the title of a work, in italics; code
    stands between double backquotes. A role whose name lacks a colon, or touches a word, is
    none either.

    Bad::

        FEP: 7
        Title: Typed views

        Call `app.route` first.

    Good::

        FEP: 7
        Title: Typed views

        Call ``app.route`` first.
    """
    known = {process.acronym.lower(), *(role.name for role in process.roles)}
    for problem in problems(proposal, "quotes"):
        place = problem.location
        role = _ROLE.search(proposal.lines[place.line - 1][: place.column - 1])
        if role and role["name"] in known:
            yield _broken(role, place)
        else:
            yield _bare(problem, source(proposal, place))


def _broken(role: re.Match[str], place: Location) -> Finding:
    """A role that is none, for want of a blank or a colon before its name."""
    column = role.start() + 1
    what, missing = "lacks a colon before its name; write two", ":"
    if role["colon"]:
        what, missing = "touches the word before it; put a blank between", " "
    edit = Edit(Span(place.line, column), missing)
    span = Span(place.line, column, place.line, place.column)
    return Finding(span, f"the role {quote(role['name'])} {what}", edits=(edit,))


def _bare(problem: Problem, written: str) -> Finding:
    whole = written == f"`{problem.name}`"
    edits = (Edit(problem.location.span, f"`{written}`"),) if whole else ()
    message = f"{quote(problem.name)} stands between single backquotes; write two on each side"
    return Finding(problem.location.span, message, edits=edits)

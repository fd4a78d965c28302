import re

from ....proposals.body import Location, Problem
from ....proposals.rst.allowlist import link_problem
from .._api import Edit, Finding, Findings, Process, Proposal, quote, rule, safe, Severity, Span
from ._helpers import accepts_role, get_body, iter_problems, replacement_edits, source_text

# What is before the backticks of "See:pep:`8`" or "Follow pep:`8`".
_ROLE_BEFORE = re.compile(r"(?P<colon>:)?(?P<name>[a-z][a-z-]*):$")

# "the docs <https://flask.example/>", "the file <fep-0007.rst>" and "this section <here_>", but
# neither "List<int>" nor "a <b>".
_LINK = re.compile(r"\S.*\s<(?P<target>(?=[^<>/.:@#_]*+[/.:@#_])[^<>]*+)>", re.DOTALL)

# What makes several words code: a call, an operator, an option, an attribute. The title of a work
# has none of these: "Structure and Interpretation", "What's New in Python 3.14?".
_CODE = re.compile(r"\w\(|[\[\]{}=<>_|$;@\\*^~]|(?:^|\s)--?\w|[^\W\d]\.\w")
_QUOTATION = re.compile("[\"'\u2018\u201c].*[\"'\u2019\u201d]", re.DOTALL)


@rule("B008", severity=Severity.WARNING, fixable=True, markdown="off")
def role_missing(proposal: Proposal, process: Process) -> Findings:
    """Text in single backticks has no role.

    In Markdown, single backticks mark code. In reStructuredText, they mark the title of a
    work, which is shown in italics; code needs double backticks. A role does not work either
    if its colon is missing, or if it touches the word before it, and a link does not without
    the underscore at its end. The title of a work has the role ``title``.

    Bad::

        Call `app.route` first.

    Good::

        Call ``app.route`` first.
    """
    roles = {process.acronym.lower(), *(role.name for role in process.roles)}
    titles = {heading.title.casefold() for heading in get_body(proposal).headings}
    for problem in iter_problems(proposal, "quotes"):
        location, text = problem.location, safe(" ".join(problem.name.split()))
        before = proposal.lines[location.line - 1][: location.column - 1]
        role = _ROLE_BEFORE.search(before)
        if role and role["name"] in roles:
            yield _report_broken_role(role, location)
        elif link := _LINK.fullmatch(problem.name):
            yield _report_broken_link(problem, text, link["target"], proposal)
        elif " ".join(problem.name.split()).casefold() in titles:
            message = f"write `{text}`_ to link to the section, or ``{text}`` (double backticks)"
            yield Finding(location.span, f"{message} for code")
        elif _is_code(problem.name):
            yield _report_code(problem, text, proposal)
        else:
            message = f"use ``{text}`` (double backticks) for code, or :title:`{text}` for a title"
            yield Finding(location.span, message)


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


def _report_broken_link(problem: Problem, text: str, target: str, proposal: Proposal) -> Finding:
    """Return the finding for ```the docs <https://flask.example/>``` without an underscore."""
    end = Span(problem.location.end_line, problem.location.end_column)
    is_link = accepts_role(proposal, problem.location) and not link_problem(target)
    edits = replacement_edits(proposal, end, "__") if is_link else ()
    message = f"a link needs underscores at its end; write `{text}`__"
    return Finding(problem.location.span, message, edits=edits)


def _is_code(text: str) -> bool:
    """Return whether *text* can be meant as code: one word, or several with signs of code."""
    if _CODE.search(text):
        return True
    return len(text.split()) == 1 and not _QUOTATION.fullmatch(text)


def _report_code(problem: Problem, text: str, proposal: Proposal) -> Finding:
    # The markup may contain escapes or line breaks, so that its text is not all of it.
    source = source_text(proposal, problem.location)
    is_plain = source == f"`{problem.name}`" and not _is_after_open_literal(problem, proposal)
    span = problem.location.span
    edits = replacement_edits(proposal, span, f"`{source}`") if is_plain else ()
    return Finding(span, f"use ``{text}`` (double backticks) for code", edits=edits)


def _is_after_open_literal(problem: Problem, proposal: Proposal) -> bool:
    """Return whether two backticks before it in the paragraph end nowhere.

    Two more would end that literal, and everything between would be shown as code.
    """
    location, lines = problem.location, proposal.lines
    start = location.line - 1
    while start > 0 and lines[start - 1].strip():
        start -= 1
    before = [*lines[start : location.line - 1], lines[location.line - 1][: location.column - 1]]
    return "\n".join(before).count("``") % 2 == 1

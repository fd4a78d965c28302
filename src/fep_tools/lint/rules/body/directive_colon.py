import re

from ....proposals.body import Occurrence
from ....proposals.discovery import IMAGES
from ....proposals.rst.allowlist import ADMONITIONS, CODE, LANGUAGES
from .._api import Edit, Finding, Findings, Process, Proposal, rule, Severity, Span
from ._helpers import allowed_directives, get_body

# "warning: Do not ...", "warning : ...", "warning:Do not", "warning::do not" and "warning Do not",
# but not "warning:: ..." or "http://...".
_REST = r"(?P<colons> ?:(?![:\w])| ?::?(?=[\w`<\"'])|(?= )|$) ?(?P<next>\S*)"
_NAMES = (
    re.compile(r"(?P<name>[a-z]+:[a-z-]*[a-z])" + _REST),  # with a domain, as in "py:function"
    re.compile(r"(?P<name>[a-z][a-z-]*[a-z])" + _REST),
)

# Directives whose content may begin right after their name.
_WITH_TEXT = frozenset((*ADMONITIONS, "seealso"))


@rule("B009", severity=Severity.WARNING, fixable=True, markdown="off")
def directive_colon(proposal: Proposal, process: Process) -> Findings:
    """Directive does not have two colons and a blank after its name.

    Without them, the directive is a comment, and readers never see its content. Write two
    colons, and a blank before what follows.

    Bad::

        .. warning: Do not call it twice.

    Good::

        .. warning:: Do not call it twice.
    """
    directives = allowed_directives(process)
    for comment in get_body(proposal).comments:
        matches = filter(None, (name.match(comment.name) for name in _NAMES))
        match = next((match for match in matches if match["name"] in directives), None)
        if match and (match["colons"] or _is_meant(match)):
            name, colons = match["name"], match["colons"].strip()
            edits = _edits(comment, match, proposal)
            written = f".. {name}{colons}{'' if len(colons) < 2 else match['next']}"
            message = f"'{written}' is a comment that no reader sees; write '.. {name}::'"
            if len(colons) == 2:
                message += " and a blank"
            yield Finding(comment.location.span, message, edits=edits)


def _is_meant(match: re.Match[str]) -> bool:
    """Return whether a comment without colons is a directive and no sentence about one."""
    name, following = match["name"], match["next"]
    if name in CODE:
        return "-" in name or following in LANGUAGES
    if name in {"image", "figure"}:
        return following.lower().endswith(IMAGES)
    if name in _WITH_TEXT:
        return not following or following[0].isupper()
    return "-" in name


def _edits(comment: Occurrence, match: re.Match[str], proposal: Proposal) -> tuple[Edit, ...]:
    """Return the edit of the colons, if the name is on the first line of the comment."""
    number = comment.location.line
    written = re.match(
        rf"\s*\.\. +{re.escape(match['name'])}({re.escape(match['colons'])})",
        proposal.lines[number - 1],
    )
    if not written:
        return ()
    span = Span(number, written.start(1) + 1, number, written.end(1) + 1)
    is_glued = match["next"] and not proposal.lines[number - 1][written.end(1) :].startswith(" ")
    return (Edit(span, ":: " if is_glued else "::"),)

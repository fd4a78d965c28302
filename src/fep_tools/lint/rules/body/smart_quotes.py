import re

from .._api import Edit, Finding, Findings, Proposal, rule, Severity, Span
from .._lines import body_lines
from .._plain_text import HIDDEN, plain_text

_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}

# Two marks in the same paragraph, of which a fix writes both or none.
_PAIR = re.compile(
    "\u201c(?:[^\u201c\u201d\\n]|\\n(?!\\s*\\n))*\u201d|\u2018(?:[^\u2018\u2019\\n]|\\n(?!\\s*\\n))*\u2019"
)

_HELP = "no fix changes those in code, titles, links, tables or directives; change them by hand"


@rule("B074", severity=Severity.STYLE, fixable=True, markdown="fixed")
def smart_quotes(proposal: Proposal) -> Findings:
    r"""Quotation mark is typographic.

    A search for ``don't`` does not find the same word with a typographic apostrophe, and code
    that is copied with such marks does not run. The site makes them where they look better.
    Write straight ones. The fix leaves everything but plain text alone: in code, titles, links,
    tables and directives a straight one may mean something.

    Bad::

        A \u201cview\u201d doesn\u2019t return its type.

    Good::

        A "view" doesn't return its type.
    """
    if proposal.text.isascii():
        return
    marked = [
        (n, line) for n, line in body_lines(proposal) if not _STRAIGHT.keys().isdisjoint(line)
    ]
    plain = _fixable(proposal) if marked else []
    for number, line in marked:
        columns = [column for column, mark in enumerate(line, start=1) if mark in _STRAIGHT]
        edits = tuple(
            Edit(Span(number, column, number, column + 1), _STRAIGHT[line[column - 1]])
            for column in columns
            if plain[number - 1][column - 1] != HIDDEN
        )
        message = "the line has typographic quotation marks; write straight ones"
        help_ = "" if len(edits) == len(columns) else _HELP
        yield Finding(Span(number, columns[0], number, columns[0] + 1), message, help_, edits)


def _fixable(proposal: Proposal) -> list[str]:
    """Return the plain text of a proposal, without the marks of which only one is in it."""
    text, plain = "\n".join(proposal.lines), "\n".join(plain_text(proposal))
    characters = list(plain)
    for pair in _PAIR.finditer(text):
        ends = pair.start(), pair.end() - 1
        if HIDDEN in {plain[end] for end in ends}:
            for end in ends:
                characters[end] = HIDDEN
    return "".join(characters).split("\n")

from .._api import Edit, Finding, Findings, Proposal, rule, Severity, Span
from .._lines import body_lines

_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}


@rule("B074", severity=Severity.STYLE, fixable=True, markdown="fixed")
def smart_quotes(proposal: Proposal) -> Findings:
    r"""Quotation mark is typographic.

    A search for ``don't`` does not find the same word with a typographic apostrophe, and code
    that is copied with such marks does not run. The site makes them where they look better.
    Write straight ones.

    Bad::

        A \u201cview\u201d doesn\u2019t return its type.

    Good::

        A "view" doesn't return its type.
    """
    if proposal.text.isascii():
        return
    for number, line in body_lines(proposal):
        columns = [column for column, mark in enumerate(line, start=1) if mark in _STRAIGHT]
        if columns:
            edits = tuple(
                Edit(Span(number, column, number, column + 1), _STRAIGHT[line[column - 1]])
                for column in columns
            )
            message = "the line has typographic quotation marks; write straight ones"
            yield Finding(edits[0].span, message, edits=edits)

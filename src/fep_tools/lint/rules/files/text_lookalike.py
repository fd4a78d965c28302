from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity, Span
from ....proposals.model import Proposal
from ...rule import rule
from ..body._confusables import lookalikes


@rule("C012", severity=Severity.WARNING, fixable=True)
def text_lookalike(proposal: Proposal) -> Iterator[Finding]:
    r"""A word of the text mixes Latin letters with others that look the same.

    A Cyrillic or Greek letter in a Latin word cannot be seen, but no search finds the word,
    and code that is copied does not run. Words that are all of one script are fine.

    Bad::

        FEP: 7
        Title: Typed views

        Call \u0430bort to end the request.

    Good::

        FEP: 7
        Title: Typed views

        Call abort to end the request.
    """
    if proposal.text.isascii() or proposal.refusal is not None:
        return
    first = proposal.preamble.last_line
    for number, line in enumerate(proposal.lines[first:], start=first + 1):
        for found in lookalikes(line):
            span = Span(number, found.start + 1, number, found.end + 1)
            message = f"{quote(found.word)} has {found.strange}; write {found.latin}"
            yield Finding(span, message, edits=(Edit(span, found.latin),))

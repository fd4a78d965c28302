from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..body._confusables import lookalikes
from ._helpers import known


@rule("H111", severity=Severity.WARNING, fixable=True)
def header_lookalike(proposal: Proposal, process: Process) -> Iterator[Finding]:
    r"""A word mixes Latin letters with others that look the same.

    A Cyrillic or Greek letter in a Latin word cannot be seen, but no search finds the word,
    and a name may pretend to be somebody's. Words that are all of one script are fine.

    Bad::

        FEP: 7
        Title: Typed vi\u0435ws

    Good::

        FEP: 7
        Title: Typed views
    """
    for header, field in known(proposal, process):
        if header.kind in {"text", "people"}:
            for found in lookalikes(field.value):
                span = field.span(found.start, found.end)
                what = f"{quote(found.word)} with {found.strange}; write {found.latin}"
                message = f"'{header.name}' has {what}"
                yield Finding(span, message, edits=(Edit(span, found.latin),))

from .._api import Edit, Finding, Findings, Proposal, quote, rule, Severity, Span
from .._confusables import find_confusables
from .._lines import body_lines


@rule("C012", severity=Severity.WARNING, fixable=True)
def text_lookalike(proposal: Proposal) -> Findings:
    r"""Word in the text mixes look-alike letters of two scripts.

    A Cyrillic or Greek letter can look exactly like a Latin one. A search does not find a
    word that contains one, and copied code does not run. Replace the letter; words written in
    a single script are fine.

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
    for number, line in body_lines(proposal):
        for word in find_confusables(line):
            span = Span(number, word.start + 1, number, word.end + 1)
            message = f"{quote(word.word)} contains {word.foreign_letter}; write {word.latin}"
            yield Finding(span, message, edits=(Edit(span, word.latin),))

from .._api import Edit, Finding, Findings, Process, Proposal, quote, rule, Severity
from .._confusables import find_confusables
from .._headers import iter_headers


@rule("H111", severity=Severity.WARNING, fixable=True)
def header_lookalike(proposal: Proposal, process: Process) -> Findings:
    r"""Word in a header mixes look-alike letters of two scripts.

    A Cyrillic or Greek letter can look exactly like a Latin one. A search does not find a
    word that contains one, and a name can pretend to be the name of someone else. Replace the
    letter; words written in a single script are fine.

    Bad::

        FEP: 7
        Title: Typed vi\u0435ws

    Good::

        FEP: 7
        Title: Typed views
    """
    for header, field in iter_headers(proposal, process):
        if header.kind not in {"text", "people"}:
            continue
        for word in find_confusables(field.value):
            span = field.span(word.start, word.end)
            message = (
                f"{quote(word.word)} in '{header.name}' contains {word.foreign_letter}; "
                f"write {word.latin}"
            )
            yield Finding(span, message, edits=(Edit(span, word.latin),))

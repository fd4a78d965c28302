import re
from itertools import islice

from ....proposals.body import CodeBlock
from ....proposals.rst.allowlist import LANGUAGES
from .._api import (
    Corpus,
    Edit,
    Finding,
    Findings,
    Process,
    Proposal,
    quote,
    rule,
    Severity,
    Span,
    Suggestions,
)
from .._headers import MIN_SIMILARITY
from ._helpers import get_body

USUAL = 2
"""How many other proposals must have the name of a language, so that it is no typing error."""


@rule("B037", severity=Severity.WARNING, fixable=True)
def code_language(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Language of a code block is misspelled.

    Without a known language, the code is shown without colours. Correct the name. A name that
    is not similar to a known language is accepted, and so is one that several proposals have.

    Bad::

        .. code-block:: pyhton

            app = create_app()

    Good::

        .. code-block:: python

            app = create_app()
    """
    suggestions = Suggestions()
    for code in get_body(proposal).code_blocks:
        if code.language in process.code_languages:
            continue
        meant = _find_meant(code.language, suggestions)
        if meant and not _is_usual(code.language, proposal, corpus):
            span = _language_span(code, proposal)
            message = f"no language is called {quote(code.language)}; write {meant}"
            edits = (Edit(span, meant),) if span else ()
            yield Finding(span or code.location.span, message, edits=edits)


def _is_usual(language: str, proposal: Proposal, corpus: Corpus) -> bool:
    """Return whether several other proposals have the same name: it is no typing error then."""
    others = (other for other in corpus if other.path != proposal.path and other.body)
    users = (p for p in others if any(c.language == language for c in get_body(p).code_blocks))
    return len(list(islice(users, USUAL))) == USUAL


def _find_meant(language: str, suggestions: Suggestions) -> str | None:
    """Return the known language that an unknown name is similar to."""
    # Short names such as "c", "js" or "sh" are similar to too many others.
    if not language or language.lower() in LANGUAGES or len(language) < 4:
        return None
    if _is_known_to_pygments(language):
        return None
    return suggestions.closest(language, sorted(LANGUAGES), MIN_SIMILARITY)


def _is_known_to_pygments(language: str) -> bool:
    # Imported late: it takes long, and our own list has nearly every language that is used.
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        find_lexer_class_by_name(language)
    except ClassNotFound:
        return False
    return True


def _language_span(code: CodeBlock, proposal: Proposal) -> Span | None:
    """Return where the name is, as in ``.. code-block:: pyhton``, if on the block's first line."""
    line = code.location.line
    match = re.search(rf":: +({re.escape(code.language)})\s*$", proposal.lines[line - 1])
    return Span(line, match.start(1) + 1, line, match.end(1) + 1) if match else None

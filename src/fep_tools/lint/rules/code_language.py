import re
from collections.abc import Iterator

from ...allowed import LANGUAGES
from ...body import Code
from ...diagnostic import Edit, Finding, Severity, Span
from ...proposal import Proposal
from ...text import nearest, quote
from ..bodies import facts
from ..headers import CERTAIN
from ..rule import rule


@rule("B037", severity=Severity.WARNING, fixable=True)
def code_language(proposal: Proposal) -> Iterator[Finding]:
    """The language of a block of code is probably misspelt.

    Nothing colours the block then. A language that is not like any known one may be named all
    the same.

    Bad::

        FEP: 7
        Title: Typed views

        .. code-block:: pyhton

            app = Flask(__name__)

    Good::

        FEP: 7
        Title: Typed views

        .. code-block:: python

            app = Flask(__name__)
    """
    for code in facts(proposal).code:
        meant = _meant(code.language)
        if meant:
            span = _place(code, proposal)
            message = f"no language is called {quote(code.language)}; write {meant}"
            edits = (Edit(span, meant),) if span else ()
            yield Finding(span or code.place.span, message, edits=edits)


def _meant(language: str) -> str | None:
    """The known language that an unknown one is nearly called like."""
    if not language or language.lower() in LANGUAGES or len(language) < 4 or _exists(language):
        return None
    return nearest(language, sorted(LANGUAGES), CERTAIN)


def _exists(language: str) -> bool:
    """Whether Pygments knows it; asked only for what we do not."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        find_lexer_class_by_name(language)
    except ClassNotFound:
        return False
    return True


def _place(code: Code, proposal: Proposal) -> Span | None:
    """Where the name stands, if that is on the first line of the block."""
    line = code.place.line
    match = re.search(rf":: +({re.escape(code.language)})\s*$", proposal.lines[line - 1])
    return Span(line, match.start(1) + 1, line, match.end(1) + 1) if match else None

import re
from collections.abc import Iterator

from ...._text import closest_match, quote
from ....diagnostics import Edit, Finding, Severity, Span
from ....proposals.body import CodeBlock
from ....proposals.model import Proposal
from ....proposals.rst.allowlist import LANGUAGES
from ...rule import rule
from ..headers._helpers import CERTAIN
from ._helpers import facts


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
    for code in facts(proposal).code_blocks:
        meant = _meant(code.language)
        if meant:
            span = _place(code, proposal)
            message = f"no language is called {quote(code.language)}; write {meant}"
            edits = (Edit(span, meant),) if span else ()
            yield Finding(span or code.location.span, message, edits=edits)


def _meant(language: str) -> str | None:
    """The known language that an unknown one is nearly called like."""
    if not language or language.lower() in LANGUAGES or len(language) < 4 or _exists(language):
        return None
    return closest_match(language, sorted(LANGUAGES), CERTAIN)


def _exists(language: str) -> bool:
    """Whether Pygments knows it; asked only for what we do not."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        find_lexer_class_by_name(language)
    except ClassNotFound:
        return False
    return True


def _place(code: CodeBlock, proposal: Proposal) -> Span | None:
    """Where the name stands, if that is on the first line of the block."""
    line = code.location.line
    match = re.search(rf":: +({re.escape(code.language)})\s*$", proposal.lines[line - 1])
    return Span(line, match.start(1) + 1, line, match.end(1) + 1) if match else None

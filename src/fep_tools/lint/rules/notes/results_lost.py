from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Severity, Span
from ....notes.results import results_path
from ....notes.store import NoteStore
from ....proposals.model import Corpus
from ...rule import rule


@rule("N026", severity=Severity.WARNING)
def results_lost(corpus: Corpus, evidence: NoteStore) -> Iterator[Finding]:
    """A file of results belongs to no proposal.

    It lies beside its proposal and has the same name but for the ending. Where the proposal
    got another name, so does this.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0008.notes.json
        {"number": 8, "snippets": {}}

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0007.notes.json
        {"number": 7, "snippets": {}}
    """
    expected = {results_path(proposal.path) for proposal in corpus}
    for path in sorted(evidence.results.keys() - expected):
        message = f"there is no proposal that {quote(path)} belongs to; rename it or take it away"
        yield Finding(Span(), message, path=path)

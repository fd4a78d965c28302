from ....notes.results import results_path
from ....notes.store import NoteStore
from .._api import Corpus, Finding, Findings, quote, rule, Severity, Span


@rule("N026", severity=Severity.WARNING)
def results_orphaned(corpus: Corpus, notes: NoteStore) -> Findings:
    """Results file belongs to no proposal.

    The file has the name of its proposal, with the ending ``.notes.json``. When you rename a
    proposal, rename this file too.

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
    for path in sorted(notes.results.keys() - expected):
        message = f"there is no proposal for {quote(path)}; rename or delete the file"
        yield Finding(Span(), message, path=path)

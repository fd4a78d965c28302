import posixpath

from ....process.attachments import RESULTS_SUFFIXES
from .._api import Corpus, Finding, Findings, quote, rule, Severity, Span


@rule("N026", severity=Severity.WARNING)
def results_orphaned(corpus: Corpus) -> Findings:
    """Results file belongs to no proposal.

    The file has the name of its proposal, with the ending ``.notes.json`` or ``.extensions.json``.
    When you rename a proposal, rename this file too.

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
    stems = {posixpath.splitext(proposal.path)[0] for proposal in corpus}
    for path in sorted(corpus.attachments):
        for suffix in RESULTS_SUFFIXES:
            if path.endswith(suffix) and path.removesuffix(suffix) not in stems:
                message = f"there is no proposal for {quote(path)}; rename or delete the file"
                yield Finding(Span(), message, path=path)

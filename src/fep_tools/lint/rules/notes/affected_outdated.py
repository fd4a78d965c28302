from ....extensions.affected import affected_path, AffectedFile, explain_stale, find_results
from ....extensions.symbols import CHANGE_KINDS
from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity, Span


@rule("N028", severity=Severity.WARNING)
def affected_outdated(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Results about extensions are outdated.

    The names that the proposal declares have changed since the extensions were scanned, or the
    scan of today finds other uses. The page of the proposal leaves out such results.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Flask-Version: 3.1
        Removes: example.App.env

        # proposals/fep-0007.extensions.json
        {"number": 7, "walker": 1, "symbols": ["example.App.debug"]}

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Flask-Version: 3.1
        Removes: example.App.env

        # proposals/fep-0007.extensions.json
        {"number": 7, "walker": 1, "symbols": ["example.App.env"]}
    """
    results = find_results(corpus.attachments, proposal.path)
    if process.extensions is None or not isinstance(results, AffectedFile):
        return
    if reason := explain_stale(results, proposal):
        fields = [proposal.field(kind) for kind in CHANGE_KINDS]
        field = next((field for field in fields if field), None)
        yield Finding(
            field.span() if field else Span(),
            f"the results in {affected_path(proposal.path)} {reason}; "
            f"run: fep extensions affected {proposal.number}",
        )

from ....extensions.affected import affected_path, find_results
from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Span


@rule("N029")
def affected_unreadable(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Results about extensions cannot be used.

    Only ``fep extensions affected`` should write this file. Without it, the page of the proposal
    shows no extensions.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0007.extensions.json
        {"number": 7, "symbols": "example.App.env"}

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
    if process.extensions is not None and isinstance(results, str):
        advice = f"delete it, then run: fep extensions affected {proposal.number}"
        yield Finding(Span(), f"{affected_path(proposal.path)} {results}; {advice}")

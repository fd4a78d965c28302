from ....notes.results import ResultState
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, rule, Severity
from ._helpers import describe, run_command, snippets_in_state


@rule("N022", severity=Severity.WARNING)
def result_missing(proposal: Proposal, notes: NoteStore) -> Findings:
    """Snippet has no result.

    Without a saved result, a snippet is an unverified claim.

    Bad::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

    Good::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
    """
    for _note, one in snippets_in_state(ResultState.NOT_RUN, proposal, notes):
        message = f"{describe(one.snippet)} has no result; run: {run_command(proposal)}"
        yield Finding(one.snippet.location.span, message)

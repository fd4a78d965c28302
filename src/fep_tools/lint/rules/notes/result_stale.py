from ....notes.results import ResultState
from ....notes.store import explain_stale, NoteStore
from .._api import Finding, Findings, Proposal, rule, Severity
from ._helpers import describe, run_command, snippets_in_state


@rule("N023", severity=Severity.WARNING)
def result_stale(proposal: Proposal, notes: NoteStore) -> Findings:
    """Result of a snippet is outdated.

    The snippet, the versions in its environment or the program that runs it have changed since. It
    may pass or fail today.

    Bad::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
        "version": "24.6.0"

    Good::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
        "version": "25.12.1"
    """
    for note, one in snippets_in_state(ResultState.STALE, proposal, notes):
        problem = f"{describe(one.snippet)} {explain_stale(note, one)}"
        yield Finding(one.snippet.location.span, f"{problem}; rerun: {run_command(proposal)}")

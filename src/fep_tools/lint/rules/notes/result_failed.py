import re

from ....notes.results import ResultState
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, quote, rule, safe
from .._lines import line_span
from ._helpers import describe, snippets_in_state


@rule("N024")
def result_failed(proposal: Proposal, notes: NoteStore) -> Findings:
    """Snippet failed.

    The framework, in the version that was run, does not do what the snippet says.

    Bad::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
        "got": "'app'"
        "ok": false
        "state": "failed"

    Good::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
        "got": "'demo'"
        "ok": true
        "state": "verified"
    """
    for note, one in snippets_in_state(ResultState.FAILED, proposal, notes):
        snippet, result = one.snippet, one.result
        assert result is not None
        framework = f"{note.note.title} {safe(result.version)}"
        failed = [check for check in result.checks if not check.ok]
        for check in failed:
            message = f"expected {quote(check.expected)}, got {quote(check.got)} on {framework}"
            yield Finding(line_span(proposal, snippet.line(check.line)), message)
        if not failed:
            reason = snippet.in_file(result.reason or "a check was not reached")
            message = f"{describe(snippet)} failed on {framework}: {quote(reason)}"
            line = re.match("line ([0-9]+): ", reason)
            code_span = snippet.location.span
            yield Finding(line_span(proposal, int(line[1])) if line else code_span, message)

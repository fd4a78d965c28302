from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....notes.results import ResultState
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import called, run, shown


@rule("N022", severity=Severity.WARNING)
def result_missing(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A snippet was never run, as far as anybody can tell.

    Until there is a result beside the proposal, the snippet is a claim like any other.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'

        # proposals/fep-0007.notes.json
        {
          "number": 7,
          "snippets": {
            "sanic-view": {
              "checks": [
                {
                  "expected": "'demo'",
                  "got": "'demo'",
                  "line": 3,
                  "ok": true
                }
              ],
              "environment": "5b62dfabc5d0934ba4113c130ce34f512252e180c6dc86809c9b422cedbe9bf3",
              "framework": "sanic",
              "harness": "0000000000000000000000000000000000000000000000000000000000000000",
              "python": "3.11",
              "snippet": "3c58eca230bda7b8197690d00649b908df5d1ef06a6e8b794d986b5528be5de8",
              "state": "verified",
              "version": "25.12.1"
            }
          }
        }
    """
    for _standing, one in shown(proposal, evidence):
        if one.state is ResultState.NOT_RUN:
            message = f"{called(one.snippet)} has no result; make one with {run(proposal)}"
            yield Finding(one.snippet.location.span, message)

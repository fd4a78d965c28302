from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....notes.results import ResultState
from ....notes.status import explain_stale
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import called, run, shown


@rule("N023", severity=Severity.WARNING)
def result_stale(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """The result of a snippet belongs to something else.

    Its text, the versions that it ran with, or what runs it have changed since. Nobody knows
    whether it still holds.

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
              "version": "24.6.0"
            }
          }
        }

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
    for standing, one in shown(proposal, evidence):
        if one.state is ResultState.STALE:
            what = f"{called(one.snippet)} has a result {explain_stale(standing, one)}"
            yield Finding(one.snippet.location.span, f"{what}; run it again with {run(proposal)}")

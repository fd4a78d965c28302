from collections.abc import Iterator

from ...._text import quote, safe
from ....diagnostics import Finding, Span
from ....notes.results import ResultState
from ....notes.status import NoteStatus, SnippetStatus
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import called, shown


@rule("N024")
def result_failed(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A snippet does not hold.

    What the note claims is not what the framework does, in the version that it was run with.

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
                  "got": "'app'",
                  "line": 3,
                  "ok": false
                }
              ],
              "environment": "5b62dfabc5d0934ba4113c130ce34f512252e180c6dc86809c9b422cedbe9bf3",
              "framework": "sanic",
              "harness": "0000000000000000000000000000000000000000000000000000000000000000",
              "python": "3.11",
              "snippet": "3c58eca230bda7b8197690d00649b908df5d1ef06a6e8b794d986b5528be5de8",
              "state": "failed",
              "version": "25.12.1"
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
        if one.state is ResultState.FAILED:
            yield from _told(proposal, standing, one)


def _told(proposal: Proposal, standing: NoteStatus, one: SnippetStatus) -> Iterator[Finding]:
    assert one.result is not None
    where = f"{standing.note.title} {safe(one.result.version)}"
    wrong = [(c, one.snippet.line(c.line)) for c in one.result.checks if not c.ok]
    for check, line in wrong:
        message = f"on {where} this is {quote(check.got)}; expected was {quote(check.expected)}"
        yield Finding(Span(line, 1, line, len(proposal.lines[line - 1]) + 1), message)
    if not wrong:
        reason = quote(one.result.reason or "a check was not reached")
        message = f"{called(one.snippet)} fails on {where}: {reason}"
        yield Finding(one.snippet.location.span, message)

from collections.abc import Iterator

from ...._text import join_words, quote
from ....diagnostics import Finding, Severity
from ....notes.results import results_path, ResultsFile
from ....notes.store import NoteStore
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..body._helpers import is_readable
from ._helpers import run, section


@rule("N025", severity=Severity.WARNING)
def result_gone(proposal: Proposal, process: Process, evidence: NoteStore) -> Iterator[Finding]:
    """There is a result for a snippet that is not there.

    Where a snippet got another name, its result has to be made again under that.

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
            "sanic-views": {
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
    found = evidence.results.get(results_path(proposal.path))
    if not isinstance(found, ResultsFile) or not is_readable(proposal):
        return
    standing = evidence.statuses(proposal.body, proposal.path)
    there = {one.snippet.name for some in standing for one in some.snippets}
    gone = [quote(name) for name in sorted(found.snippets) if name not in there]
    if gone:
        what = f"{results_path(proposal.path)} has results for {join_words(gone, 'and')}"
        message = f"{what}, which are not here; take them away with {run(proposal)}"
        yield Finding(section(proposal, process), message)

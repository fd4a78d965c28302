from collections.abc import Iterator

from ....diagnostics import Finding
from ....notes.results import results_path, ResultsFile
from ....notes.store import NoteStore
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import run, section


@rule("N021")
def results_unreadable(
    proposal: Proposal, process: Process, evidence: NoteStore
) -> Iterator[Finding]:
    """A file of results cannot be used.

    Only ``fep notes run`` writes it. Without it nobody knows whether the snippets hold.

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
        {"number": 7, "snippets": []}

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
    path = results_path(proposal.path)
    found = evidence.results.get(path)
    if found is None:
        return
    trouble = found if isinstance(found, str) else ""
    if isinstance(found, ResultsFile) and found.number != proposal.number:
        trouble = f"says that it is about {process.label(found.number)}"
    if trouble:
        again = f"take it away, and write it again with {run(proposal)}"
        yield Finding(section(proposal, process), f"{path} {trouble}; {again}")

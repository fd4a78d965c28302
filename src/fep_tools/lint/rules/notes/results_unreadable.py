from ....notes.results import results_path, ResultsFile
from ....notes.store import NoteStore
from .._api import Finding, Findings, Process, Proposal, rule
from ._helpers import run_command, section_title


@rule("N021", blocking=True)
def results_unreadable(proposal: Proposal, process: Process, notes: NoteStore) -> Findings:
    """Results file cannot be used.

    Only ``fep notes run`` should write this file. Without results, no snippet counts as verified.

    Bad::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        {"number": 7, "snippets": []}

    Good::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
    """
    path = results_path(proposal.path)
    results = notes.results.get(path)
    if isinstance(results, str):
        problem = results
    elif isinstance(results, ResultsFile) and results.number != proposal.number:
        problem = f"is about {process.label(results.number)}"
    else:
        return
    advice = f"delete it, then run: {run_command(proposal)}"
    yield Finding(section_title(proposal, process), f"{path} {problem}; {advice}")

from ....notes.results import results_path, ResultsFile
from ....notes.store import NoteStore
from .._api import Finding, Findings, join_words, Process, Proposal, quote, rule, Severity
from ..body._helpers import is_readable
from ._helpers import run_command, section_title


@rule("N025", severity=Severity.WARNING)
def result_gone(proposal: Proposal, process: Process, notes: NoteStore) -> Findings:
    """Result belongs to no snippet.

    The snippet was removed or renamed. A renamed snippet has to be run again under its new name.

    Bad::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view
        :name: sanic-views

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view

    Good::

        # proposals/fep-0007.rst
        # fixture: a note on Sanic, with the snippet sanic-view
        :name: sanic-view

        # proposals/fep-0007.notes.json
        # fixture: the result of sanic-view
    """
    path = results_path(proposal.path)
    results = notes.results.get(path)
    if not isinstance(results, ResultsFile) or not is_readable(proposal):
        return
    names = {snippet.name for note in notes.notes(proposal.body) for snippet in note.snippets}
    gone = [quote(name) for name in sorted(results.snippets.keys() - names)]
    if gone:
        problem = f"{path} has results of {join_words(gone, 'and')}, but there is no such snippet"
        advice = f"remove them: {run_command(proposal)}"
        yield Finding(section_title(proposal, process), f"{problem}; {advice}")

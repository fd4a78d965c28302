from ...._text import did_you_mean
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, quote, rule


@rule("N001")
def framework_unknown(proposal: Proposal, notes: NoteStore) -> Findings:
    """Note is about an unknown framework.

    The title of a note is the name of a framework in ``frameworks.toml``. It selects the
    environment in which the snippets of the note run.

    Bad::

        # fixture: a proposal with notes

        Sanik
        -----

        :Stance: similar

        A view may declare what it returns.

    Good::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.
    """
    for note in notes.notes(proposal.body):
        if not note.framework:
            advice = did_you_mean(note.title, notes.frameworks.by_title)
            message = f"{quote(note.title)} is not a known framework; {advice}"
            yield Finding(note.title_location.span, message)

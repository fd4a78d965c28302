from ....notes.store import NoteStore
from .._api import Finding, Findings, join_words, Process, Proposal, rule
from .._headers import describe_kind, matching_condition
from ._helpers import section_title


@rule("N009")
def framework_missing(proposal: Proposal, process: Process, notes: NoteStore) -> Findings:
    """Note on a required framework is missing.

    A decision should take into account how other frameworks solve the problem. If the question
    does not arise for a framework, use the stance ``not-applicable`` and explain why.

    Bad::

        # fixture: a note on Sanic
        Status: Review

    Good::

        # fixture: a note on Sanic
        Status: Review

        Hug
        ---

        :Stance: absent

        Nothing like it was found.
    """
    when = matching_condition(notes.table.required, proposal) if notes.table else None
    present = {note.framework for note in notes.notes(proposal.body)}
    # A misspelled framework ("") may be the missing one, and is a finding already.
    if when is None or not present or "" in present:
        return
    missing = [f for f in notes.frameworks.frameworks if f.required and f.key not in present]
    if missing:
        kind = describe_kind(proposal, process, when)
        titles = join_words((framework.title for framework in missing), "and")
        message = f"{kind} needs a note on {titles}; add it to this section"
        yield Finding(section_title(proposal, process), message)

from .._api import Finding, Findings, Process, ProposalChange, quote, rule
from ._helpers import current_span, has_left_draft


@rule("T008")
def author_removed(change: ProposalChange, process: Process) -> Findings:
    """Author was removed after the draft stage.

    People who wrote a proposal remain its authors. You may add authors, but not remove them.
    Restore the name.

    Bad::

        # base
        FEP: 7
        Status: Review
        Author: Ada Lovelace, Charles Babbage

        # head
        FEP: 7
        Status: Review
        Author: Charles Babbage

    Good::

        # base
        FEP: 7
        Status: Review
        Author: Ada Lovelace

        # head
        FEP: 7
        Status: Review
        Author: Ada Lovelace, Charles Babbage
    """
    before, after = change.before, change.after
    if before is None or after is None or not has_left_draft(change, process):
        return
    names = {person.name for person in after.value("authors") or ()}
    # An entry that cannot be read any more may still have the name.
    field = after.field("authors") if "authors" in after.mistakes else None
    unread = " ".join(field.value.split()) if field else ""
    for person in before.value("authors") or ():
        if names and person.name not in names and person.name not in unread:
            header = process.header_name("authors")
            message = f"{quote(person.name)} was removed from '{header}'; restore the name"
            yield Finding(current_span(change, "authors"), message)

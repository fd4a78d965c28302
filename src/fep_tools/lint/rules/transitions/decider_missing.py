from ....proposals.deciders import find_deciders
from .._api import Finding, Findings, join_words, Process, ProposalChange, rule
from ._helpers import current_span, is_retroactive


@rule("T016")
def decider_missing(change: ProposalChange, process: Process) -> Findings:
    """No one may make this decision.

    The file ``people.toml`` beside the process file says who is in the workgroup, who is an
    editor and who is a delegate. A decision needs somebody of these who is not an author of the
    proposal; in the workgroup, and as a delegate, nor its sponsor. Appoint somebody first, in a
    change of its own. The people of the base count.

    Bad::

        # base
        # fep/people.toml
        [[person]]
        name = "Ada Lovelace"
        roles = ["delegate"]

        # proposals/fep-0007.rst
        Delegate: Charles Babbage
        Status: Review
        Type: Process

        # head
        # proposals/fep-0007.rst
        Delegate: Charles Babbage
        Status: Active
        Type: Process

    Good::

        # base
        # fep/people.toml
        [[person]]
        name = "Ada Lovelace"
        roles = ["delegate"]

        # proposals/fep-0007.rst
        Delegate: Ada Lovelace
        Status: Review
        Type: Process

        # head
        # proposals/fep-0007.rst
        Delegate: Ada Lovelace
        Status: Active
        Type: Process
    """
    after, people = change.after, process.people
    if change.status_change is None or after is None or people is None or is_retroactive(change):
        return
    status = process.status(change.status_change[1])
    transition = process.transition(*change.status_change, after.type)
    if status is None or not status.decision or transition is None:
        return
    deciders = find_deciders(after, transition, process)
    if deciders.role == "upstream":
        return
    appointed = {name.casefold() for name in people.names("delegate")}
    others = [name for name in deciders.names if name.casefold() not in appointed]
    if deciders.role == "delegate" and others:
        name = process.header_name("delegate")
        who = join_words(others, "and")
        message = f"'{name}' names {who}, who is no delegate in people.toml; name one who is"
        yield Finding(current_span(change, "delegate"), message)
    elif not deciders.names:
        what = {"workgroup": "member of the workgroup", "editor": "editor"}[deciders.role]
        message = f"no {what} is in people.toml, so no one can decide; appoint one first"
        yield Finding(current_span(change, "status"), message)
    elif len(deciders.conflicts) == len(deciders.names):
        who = join_words(deciders.conflicts, "and")
        message = f"only {who} may decide, with a conflict of interest; appoint somebody else"
        yield Finding(current_span(change, "status"), message)

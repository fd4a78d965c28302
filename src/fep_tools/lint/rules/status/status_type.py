from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding, Related
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule


@rule("S001")
def status_type(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A status is not for that type of proposal.

    A guideline is in force, and a change is released: each type has statuses of its own, and
    the index groups proposals by both.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Active
        Type: Standards Track

    Good::

        FEP: 7
        Title: Typed views
        Status: Accepted
        Type: Standards Track
    """
    status, type_ = process.status(proposal.status), proposal.type
    field, other = proposal.field("status"), proposal.field("type")
    if not (status and status.types and type_ and field and other) or type_ in status.types:
        return
    fitting = join_words(s.name for s in process.statuses if not s.types or type_ in s.types)
    message = (
        f"'{field.name}' is \"{status.name}\", which is for {join_words(status.types, 'and')} "
        f"{process.acronym}s; for a {type_} {process.acronym} write {fitting}"
    )
    there = Related(proposal.path, other.span(), f"the type is {type_}")
    yield Finding(field.span(), message, related=(there,))

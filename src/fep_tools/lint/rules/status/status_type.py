from .._api import Finding, Findings, join_words, Process, Proposal, Related, rule


@rule("S001")
def status_type(proposal: Proposal, process: Process) -> Findings:
    """Status does not apply to this type of proposal.

    Each type has its own statuses: a guideline becomes active, and a change to the code is
    released. The index groups proposals by status and type. Choose a status of this type, or
    correct the type.

    Bad::

        Status: Active
        Type: Standards Track

    Good::

        Status: Accepted
        Type: Standards Track
    """
    status, type_ = process.status(proposal.status), proposal.type
    field, type_field = proposal.field("status"), proposal.field("type")
    if not (status and status.types and type_ and field and type_field) or type_ in status.types:
        return
    allowed = join_words(s.name for s in process.statuses if not s.types or type_ in s.types)
    message = (
        f"'{field.name}' is \"{status.name}\", which is for {join_words(status.types, 'and')} "
        f"{process.acronym}s; for a {type_} {process.acronym} use {allowed}"
    )
    related = Related(proposal.path, type_field.span(), f"the type is {type_}")
    yield Finding(field.span(), message, related=(related,))

from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import locate_records


@rule("S005")
def history_first(proposal: Proposal, process: Process) -> Findings:
    """Status history does not start with the first status.

    Every proposal starts as a draft, even if only for a day, and the time that proposals take
    is counted from there. If the idea began as a commit, use the date of that commit for the
    draft. Add the missing entry at the beginning.

    Bad::

        Status-History: 2021-04-14 Accepted https://example.org/1

    Good::

        Status-History: 2021-04-14 Draft https://example.org/1
            2021-04-14 Accepted https://example.org/1
    """
    header, first = process.header_for("history"), process.initial_status.name
    for record, span in locate_records(proposal, header, process)[:1]:
        if header and record.status not in {None, first}:
            message = (
                f"'{header.name}' starts with \"{record.status}\"; "
                f"add an entry for {first} before it"
            )
            yield Finding(span, message)

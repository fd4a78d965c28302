from ....proposals.fields import format_date
from .._api import Finding, Findings, Process, Proposal, Related, rule
from .._headers import locate_records


@rule("S008")
def history_created(proposal: Proposal, process: Process) -> Findings:
    """Status history does not start on the creation date.

    Both dates say when the proposal was first written. Lists use one and timelines the other,
    so readers would see two different dates. Write the same date in both.

    Bad::

        Created: 2018-03-26
        Status-History: 2018-03-27 Draft https://example.org/1

    Good::

        Created: 2018-03-26
        Status-History: 2018-03-26 Draft https://example.org/1
    """
    header, created = process.header_for("history"), process.header_for("created")
    day, field = proposal.value("created"), proposal.field("created")
    for record, span in locate_records(proposal, header, process)[:1]:
        if header and created and day and field and record.date and record.date != day:
            message = (
                f"'{header.name}' starts on {format_date(record.date, header.date_format)}, but "
                f"'{created.name}' is {format_date(day, created.date_format)}; use the same date"
            )
            related = Related(proposal.path, field.span(), f"'{created.name}' is here")
            yield Finding(span, message, related=(related,))

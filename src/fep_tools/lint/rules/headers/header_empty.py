from datetime import date

from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import format_example, iter_headers, matching_condition


@rule("H007")
def header_empty(proposal: Proposal, process: Process, today: date) -> Findings:
    """Header has no value.

    An empty header leaves readers guessing: was the value forgotten, or is there none? Write
    the value. If there is none, leave the header out.

    Bad::

        FEP: 7
        Title: Typed views
        Author:

    Good::

        Author: Ada Lovelace
    """
    for header, field in iter_headers(proposal, process):
        if not field.value.strip() and not header.allow_empty:
            line = format_example(header, proposal, process, today)
            remove = "" if matching_condition(header.required, proposal) else ", or remove it"
            message = f"'{header.name}' is empty; write a value, such as {line}{remove}"
            yield Finding(field.name_span, message)

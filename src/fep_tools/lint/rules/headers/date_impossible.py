from datetime import date

from ....proposals.fields import format_date
from .._api import add_days, Finding, Findings, Process, Proposal, rule
from .._headers import iter_headers
from ._helpers import locate_dates

EARLIEST = date(1990, 1, 1)
"""Older than Python, so an earlier date is a typing error."""

TIME_ZONE_DAYS = 1
"""In some time zones, authors write when it is already tomorrow."""


@rule("H110")
def date_impossible(proposal: Proposal, process: Process, today: date) -> Findings:
    """Date is impossible.

    Creation, announcement and decision have already happened when they are recorded, and not
    before 1990. Any other date is a typing error and puts the proposal at the wrong end of
    every list. Correct the date.

    Bad::

        Created: 2205-03-03

    Good::

        Created: 2025-03-03
    """
    for header, _field in iter_headers(proposal, process):
        has = "is" if header.kind == "date" else "contains a date"
        for day, span in locate_dates(proposal, header, process) if header.past_only else ():
            if EARLIEST <= day <= add_days(today, TIME_ZONE_DAYS):
                continue
            shown = format_date(day, header.date_format)
            message = f"{has} before {EARLIEST.year} ({shown}); correct the year"
            if day > today:
                message = f"{has} in the future ({shown}); use today's date or an earlier one"
            yield Finding(span, f"'{header.name}' {message}")

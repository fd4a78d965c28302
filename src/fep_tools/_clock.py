"""The day on which a command runs, and days counted from another one."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, UTC

from ._text import quote
from .errors import ConfigError


def today() -> date:
    """Return today's date in UTC, or the one that ``SOURCE_DATE_EPOCH`` sets.

    See https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970. A value that
    is malformed is refused, as the specification says: the result would not be reproducible.

    :raises ConfigError: if that is no number of seconds, or not in a year of four digits
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC).date()
    advice = "set it to the seconds since 1970, such as 1795219200"
    if not (epoch.isascii() and epoch.isdigit()):
        raise ConfigError(f"SOURCE_DATE_EPOCH is {quote(epoch)}; {advice}")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (OverflowError, OSError, ValueError):
        is_milliseconds = len(epoch) == len("1795219200000")
        hint = f"it has milliseconds, so set it to {epoch[:-3]}" if is_milliseconds else advice
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is {quote(epoch)}, which is after the year 9999; {hint}"
        ) from None


def add_days(day: date, days: int) -> date:
    """Return the date *days* after *day*; one outside of the years 1 to 9999 is the last of them.

    Anybody may write ``Review-Until: 0001-01-01`` into a proposal.

    :param days: a number of days, negative for an earlier date

    >>> add_days(date(9999, 12, 31), 14)
    datetime.date(9999, 12, 31)
    """
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min

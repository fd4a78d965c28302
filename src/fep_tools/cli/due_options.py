"""Options of the commands that compute what is due on a day."""

from __future__ import annotations

import click

from .._clock import today
from .options import Decorated
from .params import VERSION


def as_of_today(command: Decorated) -> Decorated:
    """Add ``--today``, passed as *today*: a day, which is that of :func:`today` by default."""
    return click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        default=None,
        callback=lambda _context, _parameter, value: value.date() if value else today(),
        metavar="DATE",
        help="Compute it for DATE, such as 2027-01-31.",
    )(command)


def released(command: Decorated) -> Decorated:
    """Add ``--released``, the newest version that is released."""
    text = "Newest version that is released, for planned versions that have passed."
    return click.option("--released", metavar="V", type=VERSION, help=text)(command)

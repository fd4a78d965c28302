"""``fep notes``: its commands are the modules of this package."""

from __future__ import annotations

import click

from ...lazy_group import LazyGroup


class _Notes(LazyGroup):
    """The commands that are about notes."""

    package = __name__


@click.group(cls=_Notes)
def command() -> None:
    """Check and run the notes on other frameworks.

    \b
    Examples:
      fep notes check
      fep notes matrix
    """

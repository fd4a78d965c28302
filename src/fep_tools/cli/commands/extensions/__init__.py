"""``fep extensions``: its commands are the modules of this package."""

from __future__ import annotations

import click

from ...lazy_group import LazyGroup


class _Extensions(LazyGroup):
    """The commands about extensions."""

    package = __name__


@click.group(cls=_Extensions)
def command() -> None:
    """Report the state of extensions, and whom a proposal affects.

    \b
    Examples:
      fep extensions report
    """

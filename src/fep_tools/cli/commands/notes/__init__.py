"""``fep notes``: its commands are the modules of this package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ...lazy_group import LazyGroup


class _Notes(LazyGroup):
    """The commands about notes."""

    package = __name__


@click.group(cls=_Notes)
def command() -> None:
    """Check and run the notes on other frameworks.

    \b
    Examples:
      fep notes check
      fep notes matrix
    """


def allow_unsandboxed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--allow-unsandboxed``."""
    return click.option(
        "--allow-unsandboxed",
        is_flag=True,
        help="Run without a sandbox if bubblewrap does not work; snippets can do whatever you can.",
    )(function)

"""A click group that finds its commands by file name and imports only the one that is run."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable

import click

MAX_SUMMARY = 300
"""Characters of a summary; no command has so many."""


NARROW = 60
"""Columns below which the names of options get a third of the width, and not 30 columns."""


class HelpFormatter(click.HelpFormatter):
    """A formatter that leaves room for descriptions on narrow terminals."""

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names and descriptions; below a name that is too long, the description follows."""
        limit = col_max if self.width >= NARROW else self.width // 3
        super().write_dl(rows, min(col_max, limit), col_spacing)


class Context(click.Context):
    """The context of every command."""

    formatter_class = HelpFormatter


class Group(click.Group):
    """A group whose help has the whole summary of each command."""

    context_class = Context

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summary of each command; click would cut those that are too long."""
        commands = ((name, self.get_command(context, name)) for name in self.list_commands(context))
        rows = [(name, found.get_short_help_str(MAX_SUMMARY)) for name, found in commands if found]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class LazyGroup(Group):
    """A group whose commands are the modules of *package*, each with a ``command``.

    Importing all commands would take longer than most of them need to run.
    """

    package = f"{__package__}.commands"

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted(self._modules())

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import and return the command called *name*."""
        module = self._modules().get(name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(f"{self.package}.{module}").command
        command.context_class = Context
        return command

    def _modules(self) -> dict[str, str]:
        """Return the module of each command.

        A trailing underscore is not part of the command's name: ``list_.py`` and ``next_.py``
        would otherwise shadow built-in functions.
        """
        (directory,) = importlib.import_module(self.package).__path__
        modules = (name.removesuffix(".py") for name in os.listdir(directory))
        return {name.rstrip("_"): name for name in modules if not name.startswith("_")}

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve as click does, and suggest the closest name for an unknown one."""
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as error:
            from .._text import closest_match

            match = closest_match(arguments[0], self.list_commands(context))
            hint = f" Did you mean '{match}'?" if match else ""
            raise click.UsageError(f"{error.message}{hint}", context) from None

"""How the commands are found: every module of a package that defines ``command``."""

from __future__ import annotations

import importlib
import os

import click


class LazyGroup(click.Group):
    """A group whose commands are the modules of its *package*, imported when needed."""

    package = f"{__package__}.commands"

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        (folder,) = importlib.import_module(self.package).__path__
        names = {name.removesuffix(".py") for name in os.listdir(folder)}
        return sorted(name.strip("_") for name in names if not name.startswith("_"))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in self.list_commands(context):
            return None
        # `list` and `next` are words of Python; their modules end with an underscore.
        module = name if name not in {"list", "next"} else f"{name}_"
        command: click.Command = importlib.import_module(f"{self.package}.{module}").command
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a guess where the name is unknown."""
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as problem:
            from .._text import closest_match

            meant = closest_match(arguments[0], self.list_commands(context))
            hint = f" Did you mean '{meant}'?" if meant else ""
            raise click.UsageError(f"{problem.message}{hint}", context) from None

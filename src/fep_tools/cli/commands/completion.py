"""``fep completion``"""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print what lets SHELL complete commands, numbers, statuses and rules.

    \b
    Examples:
      eval "$(fep completion bash)"
      fep completion fish > ~/.config/fish/completions/fep.fish
    """
    from click.shell_completion import get_completion_class

    program = context.find_root()
    known = get_completion_class(shell)
    assert known is not None
    click.echo(known(program.command, {}, "fep", "_FEP_COMPLETE").source(), nl=False)

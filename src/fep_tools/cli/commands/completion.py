"""``fep completion``"""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    It completes commands, options, proposal numbers, statuses and rules.

    \b
    Examples:
      eval "$(fep completion bash)"
      fep completion fish > ~/.config/fish/completions/fep.fish
    """
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    assert completion_class is not None
    completion = completion_class(context.find_root().command, {}, "fep", "_FEP_COMPLETE")
    click.echo(completion.source(), nl=False)

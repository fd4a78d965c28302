"""``fep schema``"""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema NAME: of what the tool writes, or of a process file.

    Without NAME, list them.

    \b
    Examples:
      fep schema
      fep schema proposals
    """
    from ..._text import join_words
    from ...catalog import schemas

    if name is None:
        for known, model in schemas.NAMED.items():
            click.echo(f"{known:<10}  {_summary(model.__doc__)}")
        return
    if name not in schemas.NAMED:
        raise click.UsageError(
            f"there is no schema '{name}'; there are {join_words(schemas.NAMED, 'and')}"
        )
    click.echo(schemas.schema(name), nl=False)


def _summary(docstring: str | None) -> str:
    return (docstring or "").partition("\n")[0].replace("``", "")

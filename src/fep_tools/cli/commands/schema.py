"""``fep schema``"""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema NAME, or list the schemas.

    There are schemas for the JSON output of commands and for the process file.

    \b
    Examples:
      fep schema
      fep schema proposals
    """
    import json

    from ..._text import join_words
    from ...catalog.schemas import json_schema, NAMES

    if name is None:
        for each in NAMES:
            summary = json.loads(json_schema(each))["description"].partition("\n")[0]
            click.echo(f"{each:<10}  {summary.replace('``', '')}")
        return
    if name not in NAMES:
        raise click.UsageError(f'no schema "{name}"; choose from {join_words(NAMES)}')
    click.echo(json_schema(name), nl=False)

"""``fep schema``"""

from __future__ import annotations

import click

from .. import options


@click.command()
@click.argument("name", required=False)
@options.output_format("json", "text")
def command(name: str | None, format_: str) -> None:
    """Print the JSON Schema NAME, or list the schemas.

    There are schemas for the JSON output of commands, for the process file, and for the file of
    frameworks. The format text explains the keys of such a file.

    \b
    Examples:
      fep schema
      fep schema proposals
      fep schema process --format text
    """
    import json

    from ..._text import join_words
    from ...catalog.schemas import FILES, json_schema, NAMES

    if name is None:
        width = max(map(len, NAMES))
        for each in NAMES:
            summary = json.loads(json_schema(each))["description"].partition("\n")[0]
            click.echo(f"{each:<{width}}  {summary.replace('``', '')}")
        return
    if name not in NAMES:
        raise click.UsageError(f'no schema "{name}"; choose from {join_words(NAMES)}')
    if format_ == "json":
        click.echo(json_schema(name), nl=False)
        return
    if name not in FILES:
        raise click.UsageError(f"--format text is for {join_words(FILES)}, and not for {name}")
    from ..render.reference import as_text

    click.echo(as_text(FILES[name]), nl=False)

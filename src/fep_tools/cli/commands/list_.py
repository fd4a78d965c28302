"""``fep list``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command("list")
@click.option("--status", metavar="S", help="Only proposals with this status.")
@click.option("--type", "type_", metavar="T", help="Only proposals of this type.")
@click.option("--topic", metavar="T", help="Only proposals on this topic.")
@click.option("--author", metavar="A", help="Only proposals by authors whose name contains A.")
@click.option("--framework", metavar="F", help="Only proposals with a note on this framework.")
@click.option("--at", metavar="REV|DATE", help="List proposals as of a commit or date.")
@options.output_format("table", "json", "csv")
@options.pass_repository
def command(
    repository: Repository,
    status: str | None,
    type_: str | None,
    topic: str | None,
    author: str | None,
    framework: str | None,
    at: str | None,
    format_: str,
) -> None:
    """List proposals.

    A proposal is listed if it matches all filters.

    \b
    Examples:
      fep list --status Final
      fep list --at 2024-01-31 --type Process
      fep list --author ronacher --format json
      fep list --framework sanic
    """
    from ...editing.create import find_type
    from ...editing.transition import find_status
    from ..render import proposals

    status = find_status(repository.process, status).name if status else None
    type_ = find_type(repository.process, type_).name if type_ else None
    catalog = repository.catalog(at, history=format_ == "json")
    framework = proposals.find_framework(catalog, framework) if framework else None
    entries = proposals.filter_entries(
        catalog, status=status, type_=type_, topic=topic, author=author, framework=framework
    )
    render = {"table": proposals.as_table, "json": proposals.as_json, "csv": proposals.as_csv}
    click.echo(render[format_](entries), nl=False)
    if not entries:
        click.echo("fep: no proposals match", err=True)

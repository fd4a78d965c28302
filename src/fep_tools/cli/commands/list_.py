"""``fep list``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command("list")
@click.option("--status", metavar="S", help="Only those of that status.")
@click.option("--type", "type_", metavar="T", help="Only those of that type.")
@click.option("--topic", metavar="T", help="Only those of that topic.")
@click.option("--author", metavar="A", help="Only those by somebody whose name has this in it.")
@click.option("--framework", metavar="F", help="Only those with a note on that framework.")
@click.option("--at", metavar="REV|DAY", help="As they were at a commit, or on a day.")
@click.option("--format", "format_", type=click.Choice(["table", "json", "csv"]), default="table")
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
    """List proposals, all of them or those that are asked for.

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
    framework = proposals.framework_of(catalog, framework) if framework else None
    found = proposals.select(
        catalog, status=status, type_=type_, topic=topic, author=author, framework=framework
    )
    tell = {"table": proposals.table, "json": proposals.as_json, "csv": proposals.as_csv}
    click.echo(tell[format_](found), nl=False)

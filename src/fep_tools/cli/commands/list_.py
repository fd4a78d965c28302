"""``fep list``"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from .. import completions, options, terminal

if TYPE_CHECKING:
    from ...catalog.model import CatalogEntry
    from ...repository import Repository
    from ..completions import Completer


def _filter(
    name: str, parameter: str, metavar: str, text: str, complete: Completer | None = None
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Return the decorator for an option that can be repeated."""
    return click.option(
        name, parameter, multiple=True, metavar=metavar, help=text, shell_complete=complete
    )


@click.command("list")
@_filter("--status", "statuses", "S", "Only proposals with this status.", completions.status)
@_filter("--type", "types", "T", "Only proposals of this type.", completions.proposal_type)
@_filter("--topic", "topics", "T", "Only proposals on this topic.", completions.topic)
@_filter("--author", "authors", "A", "Only proposals by authors whose name contains A.")
@_filter(
    "--upstream-author",
    "upstream_authors",
    "A",
    "Only changes by people whose name contains A; they wrote no text.",
)
@_filter(
    "--framework",
    "frameworks",
    "F",
    "Only proposals with a note on this framework.",
    completions.framework,
)
@_filter(
    "--version",
    "versions",
    "V",
    "Only proposals for version V, or for one of its series.",
    completions.version,
)
@click.option(
    "--search", metavar="TEXT", help="Only proposals with these words in title or abstract."
)
@click.option(
    "--sort",
    "sort_by",
    type=click.Choice(["number", "title", "status", "created", "changed"]),
    default="number",
    show_default=True,
    help="Order of the list; of dates, the latest is first.",
)
@click.option(
    "--at",
    metavar="REV|DATE",
    shell_complete=completions.revision,
    help="List proposals as of a commit or date.",
)
@options.output_format("table", "json", "csv")
@options.color
@options.pass_repository
def command(
    repository: Repository,
    statuses: tuple[str, ...],
    types: tuple[str, ...],
    topics: tuple[str, ...],
    authors: tuple[str, ...],
    upstream_authors: tuple[str, ...],
    frameworks: tuple[str, ...],
    versions: tuple[str, ...],
    search: str | None,
    sort_by: str,
    at: str | None,
    format_: str,
    color: str,
) -> None:
    """List proposals.

    A proposal is listed if it matches all filters. Of a filter that is repeated, one value has
    to match. Case does not matter in --search. With --at, the process of that time is in effect.

    \b
    Examples:
      fep list --status Draft --status Review
      fep list --at 2024-01-31 --type Process
      fep list --upstream-author ronacher --format json
      fep list --framework sanic
      fep list --version 3.1
      fep list --search "app context" --sort changed
    """
    from ...editing.create import find_type
    from ...editing.transition import find_status
    from ..render import proposals

    then = repository.at(at) if at else repository
    is_whole = format_ == "json"
    catalog = then.catalog(history=is_whole or sort_by == "changed", similar=is_whole)
    entries = proposals.filter_entries(
        catalog,
        statuses=[find_status(then.process, name).name for name in statuses],
        types=[find_type(then.process, name).name for name in types],
        topics=topics,
        authors=authors,
        upstream_authors=upstream_authors,
        frameworks=[proposals.find_framework(catalog, name) for name in frameworks],
        versions=versions,
        words=search.split() if search else (),
    )
    entries = proposals.sort_entries(entries, sort_by)
    render: dict[str, Callable[[Sequence[CatalogEntry]], str]] = {
        "table": partial(
            proposals.as_table,
            has_types=bool(then.process.types),
            paint=terminal.painter(then.process, color=options.use_color(color)),
        ),
        "json": proposals.as_json,
        "csv": proposals.as_csv,
    }
    if format_ == "table":
        terminal.echo(render[format_](entries), color=options.use_color(color))
    else:
        click.echo(render[format_](entries), nl=False)
    if not entries:
        click.echo("fep: no proposals match", err=True)
    if catalog.unnumbered and len(entries) == len(catalog.entries):
        click.echo(f"fep: {proposals.unnumbered_note(catalog)}", err=True)

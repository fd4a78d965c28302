"""``fep release``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...catalog.model import Catalog
    from ...editorial.changelog import LogComparison
    from ...editorial.releases import ReleaseEntry
    from ...process.model import Process
    from ...repository import Repository


@click.command()
@click.argument("version")
@click.option("--released", is_flag=True, help="The version is out: list what is not final.")
@click.option(
    "--changelog",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Compare with the section of a change log on this version.",
)
@click.option("--base-url", metavar="URL", default="", help="URL of the site, for links to pages.")
@options.output_format("text", "json", "markdown", "rst")
@options.pass_repository
def command(
    repository: Repository,
    version: str,
    released: bool,
    changelog: Path | None,
    base_url: str,
    format_: str,
) -> int:
    """List the proposals for a version, and what they wait for.

    Forgotten are those that an earlier version should have had, or this one with --released.
    The formats markdown and rst draft a page "What's new" of the abstracts of those that are
    accepted or final. With --changelog, the exit status is 1 if the two do not agree.

    \b
    Examples:
      fep release 3.2
      fep release 3.2 --format rst
      fep release 3.2 --released --changelog CHANGES.rst
    """
    from ...editorial.releases import compute_release
    from ..render import release as render
    from .export import site_urls

    process = repository.process
    if process.header_for("version") is None:
        raise click.UsageError(
            'the process has no header for versions; give one role = "version" in the process file'
        )
    catalog = repository.catalog()
    catalog = catalog.with_urls(site_urls(catalog, process, base_url).page)
    entries = compute_release(catalog, process, version, is_released=released)
    log = _compare(changelog, entries, catalog, process, version) if changelog else None
    if format_ in ("markdown", "rst"):
        draft = render.as_markdown if format_ == "markdown" else render.as_rst
        click.echo(draft(entries, process, version), nl=False)
    elif format_ == "json":
        click.echo(render.as_json(entries, process, version, log), nl=False)
    else:
        terminal.echo(render.as_text(entries, process, version, log))
    return int(log is not None and bool(log.missing or log.unexpected))


def _compare(
    file: Path, entries: Iterable[ReleaseEntry], catalog: Catalog, process: Process, version: str
) -> LogComparison:
    from ...editorial.changelog import compare_log, read_sections
    from ...editorial.releases import is_for
    from ...errors import RepositoryError

    sections = read_sections(file.read_text("utf-8", "replace"))
    released = [
        each.entry for each in entries if each.state != "dropped" and is_for(each.entry, version)
    ]
    comparison = compare_log(sections, released, catalog, process, version)
    if comparison is None:
        raise RepositoryError(f"{file}: no section is on version {version}")
    return comparison

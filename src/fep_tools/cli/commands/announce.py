"""``fep announce``"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("range_", metavar="BASE[..HEAD]")
@click.option("--base-url", metavar="URL", default="", help="URL of the site, for links to pages.")
@options.output_format("text", "markdown", "json", "atom")
@options.pass_repository
def command(repository: Repository, range_: str, base_url: str, format_: str) -> None:
    """Announce what changed between two commits.

    BASE and HEAD are revisions or dates; without HEAD, it is the last commit. What is announced:
    new proposals, reviews and their last days, decisions, other changes of status, texts that
    changed after the decision, and other versions. The same range gives the same announcements.

    \b
    Examples:
      fep announce 2026-11-01
      fep announce v1.0..v1.1 --format markdown --base-url https://example.org/feps/
      fep announce HEAD~20 --format json
    """
    from ...editorial.announcements import compute_announcements, take_snapshot
    from ...history.snapshot import parse_day
    from ..render import announcements as render
    from .export import site_urls

    base, head = split_range(range_)
    first, last = parse_day(base), parse_day(head)
    if first and last and first > last:
        raise click.UsageError(f"{first} is after {last}; write the earlier date first")
    before = take_snapshot(repository, base, abstracts=False)
    after = take_snapshot(repository, head, since=before)
    urls = site_urls(after.catalog, after.process, base_url)
    after = replace(after, catalog=after.catalog.with_urls(urls.page))
    if not after.catalog.history_complete:
        click.echo(
            "fep: the clone is shallow, so statuses in between are missing; "
            "run: git fetch --unshallow",
            err=True,
        )
    entries = compute_announcements(before, after)
    if format_ == "atom":
        click.echo(render.as_atom(entries, after.process, urls), nl=False)
        return
    formats = {"text": render.as_text, "markdown": render.as_markdown, "json": render.as_json}
    click.echo(formats[format_](entries, before, after), nl=False)


def split_range(text: str) -> tuple[str, str]:
    """Return the two ends of ``BASE..HEAD``; HEAD may be left out.

    :raises click.UsageError: Something else has been written.
    """
    base, _dots, head = text.partition("..")
    if not base or head.startswith("."):
        raise click.UsageError("write the range as BASE..HEAD, such as 2026-11-01..2026-12-01")
    return base, head or "HEAD"

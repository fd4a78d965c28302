"""``fep export``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...catalog.model import Catalog
    from ...catalog.urls import SiteUrls
    from ...process.model import Process
    from ...repository import Repository

CATALOG_FORMATS = ("json", "atom", "ics", "bibtex", "csl")
"""The formats of all proposals."""

FORMATS = (*CATALOG_FORMATS, "codeowners")


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File to write (default: standard output).",
)
@click.option("--base-url", metavar="URL", default="", help="URL of the site, for links to pages.")
@options.pass_repository
def command(repository: Repository, format_: str, output: Path | None, base_url: str) -> None:
    """Export all proposals to JSON, a feed, a calendar or citations.

    json is the site's api/proposals.json, atom its feed of status changes, ics its calendar;
    bibtex and csl are citations. codeowners is the file of code owners of GitHub and GitLab, made
    from people.toml.

    \b
    Examples:
      fep export json --output proposals.json
      fep export bibtex --base-url https://example.org/feps/
      fep export ics
      fep export codeowners --output .github/CODEOWNERS
    """
    if format_ == "codeowners":
        _write(codeowners(repository.process), output)
        return
    repository.require_proposals()
    catalog = repository.catalog(similar=format_ == "json")
    if format_ == "json":
        catalog = _with_decided_texts(catalog, repository)
    process = repository.process
    data = export(catalog, process, format_, site_urls(catalog, process, base_url))
    _write(data, output)


def _write(data: bytes, output: Path | None) -> None:
    from ... import _atomic

    if output is None:
        click.echo(data, nl=False)
    else:
        _atomic.write_output(options.relative_to_cwd(output), data)


def codeowners(process: Process) -> bytes:
    """Return the file of code owners.

    :raises FepError: There is no file of people, or it has no owned paths.
    """
    from ...errors import FepError

    if process.people is None or not process.people.owned:
        raise FepError("no paths have owners; write [[owned]] in people.toml beside process.toml")
    return process.people.codeowners_text.encode()


def _with_decided_texts(catalog: Catalog, repository: Repository) -> Catalog:
    """Return the catalog that says whether texts have changed since they were decided."""
    from ...editorial.decided import changes_since_decision, with_changes

    history = repository.history_or_none()
    if history is None or not history.complete:
        return catalog
    corpus = repository.corpus(bodies=False)
    return with_changes(catalog, changes_since_decision(repository, corpus, history))


def export(catalog: Catalog, process: Process, format_: str, urls: SiteUrls) -> bytes:
    """Return the catalog as a file.

    :param format_: One of :data:`CATALOG_FORMATS`.
    """
    from ...catalog.exports import atom, citations, ical
    from ...catalog.schemas import dump_json

    entries = catalog.proposals
    match format_:
        case "json":
            return dump_json(catalog.with_urls(urls.page).as_json())
        case "atom":
            return atom.events(catalog, process, urls)
        case "ics":
            return ical.calendar(catalog, process, urls)
        case "bibtex":
            citation = (citations.bibtex(e, process, urls.page(e.number)) for e in entries)
            return "\n".join(citation).encode()
        case "csl":
            pages = {entry.number: urls.page(entry.number) for entry in entries}
            return citations.csl(entries, process, pages).encode()
    raise ValueError(format_)


def site_urls(catalog: Catalog, process: Process, base_url: str) -> SiteUrls:
    """Return the URLs of pages: on the site at *base_url*, or else as the process has them."""
    from ...catalog.urls import site_address, SiteUrls

    numbers = [entry.number for entry in catalog.proposals]
    if base_url:
        pages = {number: f"{process.slug(number)}/" for number in numbers}
        return SiteUrls(site_address(base_url, "--base-url"), pages)
    if process.url:
        return SiteUrls("", {number: process.url.format(number) for number in numbers})
    return SiteUrls()

"""``fep export``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository

FORMS = ("json", "atom", "ics", "bibtex", "csl")
"""The formats of :mod:`fep_tools.catalog.exports`, repeated so that ``--help`` stays fast."""


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMS))
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it; without it, standard output.",
)
@click.option("--base-url", metavar="URL", default="", help="Where the site is, to link its pages.")
@options.pass_repository
def command(repository: Repository, form: str, output: Path | None, base_url: str) -> None:
    """Write all proposals as FORMAT: json, atom, ics, bibtex or csl.

    json is the site's api/proposals.json, atom its feed of what happened, ics its calendar;
    bibtex and csl are citations.

    \b
    Examples:
      fep export json --output proposals.json
      fep export bibtex --base-url https://example.org/feps/
      fep export ics
    """
    from ... import _atomic
    from ...catalog.exports import formats

    repository.require_proposals()
    catalog = repository.catalog()
    addresses = formats.addresses(catalog, repository.process, base_url)
    data = formats.FORMS[form](catalog, repository.process, addresses)
    if output is None:
        click.echo(data, nl=False)
    else:
        _atomic.write_if_changed(options.relative_to_cwd(output), data)

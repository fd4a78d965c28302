"""``fep build``"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository
    from ...site.build import Report
    from ...site.pagefind import Search

OUTPUT = "build/site"


@click.command()
@options.repository
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Where to put the site; without it, {OUTPUT} in the checkout.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes that work at it; 0 for one a core.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="Where the site will be; goes before html_baseurl of conf.py.",
)
@click.option("--local", is_flag=True, help="Link pages so that they open without a server.")
@click.option(
    "--search",
    type=click.Choice(["sphinx", "pagefind"]),
    help="Which search the site has; pagefind needs the extra 'search'.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="The language of the site; several are put into folders, but for the first.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run as well.")
def command(
    root: Path | None, process: str | None, no_cache: bool, output: Path | None, jobs: int,
    base_url: str, local: bool, search: Search | None, languages: tuple[str, ...], strict: bool,
) -> int:  # fmt: skip
    """Build the site: every proposal, the index, and the catalog as JSON.

    \b
    Examples:
      fep build
      fep build --output build/site --local
      fep build --base-url https://example.org/feps/
      fep build --language en --language fr
      fep build --strict --jobs 1
    """
    from ...site import build

    repository = options.open_repository(root, process, no_cache)
    repository.require_proposals()
    place = output or repository.root / OUTPUT
    with ExitStack() as stack:
        report = build.build(
            build.Request(
                root=repository.root,
                output=place,
                process=process or "",
                cache=cache_of(repository),
                jobs=jobs or os.cpu_count() or 1,
                local=local,
                base=base_url,
                search=search,
                languages=languages,
                memory=memory_of(place, stack),
            ),
            sys.stderr,
            _progress,
        )
    click.echo(_summary(report))
    failed = report.errors or (report.warnings and (strict or repository.settings["strict"]))
    return int(bool(failed))


def memory_of(output: Path, stack: ExitStack) -> Path:
    """A folder that no stranger can have filled: Sphinx runs what it finds in its doctrees.

    In CI, where the checkout is a stranger's and there is no next build, one for this build.
    """
    chosen = os.environ.get("FEP_CACHE_DIR")
    if not chosen and os.environ.get("CI"):
        return Path(stack.enter_context(TemporaryDirectory(prefix="fep-")))
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = blake2b(os.fsencode(output.resolve()), digest_size=8).hexdigest()
    return Path(chosen or home / "fep-tools") / f"site-{name}"


def cache_of(repository: Repository) -> str:
    """What is remembered of bodies, if there is such a folder; a build makes none."""
    folder = repository.cache.folder
    return str(folder) if folder and folder.is_dir() else ""


def _progress(doing: str) -> None:
    click.echo(f"fep: {doing}", err=True)


def _summary(report: Report) -> str:
    from ..._text import plural

    parts = [
        f"{plural(report.proposals, 'proposal')} on {plural(report.pages, 'page')}",
        f"{report.read} read",
        f"{report.written} written",
    ]
    parts += [f"{report.left_out} left out"] if report.left_out else []
    parts += [plural(report.warnings, "warning")] if report.warnings else []
    return f"{', '.join(parts)}\nopen {report.index}"

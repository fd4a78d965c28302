"""``fep build``"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..._progress import observed
from .. import options, storage, terminal

if TYPE_CHECKING:
    from ...repository import Repository
    from ...site.options import BuildReport
    from ...site.search import Search

OUTPUT = "build/site"

BUILDERS = (
    "dirhtml", "dummy", "epub", "gettext", "html", "json", "latex", "linkcheck", "pickle",
    "pseudoxml", "singlehtml", "texinfo", "text", "xml",
)  # fmt: skip
"""Sphinx's builders that write what a repository has. Not ``doctest``: it runs examples."""


@click.command()
@options.pass_repository
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Directory of the site (default: {OUTPUT} in the repository).",
)
@click.option(
    "--builder",
    type=click.Choice(BUILDERS),
    help="Use another builder of Sphinx, such as epub or latex, and write to build/BUILDER.",
)
@options.jobs
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="URL of the published site; overrides html_baseurl in conf.py.",
)
@click.option("--local", is_flag=True, help="Make links that work without a server.")
@click.option(
    "--search",
    type=click.Choice(["sphinx", "pagefind"]),
    help="Search engine (default: pagefind if it is installed); overrides fep_search in conf.py.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Language of the site. Repeat it for more languages, each in its own directory.",
)
@options.conf
@options.strict
def command(
    repository: Repository, output: Path | None, builder: str | None, jobs: int, base_url: str,
    local: bool, search: Search | None, languages: tuple[str, ...], conf: bool, strict: bool,
) -> int:  # fmt: skip
    """Build the site: proposals, index, feeds and JSON.

    Only files that have changed since the last build are written.

    \b
    Examples:
      fep build
      fep build --output build/site --local
      fep build --base-url https://example.org/feps/
      fep build --language en --language fr
      fep build --builder epub
      fep build --strict --jobs 1
    """
    from ...site.options import BuildOptions
    from ...site.unchanged import LastBuild, Recorder

    if builder and (local or search):
        option = "--local" if local else "--search"
        raise click.UsageError(f"{option} is for the site; leave it out with --builder")
    options.today()  # Sphinx reads SOURCE_DATE_EPOCH as well, and would not say what is wrong
    if not os.environ.get("SOURCE_DATE_EPOCH", "").strip():
        os.environ.pop("SOURCE_DATE_EPOCH", None)  # Sphinx takes a blank value for a number
    repository.require_proposals()
    directory = repository.root / (f"build/{builder}" if builder else OUTPUT)
    if output:
        directory = Path(os.path.expanduser(output))  # no shell does it for --output=~/site
        _require_separate(directory, repository)
    progress = terminal.Progress()
    with ExitStack() as stack:
        stack.callback(progress.clear)
        stack.enter_context(observed(progress.count))
        doctrees = storage.doctrees_directory(stack, directory)
        storage.wait_for_other_builds(stack, doctrees, directory, progress.step)
        build_options = BuildOptions(
            root=repository.root,
            output=directory,
            process=process_argument(),
            cache=existing_cache(repository),
            jobs=jobs or os.cpu_count() or 1,
            local=local,
            base=base_url,
            search=search,
            languages=languages,
            conf=conf,
            doctrees=doctrees,
            builder=builder or "",
        )
        last = LastBuild(build_options)
        report = last.report(progress)
        if report is None:
            from ...site import build  # imports Sphinx

            recorder = Recorder(progress)
            report = build.build(build_options, recorder, progress.step)
            last.keep(report, recorder.text)
    progress.step(f"finished in {progress.seconds}")
    terminal.echo(f"{_summary(report, builder)}\n")
    has_warnings = report.warnings and (strict or repository.settings.strict)
    return int(bool(report.failed or report.errors or has_warnings))


def _require_separate(output: Path, repository: Repository) -> None:
    """Raise :class:`RepositoryError` if the site would be mixed with what it is made from."""
    from ...errors import RepositoryError

    root, directory = repository.root.resolve(), output.resolve()
    # The build refuses directories with other files of git, also where that is a page of the site.
    files = (*repository.paths, repository.process_name, "docs/index.rst")
    own = {(root / file).parent for file in files} - {root}
    is_inside = any(directory.is_relative_to(path) for path in own) or ".git" in directory.parts
    if is_inside or root.is_relative_to(directory):
        raise RepositoryError(
            f"{output}: is a directory of the repository, or contains it; use another --output, "
            f"such as {OUTPUT}"
        )


def process_argument() -> str:
    """Return the value of ``--process``, or ``""``."""
    return click.get_current_context().params["process"] or ""


def existing_cache(repository: Repository) -> str:
    """Return the cache directory if there is one; a build does not create it."""
    directory = repository.cache.directory
    return str(directory) if directory and directory.is_dir() else ""


def _summary(report: BuildReport, builder: str | None) -> str:
    from ..._text import plural, safe

    parts = [
        f"{plural(report.proposals, 'proposal')} on {plural(report.pages, 'page')}",
        f"{report.read} read",
    ]
    parts += [] if builder else [f"{report.written} written"]
    parts += [f"{report.unreadable} unreadable"] if report.unreadable else []
    parts += [plural(report.errors, "error")] if report.errors else []
    parts += [plural(report.warnings, "warning") if report.warnings else "no warnings"]
    path = safe(str(report.index), None)
    where = {None: f"open {path}", "latex": f"for a PDF, run: make -C {path}"}
    return f"{', '.join(parts)}\n{where.get(builder, f'written to {path}')}"

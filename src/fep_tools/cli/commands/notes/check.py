"""``fep notes check``"""

from __future__ import annotations

from pathlib import Path

import click

from ... import options, output, params
from .. import check


@click.command()
@click.argument("numbers", nargs=-1, type=params.NUMBER, metavar="[NUMBER]...")
@options.repository
@click.option("--base", metavar="REF", help="Tell and fail only for what is new since REF.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[:FILE]",
    help=f"{', '.join(output.FORMATS)}.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run as well.")
@options.color
@click.pass_context
def command(
    context: click.Context, numbers: tuple[int, ...], root: Path | None, process: str | None,
    no_cache: bool, base: str | None, formats: tuple[str, ...], strict: bool, color: str,
) -> int:  # fmt: skip
    """Check the notes of all proposals, or those of NUMBER, and the results beside them.

    Nothing is run: a result that is stale, or that is missing, is told as such.

    \b
    Examples:
      fep notes check
      fep notes check 11 --strict
    """
    repository = options.open_repository(root, process, no_cache)
    paths = []
    for number in numbers:
        proposal = repository.corpus(bodies=False).get(number)
        if proposal is None:
            raise click.UsageError(f"there is no {repository.process.label(number)}")
        paths.append(str(repository.root / proposal.path))
    status: int = context.invoke(
        check.command, paths=tuple(paths), root=root, process=process, no_cache=no_cache,
        base=base, select=("N",), formats=formats, strict=strict, color=color,
    )  # fmt: skip
    return status

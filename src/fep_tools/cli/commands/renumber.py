"""``fep renumber``"""

from __future__ import annotations

from pathlib import Path

import click

from .. import options, params


@click.command()
@click.argument("old", type=params.NUMBER)
@click.argument("new", type=int, required=False)
@click.option("--path", metavar="FILE", help="Which one, where two proposals share the number.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@options.repository
def command(
    old: int,
    new: int | None,
    path: str | None,
    dry_run: bool,
    root: Path | None,
    process: str | None,
    no_cache: bool,
) -> None:
    """Give proposal OLD the number NEW, or the next free one.

    Its file, its headers, its results, and whatever other proposals say of it change with it.

    \b
    Examples:
      fep renumber 12
      fep renumber 12 14 --dry-run
    """
    from ... import _atomic
    from ...editing import operations

    repository = options.open_repository(root, process, no_cache)
    wanted = operations.plan_renumbering(repository, old, new, path)
    comes_from = {after: before for before, after in wanted.moved.items()}
    for name, text in wanted.texts.items():
        before = repository.text(comes_from.get(name, name))
        click.echo(_atomic.unified_diff(name, before, text), nl=False)
    if not dry_run:
        operations.apply_renumbering(repository, wanted)
    for before, after in wanted.moved.items():
        click.echo(f"{before} -> {after}")

"""``fep extensions affected``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ... import options, params
from ...terminal import report
from . import _scans
from ._engine import engine_options, open_engine

if TYPE_CHECKING:
    from ....repository import Repository


@click.command()
@click.argument("numbers", nargs=-1, type=params.NUMBER, metavar="[N]...")
@engine_options
@options.dry_run
@options.pass_repository
def command(
    repository: Repository, numbers: tuple[int, ...], jobs: int, dask: str | None, dry_run: bool
) -> int:
    """Save which extensions use what proposals remove, deprecate or change.

    The last releases before the change was released are scanned, and the newest ones if it was
    not released yet. The results are written next to each proposal, and the site shows them.
    Without N, all proposals that declare names are meant. The exit status is 2 if an extension
    could not be scanned.

    \b
    Examples:
      fep extensions affected 19
      fep extensions affected
    """
    from .... import _atomic
    from ....extensions.affected import affected_path, declared_symbols
    from ....extensions.survey import survey_proposal
    from ...render import scans

    proposals = [_scans.find_proposal(repository, number) for number in numbers] or [
        each
        for each in repository.corpus(bodies=False)
        if each.number is not None and declared_symbols(each)
    ]
    names = [extension.name for extension in _scans.watched_extensions(repository).extensions]
    cache, engine = repository.cache, open_engine(jobs, dask)
    source = _scans.open_source(_scans.index_cache(repository))
    incomplete = False
    for proposal in proposals:
        with _scans.progress():
            file, found = survey_proposal(source, proposal, names, engine, cache)
        incomplete |= bool(found.failures)
        label = repository.process.label(proposal.number)
        click.echo(f"{label}: {scans.summary(file)}")
        for problem in found.failures.values():
            report(problem)
        path = affected_path(proposal.path)
        if not dry_run:
            _atomic.create_or_replace(repository.root, path, file.dump())
            report(f"{path}: written")
    return 2 if incomplete else 0

"""``fep notes run``"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ... import options, params, storage

if TYPE_CHECKING:
    from ....notes.runner import Job, JobOutcome
    from ....notes.store import NoteStore
    from ....proposals.model import Corpus
    from ....repository import Repository


@click.command()
@click.argument("numbers", nargs=-1, type=params.NUMBER, metavar="[N]...")
@click.option("--update", is_flag=True, help="Write the results beside the proposals.")
@click.option("--all", "again", is_flag=True, help="Run also what is known already.")
@click.option("--framework", "frameworks", multiple=True, metavar="F", help="Only on these.")
@click.option(
    "--allow-unsandboxed",
    is_flag=True,
    help="Run without a sandbox where none works; a snippet can then do whatever you can.",
)
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, metavar="N",
    help="How many are run at a time; 0 for one a core.",
)  # fmt: skip
@options.output_format("text", "json")
@options.pass_repository
def command(
    repository: Repository,
    numbers: tuple[int, ...],
    update: bool,
    again: bool,
    frameworks: tuple[str, ...],
    allow_unsandboxed: bool,
    jobs: int,
    format_: str,
) -> int:
    """Run the snippets that are new or outdated.

    Without N, those of all proposals are run, each in a sandbox with the environment of its
    framework. The outcome is compared with the recorded result beside the proposal. The exit
    status is 1 if a snippet fails or differs from its result, and 2 if one could not be run.

    \b
    Examples:
      fep notes run
      fep notes run 11 --update
      fep notes run --all --framework sanic
    """
    from ...._text import plural
    from ....notes import lockfiles, runner
    from ....sandbox import isolation
    from ...render import runs

    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    known, left_out = _jobs(corpus, notes, numbers)
    wanted = [job for job in known if again or job.is_due]
    if frameworks:
        keys = {framework.key for framework in lockfiles.select_frameworks(notes, frameworks)}
        wanted = [job for job in wanted if job.framework.key in keys]
    if left_out:
        _say(f"{plural(left_out, 'snippet')} left out; `fep check` tells why")
    found: list[JobOutcome] = []
    if wanted:
        apart = isolation.find(unsandboxed=allow_unsandboxed)
        _say(f"running {plural(len(wanted), 'snippet')}; sandbox: {apart.name}: {apart.guarantee}")
        with ExitStack() as stack:
            store, workers = storage.environments_directory(stack), jobs or os.cpu_count() or 1
            for answer in runner.run_jobs(wanted, store, apart, workers, _say):
                found.append(answer)
                _progress(len(found), len(wanted))
    if update:
        _write(repository.root, runner.update_results(known, found, notes))
    told = runs.as_json if format_ == "json" else runs.text
    click.echo(told(found, known=len(known) - len(found), updated=update), nl=False)
    return runs.status(found, updated=update)


def _jobs(corpus: Corpus, notes: NoteStore, numbers: tuple[int, ...]) -> tuple[list[Job], int]:
    """Every snippet of the proposals of those *numbers*, or of all."""
    from ....errors import RepositoryError
    from ....notes import runner

    for number in numbers:
        if corpus.get(number) is None:
            raise RepositoryError(f"there is no proposal {number}")
    standings = [
        (proposal.number, proposal.path, standing)
        for proposal in corpus
        if proposal.number is not None and (not numbers or proposal.number in numbers)
        for standing in notes.statuses(proposal.body, proposal.path)
    ]
    return runner.collect_jobs(standings, notes)


def _write(root: Path, changed: Iterable[tuple[str, bytes | None]]) -> None:
    from .... import _atomic

    for path, data in changed:
        if data is None:
            _atomic.remove(root, path)
        elif not _atomic.create(root, path, data):
            _atomic.replace(root, path, data)
        _say(f"{path}: {'removed' if data is None else 'written'}")


def _say(doing: str) -> None:
    from ...._text import safe

    click.echo(f"fep: {safe(doing, None)}", err=True)


def _progress(done: int, all_of_them: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == all_of_them else ""
        click.echo(f"\rfep: {done} of {all_of_them} run{end}", nl=False, err=True)

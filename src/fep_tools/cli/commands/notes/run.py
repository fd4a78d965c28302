"""``fep notes run``"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from ... import completions, options, params, storage
from . import allow_unsandboxed, report

if TYPE_CHECKING:
    from ....notes.jobs import Job, JobOutcome
    from ....notes.store import NoteStore
    from ....proposals.model import Corpus
    from ....repository import Repository


@click.command()
@click.argument("numbers", nargs=-1, type=params.NUMBER, metavar="[NUMBER]...")
@click.option("--update", is_flag=True, help="Save the results next to the proposals.")
@click.option(
    "--all", "run_all", is_flag=True, help="Also run snippets that have a current result."
)
@click.option(
    "--framework",
    "frameworks",
    multiple=True,
    metavar="F",
    help="Run only snippets for F.",
    shell_complete=completions.framework,
)
@allow_unsandboxed
@options.jobs
@options.output_format("text", "json")
@options.pass_repository
def command(
    repository: Repository, numbers: tuple[int, ...], update: bool, run_all: bool,
    frameworks: tuple[str, ...], allow_unsandboxed: bool, jobs: int, format_: str,
) -> int:  # fmt: skip
    """Run the snippets that are new or outdated.

    Without NUMBER, the snippets of all proposals are run. Each runs alone, in a sandbox and in
    the environment of its framework. Results are compared with the saved ones. The exit status
    is 1 if a snippet fails or its result differs from the saved one, and 2 if one could not be
    run.

    \b
    Examples:
      fep notes run
      fep notes run 11 --update
      fep notes run --all --framework sanic
    """
    from ...._text import plural
    from ....notes import jobs as snippet_jobs
    from ....notes import lockfiles
    from ....sandbox import isolation
    from ...render import runs

    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    every, skipped = _collect_jobs(repository, corpus, notes, numbers)
    selected = [job for job in every if run_all or job.is_due]
    if frameworks:
        keys = {framework.key for framework in lockfiles.select_frameworks(notes, frameworks)}
        selected = [job for job in selected if job.framework.key in keys]
    if skipped:
        report(f"{plural(skipped, 'snippet')} skipped; fep notes check says why")
    outcomes: list[JobOutcome] = []
    if selected:
        sandbox = isolation.find(unsandboxed=allow_unsandboxed)
        count = plural(len(selected), "snippet")
        report(f"running {count}; sandbox: {sandbox.name} ({sandbox.guarantee})")
        with ExitStack() as stack:
            directory = storage.environments_directory(stack)
            workers = jobs or os.cpu_count() or 1
            for outcome in snippet_jobs.run_jobs(selected, directory, sandbox, workers, report):
                outcomes.append(outcome)
                _show_progress(len(outcomes), len(selected))
    if update:
        _save(repository, snippet_jobs.update_results(every, outcomes, notes))
    render = runs.as_json if format_ == "json" else runs.text
    unchanged = len(every) - len(outcomes)
    click.echo(render(outcomes, unchanged=unchanged, updated=update), nl=False)
    return runs.exit_status(outcomes, updated=update)


def _collect_jobs(
    repository: Repository, corpus: Corpus, notes: NoteStore, numbers: tuple[int, ...]
) -> tuple[list[Job], int]:
    """Return the snippets of proposals *numbers*, or of all, and how many cannot be run."""
    from ....errors import RepositoryError
    from ....notes import jobs as snippet_jobs

    for number in numbers:
        if corpus.get(number) is None:
            raise RepositoryError(f"there is no {repository.process.label(number)}")
    statuses = [
        (proposal.number, proposal.path, status)
        for proposal in corpus
        if proposal.number is not None and (not numbers or proposal.number in numbers)
        for status in notes.statuses(proposal.body, proposal.path)
    ]
    with_snippets = {number for number, _path, status in statuses if status.snippets}
    for number in numbers:
        if number not in with_snippets:
            report(f"{repository.process.label(number)} has no snippets")
    return snippet_jobs.collect_jobs(statuses, notes)


def _save(repository: Repository, changes: Iterable[tuple[str, bytes | None]]) -> None:
    """Write or remove files of results."""
    from .... import _atomic

    for path, data in changes:
        if data is None:
            _atomic.remove(repository.root, path)
        else:
            _atomic.create_or_replace(repository.root, path, data)
        report(f"{path}: {'removed' if data is None else 'written'}")


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        click.echo(f"\rfep: {done} of {total} run{end}", nl=False, err=True)

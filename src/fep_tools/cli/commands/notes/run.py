"""``fep notes run``"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from ... import completions, options, params, storage
from ...terminal import Progress
from . import allow_unsandboxed
from ._jobs import collect_jobs, save_results, select_frameworks

if TYPE_CHECKING:
    from ....notes.jobs import JobOutcome
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
    from ....sandbox import isolation
    from ...render import runs

    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    every = collect_jobs(repository, corpus, notes, numbers)
    selected = [job for job in every if run_all or job.is_due]
    selected = select_frameworks(notes, selected, frameworks)
    outcomes: list[JobOutcome] = []
    if selected:
        sandbox = isolation.find(unsandboxed=allow_unsandboxed)
        progress = Progress()
        count = plural(len(selected), "snippet")
        progress.step(f"running {count}; sandbox: {sandbox.name} ({sandbox.guarantee})")
        with ExitStack() as stack:
            stack.callback(progress.clear)
            directory = storage.environments_directory(stack)
            workers = jobs or os.cpu_count() or 1
            for outcome in snippet_jobs.run_jobs(
                selected, directory, sandbox, workers, progress.step
            ):
                outcomes.append(outcome)
                activity = "running: {share} of {total} snippets"
                progress.count(activity, len(outcomes), len(selected))
    if update:
        save_results(repository, snippet_jobs.update_results(every, outcomes, notes))
    render = runs.as_json if format_ == "json" else runs.text
    unchanged = len(every) - len(outcomes)
    click.echo(render(outcomes, unchanged=unchanged, updated=update), nl=False)
    return runs.exit_status(outcomes, updated=update)

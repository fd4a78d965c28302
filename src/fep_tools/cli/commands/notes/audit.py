"""``fep notes audit``"""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from ... import completions, options, params, storage
from ...terminal import Progress
from . import allow_unsandboxed
from ._jobs import collect_jobs, save_results, select_frameworks

if TYPE_CHECKING:
    from ....repository import Repository


@click.command()
@click.argument("numbers", nargs=-1, type=params.NUMBER, metavar="[NUMBER|PATH]...")
@click.option("--update", is_flag=True, help="Save the audits with the results.")
@click.option("--all", "audit_all", is_flag=True, help="Also audit snippets that have an audit.")
@click.option(
    "--framework",
    "frameworks",
    multiple=True,
    metavar="F",
    help="Audit only snippets for F.",
    shell_complete=completions.framework,
)
@allow_unsandboxed
@options.jobs
@options.output_format("text", "json")
@options.pass_repository
def command(
    repository: Repository, numbers: tuple[int, ...], update: bool, audit_all: bool,
    frameworks: tuple[str, ...], allow_unsandboxed: bool, jobs: int, format_: str,
) -> int:  # fmt: skip
    """Find statements of snippets that prove nothing.

    Each statement of a verified snippet is left out in turn, and the rest is run in the sandbox.
    Statements without which every check still passes are listed: remove them, check what they
    do, or give a reason in a comment: # audit: REASON. Without NUMBER, the snippets of all
    proposals are audited. The exit status is 1 if there is such a statement, and 2 if a snippet
    could not be audited.

    \b
    Examples:
      fep notes audit
      fep notes audit 11 --update
      fep notes audit proposals/fep-0011.rst --framework hug --jobs 1
    """
    from ...._text import plural
    from ....notes import audit
    from ....notes.jobs import changed_files
    from ....sandbox import isolation
    from ...render import audits

    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    every = collect_jobs(repository, corpus, notes, numbers)
    selected = select_frameworks(notes, every, frameworks)
    due = [job for job in selected if audit_all or audit.is_due(job)]
    results = list(audit.recorded_audits(job for job in selected if job not in due))
    if due:
        sandbox = isolation.find(unsandboxed=allow_unsandboxed)
        progress = Progress()
        count = partial(progress.count, "auditing: {share} of {total} variants")
        progress.step(f"auditing {plural(len(due), 'snippet')}; sandbox: {sandbox.name}")
        with ExitStack() as stack:
            stack.callback(progress.clear)
            directory = storage.environments_directory(stack)
            workers = jobs or os.cpu_count() or 1
            results += audit.audit_jobs(due, directory, sandbox, workers, progress.step, count)
    if update:
        fresh = {
            (one.job.path, one.job.snippet.name): one.job.recorded.model_copy(
                update={"audit": one.record}
            )
            for one in results
            if one.job.recorded is not None and not one.problem
        }
        save_results(repository, changed_files(every, fresh, notes))
    render = audits.as_json if format_ == "json" else audits.text
    click.echo(render(results), nl=False)
    return audits.exit_status(results)

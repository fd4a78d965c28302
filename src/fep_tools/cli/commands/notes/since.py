"""``fep notes since``"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from ... import options, storage

if TYPE_CHECKING:
    from ....notes.frameworks import Framework
    from ....notes.model import Snippet
    from ....repository import Repository


@click.command()
@click.argument("name")
@click.option(
    "--samples", type=click.IntRange(min=2), default=12, metavar="N", show_default=True,
    help="How many releases to try before any in between.",
)  # fmt: skip
@click.option(
    "--allow-unsandboxed",
    is_flag=True,
    help="Run without a sandbox where none works; a snippet can then do whatever you can.",
)
@options.pass_repository
def command(repository: Repository, name: str, samples: int, allow_unsandboxed: bool) -> int:
    """Find since which release of its framework the snippet NAME holds.

    Each release is tried with what could be had on the day that it came out. The last line
    of the answer can be copied into the note.

    \b
    Example:
      fep notes since flask-nested-prefix
    """
    from ...._text import safe
    from ....notes import bisect
    from ....sandbox import isolation
    from ...render import releases

    def say(doing: str) -> None:
        click.echo(f"fep: {safe(doing, None)}", err=True)

    snippet, framework = _named(repository, name)
    apart = isolation.find(unsandboxed=allow_unsandboxed)
    with ExitStack() as stack:
        store = storage.environments_directory(stack)
        known, ask = bisect.prepare_releases(snippet, framework, store, apart, options.today(), say)
        found = list(bisect.search(len(known), ask, samples).values())
    click.echo(releases.text(found, name, framework.title, len(known)), nl=False)
    return 0 if found and found[-1].passes else 1


def _named(repository: Repository, name: str) -> tuple[Snippet, Framework]:
    """The snippet of that name, and its framework."""
    from ...._text import did_you_mean
    from ....errors import FepError

    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    known = {
        shown.snippet.name: (shown.snippet, standing.note.framework)
        for proposal in corpus
        for standing in notes.statuses(proposal.body, proposal.path)
        for shown in standing.snippets
        if standing.note.framework
    }
    if name not in known:
        hint = did_you_mean(name, known, "list them with `fep notes run --all`")
        raise FepError(f"there is no snippet {name}; {hint}")
    snippet, key = known[name]
    return snippet, notes.frameworks.by_key[key]

"""``fep notes since``"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from ... import options, storage
from ...terminal import report
from . import allow_unsandboxed

if TYPE_CHECKING:
    from ....notes.frameworks import Framework
    from ....notes.model import Snippet
    from ....repository import Repository


@click.command()
@click.argument("name")
@click.option(
    "--samples", type=click.IntRange(min=2), default=12, metavar="N", show_default=True,
    help="Number of evenly spaced releases to try first.",
)  # fmt: skip
@allow_unsandboxed
@options.pass_repository
def command(repository: Repository, name: str, samples: int, allow_unsandboxed: bool) -> int:
    """Find the first release for which snippet NAME passes.

    Each release of the framework runs with the packages that were available on its release
    date, so the index must have upload dates. A release that cannot be installed or imported
    with them could not be tried. You can copy the last line of the output into the note.

    \b
    Example:
      fep notes since flask-nested-prefix
    """
    from ....notes import bisect
    from ....sandbox import isolation
    from ...render import releases

    snippet, framework = _find_snippet(repository, name)
    sandbox = isolation.find(unsandboxed=allow_unsandboxed)
    with ExitStack() as stack:
        directory = storage.environments_directory(stack)
        versions, run = bisect.prepare_releases(
            snippet, framework, directory, sandbox, options.today(), report
        )
        runs = list(bisect.search(len(versions), run, samples).values())
    click.echo(releases.text(runs, name, framework.title, len(versions)), nl=False)
    return 0 if runs and runs[-1].passes else 1


def _find_snippet(repository: Repository, name: str) -> tuple[Snippet, Framework]:
    """Return the snippet called *name*, and its framework.

    If there is none and no other has a similar name, the names are listed by proposal.

    :raises FepError: if there is no such snippet
    """
    from ...._text import closest_match, safe
    from ....errors import FepError

    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    snippets: dict[str, tuple[Snippet, str]] = {}
    names_by_proposal: dict[str, list[str]] = {}
    for proposal in corpus:
        label = repository.process.label(proposal.number)
        for note in notes.notes(proposal.body):
            if not note.framework:
                continue
            for snippet in note.snippets:
                snippets[snippet.name] = snippet, note.framework
                names_by_proposal.setdefault(label, []).append(snippet.name)
    if name in snippets:
        snippet, key = snippets[name]
        return snippet, notes.frameworks.by_key[key]
    if not snippets:
        raise FepError("no proposal has snippets")
    if match := closest_match(name, snippets):
        raise FepError(f"there is no snippet {safe(name)}; did you mean {safe(match)}?")
    for label, names in names_by_proposal.items():
        click.echo(f"{label}: {safe(', '.join(names), None)}", err=True)
    raise FepError(f"there is no snippet {safe(name)}; choose one of those above")

"""``fep related``"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options, params, terminal

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@click.argument("query", metavar="N|FILE|TEXT")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=10, help="Number of proposals (default: 10)."
)
@options.output_format("text", "json")
@options.pass_repository
def command(repository: Repository, query: str, limit: int, format_: str) -> None:
    """Find proposals about the same matter.

    Compare proposal N, the text in a FILE, or a TEXT with all proposals by the words that they
    have in common; rare words count more. The best match has 100 %, and the others are measured
    against it. Before you write a proposal, look whether the idea was rejected before.

    \b
    Examples:
      fep related 11
      fep related draft.rst
      fep related "views that are coroutines"
    """
    from ...catalog.related import Stemmer
    from ...editing.titles import display_title
    from ...proposals.model import Proposal
    from ..render import related

    process = repository.process
    # Titles that are headings are in bodies.
    bodies = process.title_source == "heading"
    corpus = repository.corpus(bodies=bodies)
    proposals = corpus.by_number
    titles = {number: display_title(p, process) for number, p in proposals.items()}
    index = repository.related_index(corpus)
    number = _number(query, repository)
    if number is not None:
        if number not in proposals:
            raise click.UsageError(f"there is no {process.label(number)}")
        matches = index.related_to(number, limit)
    elif _is_file(query):
        text = Path(query).read_text("utf-8", "replace")
        matches = index.search(Stemmer().count(Proposal.parse(text, process).body_text), limit)
    else:
        matches = index.search(Stemmer().count(query), limit)
    rows = [related.Row(match, titles[match.number], proposals[match.number]) for match in matches]
    if format_ == "json":
        click.echo(related.as_json(rows, process), nl=False)
    else:
        terminal.echo(related.as_text(rows, process))


def _number(query: str, repository: Repository) -> int | None:
    """Return the number that *query* is, as in ``11``, ``FEP 11`` or the path of a proposal."""
    acronym = re.escape(repository.process.acronym)
    match = re.fullmatch(rf"(?:{acronym}[ -]?)?([0-9]{{1,9}})", query.strip(), re.IGNORECASE)
    if match:
        return int(match[1])
    is_path = _is_file(query) or query in repository.paths
    return params.find_number(repository, query) if is_path else None


def _is_file(query: str) -> bool:
    try:
        return Path(query).is_file()
    except OSError:  # a text that is too long for a name
        return False

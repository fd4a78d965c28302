"""``fep log``

The output is cached under the commit that it was made from. With a warm cache, neither the
process nor the timelines are loaded: git is asked for HEAD, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal, TYPE_CHECKING

import click

from .. import options, params, terminal

if TYPE_CHECKING:
    from ...history.model import History
    from ...repository import Repository

Format = Literal["text", "json"]


@click.command()
@click.argument("number", type=params.NUMBER, required=False)
@click.option(
    "--all", "all_proposals", is_flag=True, help="Show all proposals; in text, one line for each."
)
@options.output_format("text", "json")
@options.pass_repository
def command(
    repository: Repository, number: int | None, all_proposals: bool, format_: Format
) -> None:
    """Show the history of proposal NUMBER.

    It lists changes to the status and to other headers, and is read from git.

    \b
    Examples:
      fep log 11
      fep log --all --format json
    """
    if (number is None) is not all_proposals:
        raise click.UsageError("give either the number of a proposal or --all")
    cache_key = _cache_key(repository, str(number), format_)
    output = repository.cache.get([cache_key]).get(cache_key) if cache_key else None
    echo = terminal.echo if format_ == "text" else partial(click.echo, nl=False)
    if output is not None:
        echo(output)
        return
    history = repository.history()
    output = _render(repository, history, number, format_)
    if cache_key:
        repository.cache.put({cache_key: output})
    echo(output)
    if not history.complete:
        click.echo(
            "fep: the clone is shallow; run git fetch --unshallow for the whole history", err=True
        )


def _render(repository: Repository, history: History, number: int | None, format_: Format) -> str:
    from ..render import log

    process = repository.process
    timelines = history.timelines if number is None else history.for_number(number)
    if number is not None and not timelines:
        raise click.UsageError(f"{process.label(number)} has no history")
    if format_ == "json":
        return log.as_json(timelines, complete=history.complete)
    render = log.as_overview if number is None else log.as_text
    return render(timelines, process)


def _cache_key(repository: Repository, *arguments: str) -> bytes | None:
    """Return a digest of everything that the output depends on.

    :return: ``None`` if there is no cache, or for a shallow clone: where it is cut off can
        change without HEAD.
    """
    from ..._cache import key, tool

    if repository.cache.directory is None:
        return None
    git = repository.git
    if git.shallow:
        return None
    head = git.resolve("HEAD")
    parts = (tool(), repository.process_text, git.prefix, git.mailmap.identity, head)
    return key("log", *parts, *arguments, *_declaring_sources(repository))


def _declaring_sources(repository: Repository) -> Iterator[bytes]:
    """Return the proposals that declare events, since they count as they are on disk.

    A process without a header of the role ``history`` has none, and no file is read. The
    process file is parsed as TOML only: a model of it would take longer than the whole rest.
    """
    from ... import _toml
    from ...errors import ProcessError

    table = _toml.parse(repository.process_text, repository.process_name, ProcessError)
    headers = table.get("header")
    for header in headers if isinstance(headers, list) else []:
        if isinstance(header, dict) and header.get("role") == "history":
            name = str(header.get("name")).encode()
            for source in repository.sources.values():
                if isinstance(source, bytes) and name in source:
                    yield source

"""``fep preview``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options, params
from .build import cache_of, memory_of

if TYPE_CHECKING:
    from ...repository import Repository
    from ...site.build import Report, Request
    from ..devserver import ChangeSignal

OUTPUT = "build/preview"
PORT = 8484
PAUSE = 0.3
"""Seconds between two looks at the files."""


@click.command()
@click.argument("number", type=params.NUMBER, required=False)
@options.repository
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N",
    help="Where to serve it; 0 for any that is free.",
)  # fmt: skip
@click.option("--open", "show", is_flag=True, help="Open a browser.")
def command(
    number: int | None, root: Path | None, process: str | None, no_cache: bool, port: int,
    show: bool,
) -> int:  # fmt: skip
    """Serve the site to this machine, and build it again whenever a file changes.

    With a NUMBER, that proposal alone, which is quick in a repository of any size.
    Pages that are open reload by themselves. Stop it with Ctrl-C.

    \b
    Examples:
      fep preview
      fep preview 11 --open
    """
    from .. import devserver

    repository = options.open_repository(root, process, no_cache)
    repository.require_proposals()
    with ExitStack() as stack:
        request = _request(repository, number, process, stack)
        report = _built(request)
        changes = devserver.ChangeSignal()
        address = stack.enter_context(devserver.served(request.output, changes, port))
        page = report.index.parent.relative_to(request.output).as_posix()
        address += "" if page == "." else f"{page}/"
        click.echo(f"open {address}")
        if show:
            click.launch(address)
        try:
            watch(request, changes)
        except KeyboardInterrupt:
            click.echo("stopped")
    return 0


def _request(
    repository: Repository, number: int | None, process: str | None, stack: ExitStack
) -> Request:
    from ...site.build import Request

    output = repository.root / (OUTPUT if number is None else f"{OUTPUT}-{number}")
    return Request(
        root=repository.root,
        output=output,
        process=process or "",
        cache=cache_of(repository),
        only=number or 0,
        memory=memory_of(output, stack),
    )


def watch(
    request: Request, changes: ChangeSignal, wait: Callable[[float], None] = time.sleep
) -> None:
    """Build again whenever the files are others than they were; for ever."""
    from .. import devserver

    before = devserver.state(request.root, request.root / "build")
    while True:
        wait(PAUSE)
        now = devserver.state(request.root, request.root / "build")
        if now != before:
            before = now
            again(request)
            changes.tell()


def again(request: Request) -> None:
    """Build; where that cannot be done, say why, and leave what is there."""
    from ..._text import safe
    from ...errors import FepError

    try:
        _built(request)
    except FepError as problem:
        click.echo(f"fep: {safe(str(problem), None)}", err=True)


def _built(request: Request) -> Report:
    from ..._text import plural
    from ...site import build

    started = time.monotonic()
    report = build.build(request, sys.stderr, lambda _doing: None)
    seconds = time.monotonic() - started
    click.echo(f"{plural(report.written, 'page')} written in {seconds:.1f} seconds")
    return report

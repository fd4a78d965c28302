"""``fep preview``"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options, params, storage
from .build import existing_cache, process_argument

if TYPE_CHECKING:
    from watchfiles import Change

    from ...repository import Repository
    from ...site.options import BuildOptions, BuildReport
    from ..devserver import ChangeSignal

OUTPUT = "build/preview"
PORT = 8484


@click.command()
@click.argument("number", type=params.NUMBER, required=False)
@options.pass_repository
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N",
    help="Port to listen on; 0 for any free one.",
)  # fmt: skip
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
@options.conf
def command(
    repository: Repository, number: int | None, port: int, open_browser: bool, conf: bool
) -> int:
    """Serve the site locally and rebuild it when a file changes.

    With NUMBER, only that proposal is built, which is fast in a repository of any size. Open
    pages reload by themselves. Stop the server with Ctrl-C.

    \b
    Examples:
      fep preview
      fep preview 11 --open
    """
    from .. import devserver

    options.today()  # as in a build
    repository.require_proposals()
    with ExitStack() as stack:
        request = replace(_request(stack, repository, number), conf=conf)
        report = _build(request)
        changes = devserver.ChangeSignal()
        url = stack.enter_context(devserver.serve(request.output, changes, port))
        page = report.index.parent.relative_to(request.output).as_posix()
        url += "" if page == "." else f"{page}/"
        click.echo(f"open {url}")
        if open_browser:
            click.launch(url)
        try:
            rebuild_on_changes(request, changes)
        except KeyboardInterrupt:
            click.echo("stopped")
    return 0


def _request(stack: ExitStack, repository: Repository, number: int | None) -> BuildOptions:
    from ...site.options import BuildOptions

    output = repository.root / (OUTPUT if number is None else f"{OUTPUT}-{number}")
    return BuildOptions(
        root=repository.root,
        output=output,
        process=process_argument(),
        cache=existing_cache(repository),
        only=number or 0,
        search="sphinx",  # its index is made in parts, at every change
        doctrees=storage.doctrees_directory(stack, output),
    )


def rebuild_on_changes(
    request: BuildOptions, changes: ChangeSignal, stop: threading.Event | None = None
) -> None:
    """Rebuild the site and signal *changes* whenever a file in the repository changes.

    :param stop: ends the loop when it is set; without it, the loop runs until Ctrl-C
    """
    import watchfiles

    root = request.root.resolve()
    while stop is None or not stop.is_set():
        # A recursive watch follows links: one to "/" in an untrusted branch would make it watch
        # the whole file system. So each directory is watched by itself, and a new one starts
        # the watch again.
        batches = watchfiles.watch(
            *_source_directories(root), recursive=False, watch_filter=_is_source, stop_event=stop
        )
        # A directory may vanish before it is watched, as in a checkout of another branch.
        with suppress(FileNotFoundError):
            for batch in batches:
                rebuild(request)
                changes.notify()
                added = (path for kind, path in batch if kind is watchfiles.Change.added)
                if any(map(os.path.isdir, added)):
                    break


def _source_directories(root: Path) -> Iterator[Path]:
    """Yield the directories below *root*, without links, hidden ones and ``build``."""
    from ..._text import is_utf8

    for directory, names, _files in os.walk(root):
        skip = {"build"} if Path(directory) == root else set()
        # watchfiles takes names that are UTF-8, and no page has another one.
        names[:] = [n for n in names if not n.startswith(".") and n not in skip and is_utf8(n)]
        yield Path(directory)


def _is_source(_change: Change, path: str) -> bool:
    """Return whether a changed *path* can change the site; ``build`` is where it is written."""
    name = os.path.basename(path)
    return not name.startswith(".") and name != "build"


def rebuild(request: BuildOptions) -> None:
    """Build the site; if that fails, print why and keep the last one."""
    from ..._text import safe
    from ...errors import FepError

    try:
        # The first build has shown the warnings about all pages.
        _build(replace(request, repeat_warnings=False))
    except (FepError, OSError) as error:  # OSError: a file has vanished
        click.echo(f"fep: {safe(str(error), None)}", err=True)


def _build(request: BuildOptions) -> BuildReport:
    from ..._text import plural
    from ...site import build

    started = time.monotonic()
    report = build.build(request, sys.stderr, lambda _message: None)
    seconds = time.monotonic() - started
    click.echo(f"{plural(report.written, 'page')} written in {seconds:.1f} seconds")
    return report

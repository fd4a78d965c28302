"""``fep lsp``"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import options

if TYPE_CHECKING:
    from ...repository import Repository


@click.command()
@options.repository_options
def command(root: Path | None, process: str | None, no_cache: bool) -> None:
    """Run the language server for editors.

    It reports findings while you type, completes headers and links, applies fixes and renumbers
    proposals. It speaks the Language Server Protocol over standard input and output. Without
    --root, each file belongs to the nearest repository above it.

    \b
    Example:
      fep lsp
    """
    if find_spec("pygls") is None:
        from ...errors import FepError

        raise FepError('pygls is not installed; run: pip install "fep-tools[lsp]"')
    from ...lsp.stdio import serve

    # The server outlives the current directory, so a relative path would not last.
    fixed_root = Path(os.path.abspath(root)) if root else None

    def open_repository(directory: Path) -> Repository:
        repository_root = fixed_root or options.find_root(directory, process)
        return options.open_repository(repository_root, process, no_cache)

    options.today()  # a value that is refused would be refused at each keystroke
    if root or process:
        # Report bad options on the command line; an editor would hide them in a log.
        open_repository(Path.cwd())
    serve(open_repository, options.today)

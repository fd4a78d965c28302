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
@options.repository
def command(root: Path | None, process: str | None, no_cache: bool) -> None:
    """Serve an editor: findings while typing, completion, hover, fixes, links, renaming.

    Editors start it, and speak the Language Server Protocol with it over standard input and
    output. Each file belongs to the repository that it is in, or to the one of --root.

    \b
    Example:
      fep lsp
    """
    if find_spec("pygls") is None:
        from ...errors import FepError

        raise FepError('what serves editors is not installed; run: pip install "fep-tools[lsp]"')
    from ...lsp.server import serve

    top = Path(os.path.abspath(root)) if root else None

    def opener(folder: Path) -> Repository:
        return options.open_repository(top or options.found(folder, process), process, no_cache)

    if root or process:
        opener(Path.cwd())  # what is wrong with the options is told here, and not to an editor
    serve(opener, options.today)

"""Files beside the pages."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx import package_dir
from sphinx.theming import Theme
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.template import BaseRenderer

from ..reading.cache import key

SEARCH = ("doctools.js", "documentation_options.js*", "language_data.js*", "searchtools.js",
          "sphinx_highlight.js")  # fmt: skip
"""What the search page loads, of the files of Sphinx's theme that others inherit."""


def copy_search(
    theme: Theme, static: Path, context: dict[str, Any], renderer: BaseRenderer
) -> None:
    """Copy what the search needs, if *theme* does not inherit it."""
    basic = Path(package_dir, "themes", "basic")
    if basic in map(Path, theme.get_theme_dirs()):
        return
    for pattern in SEARCH:
        for source in sorted(basic.joinpath("static").glob(pattern)):
            copy_asset_file(source, static, context, renderer, force=True)


def theme_digest(theme: Theme) -> str:
    """A digest of all files of *theme* and of those it inherits from."""
    folders = [Path(folder) for folder in theme.get_theme_dirs()]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return key(*(path.read_bytes() for path in files)).hex()


def take_away(file: Path) -> None:
    """Remove *file*, and its folder if that holds nothing else."""
    file.unlink(missing_ok=True)
    with suppress(OSError):
        file.parent.rmdir()


def put(path: Path, data: bytes) -> None:
    """Write *data*, unless the file holds it already."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

"""Files beside the pages."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx import package_dir
from sphinx.theming import Theme
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.template import BaseRenderer

from .._cache import key

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SEARCH = ("doctools.js", "documentation_options.js*", "language_data.js*", "searchtools.js",
          "sphinx_highlight.js")  # fmt: skip
"""What the search page loads, of the files of Sphinx's theme that others inherit."""


STATIC = Path(__file__).parent / "static"
"""Files for our nodes, whatever the theme."""

STYLE, SCRIPT = "fep-nodes.css", "fep-index.js"
"""What a page of a theme that is not ours has to load for them."""


OWN = Path(__file__).parent / "theme"
"""The theme that has a style of its own for our nodes."""


def load(app: Sphinx) -> None:
    """Make pages load the style and the script of our nodes, under a theme that is not ours."""
    theme: Theme | None = getattr(app.builder, "theme", None)
    if theme is not None and OWN not in map(Path, theme.get_theme_dirs()):
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def copy_nodes(static: Path) -> None:
    """Copy the style and the script of our nodes."""
    for name in (STYLE, SCRIPT):
        put(static / name, STATIC.joinpath(name).read_bytes())


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
    """A digest of the files of our nodes, of *theme*, and of those it inherits from."""
    folders = [STATIC, *map(Path, theme.get_theme_dirs())]
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


def remembered(record: Path) -> dict[str, str]:
    """The digests in *record*; nothing for what is no such file."""
    try:
        digests = json.loads(record.read_bytes())
    except (OSError, ValueError):
        return {}
    return digests if isinstance(digests, dict) else {}

"""Files that ``conf.py`` names, such as those of ``html_static_path``, without links.

We trust ``conf.py``, but anybody can propose to replace a file that it names by a link, and Sphinx
publishes what a link leads to. See docs/security.rst, *sec-reading*.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.config import Config

logger = logging.getLogger(__name__)

LISTS = ("html_static_path", "html_extra_path", "templates_path", "latex_additional_files")
"""Settings with paths of files and directories."""

FILES = ("html_logo", "html_favicon", "latex_logo")
"""Settings with the path of a file."""


def leave_out_links(config: Config, source: Path, root: Path) -> None:
    """Remove the files and directories from the settings that are links or have links in them.

    Each is an error of the build.

    :param source: The directory of ``conf.py``.
    :param root: The directory of the repository of git. A link elsewhere is that of the user.
    """
    for setting in LISTS:
        paths = getattr(config, setting, ())
        kept = [path for path in paths if not _report_link(setting, source / path, root)]
        if len(kept) < len(paths):
            setattr(config, setting, kept)
    for setting in FILES:
        path = getattr(config, setting, None)
        if path and _report_link(setting, source / path, root):
            setattr(config, setting, None)


def _report_link(setting: str, path: Path, root: Path) -> bool:
    """Return whether there is a link, and report it."""
    link = next(_links(path, root), None)
    if link is None:
        return False
    logger.error(
        "%s: a link is not followed, so what %s names is not published; put the file itself there",
        link, setting, type="fep", subtype="link",
    )  # fmt: skip
    return True


def _links(path: Path, root: Path) -> Iterator[Path]:
    """Yield the links on the way from the root to a file or directory, and those in it."""
    named = Path(os.path.normpath(path))
    if not named.is_relative_to(root):
        return
    for part in (named, *named.parents):
        if part != root and part.is_relative_to(root) and part.is_symlink():
            yield part
    for directory, directories, names in os.walk(named):
        for name in (*directories, *names):
            if os.path.islink(os.path.join(directory, name)):
                yield Path(directory, name)

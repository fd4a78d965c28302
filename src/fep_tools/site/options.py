"""Options and report of a build, which need no Sphinx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TYPE_CHECKING

if TYPE_CHECKING:
    from .search import Search


@dataclass(frozen=True)
class BuildOptions:
    """Options of a build.

    :param root: The repository root.
    :param output: The directory of the site.
    :param process: A process file or the name of a built-in process; empty for the default.
    :param cache: The directory of the cache; empty for one in *doctrees*.
    :param jobs: The number of processes.
    :param local: Whether links work without a server, with ``index.html`` at the end.
    :param base: The URL of the site; empty to use ``html_baseurl``.
    :param search: The search; ``None`` to use ``fep_search``.
    :param languages: The languages of the site; empty to use ``fep_languages``.
    :param language: The only one of them to build; empty for all.
    :param only: The number of the only proposal to build; 0 for all. Used by the preview.
    :param conf: Whether to run a ``conf.py`` that does not name our extension.
    :param doctrees: The directory of what makes the next build faster. Sphinx unpickles files
        in it, so it must not be one that others can write to.
    :param repeat_warnings: Whether to repeat warnings of the last build about pages that are
        as they were.
    :param builder: The name of another builder of Sphinx, such as ``epub``; empty for the site.
    """

    root: Path
    output: Path
    process: str = ""
    cache: str = ""
    jobs: int = 1
    local: bool = False
    base: str = ""
    search: Search | None = None
    languages: tuple[str, ...] = ()
    language: str = ""
    only: int = 0
    conf: bool = False
    doctrees: Path | None = None
    repeat_warnings: bool = True
    builder: str = ""


@dataclass(frozen=True)
class BuildReport:
    """Counts of what a build has read and written.

    :param written: The number of pages; 0 with another builder than that of the site.
    :param index: The file of the first page; with another builder, its directory.
    :param languages: The languages of the site; counts are sums over all.
    :param failed: Whether the builder itself has failed, as ``linkcheck`` does for a broken link.
    """

    proposals: int
    pages: int
    read: int
    written: int
    unreadable: int
    errors: int
    warnings: int
    index: Path
    languages: tuple[str, ...] = ()
    failed: bool = False


class Writer(Protocol):
    """A stream to write texts to."""

    def write(self, text: str, /) -> int:
        """Write *text*."""

    def flush(self) -> None:
        """Write what is buffered."""

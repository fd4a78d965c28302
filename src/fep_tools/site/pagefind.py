"""The other search: an index that pagefind makes, for a site where its extra is installed.

Sphinx's own is loaded as a whole with the first word; of this one a reader loads what the
words ask for, and can choose by status, type and topic.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable, Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ..catalog.model import CatalogEntry
from ..errors import RepositoryError

FOLDER = "pagefind"
"""Where its files are, in the site."""

NAME = "pagefind"
"""What ``fep_search`` says to have it."""

Search = Literal["sphinx", "pagefind"]

UNREAD = (".contents", ".headerlink", ".site", ".site-notice", ".skip", "nav")
"""What is on a page and no text of it."""


def must_be_there() -> None:
    """Raise :class:`RepositoryError` where pagefind is not installed."""
    if find_spec("pagefind") is None:
        raise RepositoryError("pagefind is not installed; pip install 'fep-tools[search]'")


def marks(entry: CatalogEntry) -> str:
    """What the head of a proposal's page says, for readers to choose by."""
    return "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">\n'
        for name, value in _values(entry)
    )


def _values(entry: CatalogEntry) -> Iterator[tuple[str, str]]:
    named = [("status", entry.status), ("type", entry.type)]
    yield from ((name, value) for name, value in named if value)
    yield from (("topic", topic) for topic in entry.topics)


def make(site: Path, pages: Iterable[tuple[str, Path]]) -> None:
    """Index *pages*, each an address and a file, in the folder of *site*."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    asyncio.run(_make(site / FOLDER, list(pages)))


async def _make(folder: Path, pages: list[tuple[str, Path]]) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    settings = IndexConfig(output_path=str(folder), exclude_selectors=UNREAD)
    async with PagefindIndex(config=settings) as index:
        for address, file in pages:
            await index.add_html_file(content=file.read_text("utf-8"), url=f"/{address}")

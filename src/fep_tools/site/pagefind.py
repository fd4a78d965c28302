"""The index of `pagefind <https://pagefind.app/>`_, of which readers load only what they need.

Its program reads a directory of pages and writes the index beside the build, which goes on.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from importlib.util import find_spec
from pathlib import Path

from sphinx.util import logging

from ..catalog.model import ProposalEntry
from ..errors import RepositoryError
from ..proposals.page_files import DIRECTORY_OF_SEARCH
from .extra_files import read_names, replace_names
from .page_files import sizes

logger = logging.getLogger(__name__)

PAGEFIND = DIRECTORY_OF_SEARCH
"""The value of ``fep_search`` for pagefind, and the directory of its files in the site."""

PROGRAM = ("-m", PAGEFIND)
"""The arguments of Python that run it."""

MAX_SECONDS = 600.0
"""How long the program may take; 736 PEPs take seven seconds."""

NOT_PROSE = (
    ".headerlink", ".fep-facts", ".fep-header", ".fep-summary", ".fep-banner", ".fep-notice",
    ".fep-snippet", ".fep-verdict", ".fep-neighbours", ".fep-sources", ".fep-index", ".fep-now",
    ".fep-below", "nav", "pre", "svg",
)  # fmt: skip
"""Parts of the main text of pages that are not searched, as CSS selectors."""


_BULKY = re.compile(r"<(pre|svg)\b.*?</\1>", re.DOTALL)
"""Code and figures, which are a third of all pages. They are among :data:`NOT_PROSE`, too, but
pagefind takes as long for what it leaves out as for the rest."""


def has_pagefind() -> bool:
    """Return whether pagefind and its program are installed."""
    return all(find_spec(name) is not None for name in ("pagefind", "pagefind_bin"))


def require_pagefind() -> None:
    """Check that pagefind is installed.

    :raises RepositoryError: If it is not.
    """
    if not has_pagefind():
        raise RepositoryError("pagefind is not installed; pip install 'fep-tools[search]'")


def prepare_for_pagefind(html: str, url: str, entry: ProposalEntry | None) -> str:
    """Return a page with what pagefind must know, such as what readers can filter by.

    The published page stays as it is.
    """
    marks = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'
        for name, value in _filter_values(url, entry)
    )
    html = _BULKY.sub("", html)
    # The words of an abstract count more.
    html = html.replace('<section id="abstract"', '<section data-pagefind-weight="4" id="abstract"')
    return re.sub(r"<main\b[^>]*>", lambda match: match[0] + marks, html, count=1)


def _filter_values(url: str, entry: ProposalEntry | None) -> Iterator[tuple[str, str]]:
    yield "page", url
    yield "kind", "page" if entry is None else "proposal"
    if entry is not None:
        values = [("status", entry.status), ("type", entry.type)]
        yield from ((name, value) for name, value in values if value)
        yield from (("topic", topic) for topic in entry.topics)


@contextmanager
def indexing(
    pages: Iterable[tuple[str, str]], index: Path, scratch: Path, *, keeps_names: bool
) -> Iterator[None]:
    """Index pages while the block runs, and write the index at its end.

    That of the last build is removed before. Other files in the same directory stay.

    If that fails, it is an error of the build, and there is no index: the search page says so,
    and the next build tries again.

    :param pages: Path in the site and HTML of one page after the other, so that they are not all
        in memory.
    :param index: The directory of the index.
    :param scratch: A directory that is made for this, and removed at the end.
    :param keeps_names: Whether URLs have ``index.html`` at their end.
    """
    source, output = scratch / "pages", scratch / "index"
    remove_files(index, scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        for path, html in pages:
            file = source / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html, "utf-8")
        # In a directory of ours, since it reads its settings from the current one, and with -P,
        # since Python would import modules from there.
        command = [sys.executable, "-P", *PROGRAM, "--silent"]
        command += ["--site", str(source), "--output-path", str(output)]
        command += ["--root-selector", "main", "--exclude-selectors", ", ".join(NOT_PROSE)]
        command += ["--keep-index-url"] if keeps_names else []
        with subprocess.Popen(  # noqa: S603 - an installed program
            command,
            cwd=scratch,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as program:
            try:
                yield
                problem = _wait(program, output)
            finally:
                program.kill()
        if problem:
            logger.error(
                "pagefind %s, so the search finds numbers and titles only", problem,
                type="fep", subtype="search",
            )  # fmt: skip
        else:
            files = (file for file in output.rglob("*") if file.is_file())
            names = {file.relative_to(output).as_posix(): file for file in files}
            replace_names(index, names.keys(), _record_of(scratch))
            # Not copytree(), whose error is a list of what every file fails with.
            for name, file in names.items():
                index.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(file, index / name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def state_of(index: Path, scratch: Path) -> str:
    """Return the state of the files that the last build has written; empty if there are none."""
    names = read_names(_record_of(scratch))
    return sizes(index, names) if names else ""


def remove_files(index: Path, scratch: Path) -> None:
    """Remove the files that the last build has written into the directory of the index."""
    replace_names(index, frozenset(), _record_of(scratch))


def _record_of(scratch: Path) -> Path:
    return scratch.with_suffix(".json")


def _wait(program: subprocess.Popen[bytes], index: Path) -> str:
    """Wait for the end of the program; return what went wrong, or nothing."""
    try:
        output, _none = program.communicate(timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired:
        return f"takes more than {MAX_SECONDS:.0f} seconds"
    if program.returncode == 0 and index.is_dir():
        return ""
    lines = output.decode("utf-8", "replace").strip().split("\n")
    return f"fails ({lines[-1] or f'exit code {program.returncode}'})"

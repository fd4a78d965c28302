"""A repository, and an editor that has a server for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .client import Editor

pytest.importorskip("pygls", reason="the extra lsp is not installed")

CC0 = (
    "This document is placed in the public domain or under the CC0-1.0-Universal license,\n"
    "whichever is more permissive."
)


def proposal(number: int, title: str, *headers: str, body: str = "", author: str = "Ada") -> str:
    """The text of a sound draft; *headers* go before the day on which it was made."""
    lines = [f"FEP: {number}", f"Title: {title}", f"Author: {author}", "Status: Draft"]
    lines += ["Type: Process", *headers, "Created: 2026-01-02", ""]
    if body:
        lines += ["Abstract", "========", "", body, ""]
    return "\n".join([*lines, "Copyright", "=========", "", CC0, ""])


TEXTS = {
    "fep-0010.rst": proposal(10, "Typed views", author="Ada Lovelace (@ada)"),
    "fep-0011.rst": proposal(11, "Nested [blueprints](x)", "Requires: 10", body="As in :fep:`10`."),
    "fep-0012.rst": proposal(12, "Signals", body="Sent when :fep:`a request <11>` ends."),
}


@pytest.fixture
def root(checkout: Callable[..., Path]) -> Path:
    return checkout(dict(TEXTS))


@pytest.fixture
def editor(root: Path) -> Iterator[Editor]:
    editor = Editor(root, SOURCE_DATE_EPOCH="1795219200")
    yield editor
    editor.close()

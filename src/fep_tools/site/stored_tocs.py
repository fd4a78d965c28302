"""The tables of contents of all pages, stored as bytes until they are looked at.

Sphinx keeps them as trees, which take ten times as much memory: those of 10,000 proposals took as
much as everything else that a build knows of them.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any, cast

from docutils import nodes


class StoredTocs(dict[str, Any]):
    """Tables of contents by the names of their pages.

    A tree that was looked at is kept, since Sphinx adds the numbers of sections to it.

    :param tocs: Trees, or another object of this class.
    """

    def __init__(self, tocs: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        for name, toc in (tocs or {}).items():
            self[name] = toc

    def __setitem__(self, name: str, toc: nodes.Element | bytes) -> None:
        super().__setitem__(name, toc if isinstance(toc, bytes) else pickle.dumps(toc))

    def __getitem__(self, name: str) -> nodes.Element:
        stored = super().__getitem__(name)
        if not isinstance(stored, bytes):
            return cast("nodes.Element", stored)
        toc: nodes.Element = pickle.loads(stored)  # noqa: S301 - from Sphinx's environment
        super().__setitem__(name, toc)
        return toc

    def store(self, name: str) -> None:
        """Store a tree as bytes again."""
        if name in self:
            self[name] = super().__getitem__(name)

    def as_stored(self) -> dict[str, Any]:
        """Return the same as bytes and trees, without looking at any of them."""
        return {name: super(StoredTocs, self).__getitem__(name) for name in self}

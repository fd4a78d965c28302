"""When Python searches for garbage in a process that handles one text after the other.

The nodes of a tree refer to their parents, so that only a search finds a tree that nothing uses any
more. Python searches as objects are made, which is while the tree is still in use.
"""

from __future__ import annotations

import gc


def search_rarely() -> None:
    """Search where :func:`free_trees` is called, or after a million new objects.

    What this process has now, such as imported modules, is never searched again.
    """
    gc.freeze()
    gc.set_threshold(1_000_000)


def free_trees() -> None:
    """Free the trees since the last call that nothing uses any more."""
    gc.collect(1)

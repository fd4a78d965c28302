"""Links with the name of a target in them: ```concurrency <Concurrency_>`_``.

Docutils takes the text for another name of the target. Since docutils 0.22 this name counts as much
as the title of a section: with that link and a section "Concurrency" there are two of that name,
and neither can be linked to. Here, as in docutils 0.21, such a name is only looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner

_phrase_ref: Any = Inliner.phrase_ref


@contextmanager
def plain_names() -> Iterator[None]:
    """Let docutils read such links so, inside this block."""
    inliner: Any = Inliner
    inliner.phrase_ref = _read
    try:
        yield
    finally:
        inliner.phrase_ref = _phrase_ref


def _read(inliner: Any, *parts: Any) -> Any:
    document = inliner.document
    note = document.note_implicit_target

    def note_url(target: nodes.Element, message_node: Any = None) -> None:
        if "refname" not in target:
            note(target, message_node)

    document.note_implicit_target = note_url
    try:
        return _phrase_ref(inliner, *parts)
    finally:
        del document.note_implicit_target

"""Text without markup, in which docutils need not look for it.

Docutils searches each paragraph with two long regular expressions: for the beginnings of markup,
and for URLs that are links by themselves. In the PEPs, half of all texts have no character that the
first one needs, and 97 % nothing like the beginning of a URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from docutils.utils import escape2null

MARKUP = "*`_|"
"""Characters of which all inline markup has one: ``*emphasis*``, ``:role:`text```, ``link_``,
``[1]_``, ``|substitution|``."""

_URL = re.compile(r"[a-zA-Z0-9.+-]:\S|@")
"""What each URL has: ``https://example.org``, ``news:comp.lang``, ``someone@example.org``."""

_parse: Any = Inliner.parse
_implicit_inline: Any = Inliner.implicit_inline


@contextmanager
def plain_text_as_it_is() -> Iterator[None]:
    """Let docutils take text without such characters as it is, inside this block."""
    inliner: Any = Inliner
    inliner.parse, inliner.implicit_inline = _parse_inline, _find_urls
    try:
        yield
    finally:
        inliner.parse, inliner.implicit_inline = _parse, _implicit_inline


def _parse_inline(inliner: Any, text: str, lineno: int, memo: Any, parent: nodes.Node) -> Any:
    """Return the nodes of *text* and messages, as ``Inliner.parse`` does."""
    for character in MARKUP:
        if character in text:
            return _parse(inliner, text, lineno, memo, parent)
    inliner.reporter, inliner.document = memo.reporter, memo.document
    inliner.language, inliner.parent = memo.language, parent
    return inliner.implicit_inline(escape2null(text), lineno), []


def _find_urls(inliner: Any, text: str, lineno: int) -> Any:
    """Return the nodes of text without markup, as ``Inliner.implicit_inline`` does."""
    # With pep_references, "PEP 8" is a link as well.
    if len(inliner.implicit_dispatch) > 1 or _URL.search(text):
        return _implicit_inline(inliner, text, lineno)
    return [nodes.Text(text)] if text else []

"""Which pages are read again: those whose files hold something else than when they were read.

Sphinx goes by times, and a fresh checkout has new times for everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .._cache import key
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def spare(
    _app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    _removed: set[str],
) -> list[str]:
    """Take pages out of *changed* that were only touched, and add those translated anew."""
    known, current = domain_of(env).data["sources"], domain_of(env).gathered
    translated = domain_of(env).data["translations"]
    anew = {page for page in env.found_docs - added if translated.get(page, "") != current.of(page)}
    for page in changed - env.reread_always - anew:
        doctree = Path(env.doctreedir, f"{page}.doctree")
        if known.get(page) == _digest(env, page) and doctree.is_file():
            changed.discard(page)
    return sorted(anew)


def remember(env: BuildEnvironment, pages: Iterable[str]) -> None:
    """Note what *pages*, which were read just now, are made from."""
    known = domain_of(env).data["sources"]
    known.update((page, _digest(env, page)) for page in pages)
    current = domain_of(env).gathered
    translated = domain_of(env).data["translations"]
    translated.update((page, current.of(page)) for page in pages)
    for gone in known.keys() - env.found_docs:
        del known[gone], translated[gone]


def _digest(env: BuildEnvironment, page: str) -> str:
    """A digest of the file of *page* and of all others that it is made from."""
    others = sorted(str(env.srcdir / path) for path in env.dependencies.get(page, ()))
    return key(*map(_content, [str(env.doc2path(page)), *others])).hex()


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # it is not there, which is the same as last time or is not
        return b""

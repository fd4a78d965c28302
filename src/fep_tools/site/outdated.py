"""Which pages are read again: those whose sources differ, by content and not by time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .._cache import key
from .._files import read_file, Refusal
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def skip_unchanged(
    _app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    _removed: set[str],
) -> list[str]:
    """Do not read pages again whose files are the same; return others that have changed.

    Sphinx compares times, and in a fresh clone every file has a new time. It sees neither another
    translation, nor a change of a file that the placeholder stands for, nor one that was made
    while the page was read, nor a file with an older time in the place of another.

    :param changed: The pages that Sphinx would read. Unchanged ones are removed from it.
    """
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    known = env.found_docs - added
    retranslated = {p for p in known if digests.get(p, "") != domain.translations.digest_of(p)}
    differing = {p for p in known if sources.get(p) != _source_digest(env, p, text_digest(env, p))}
    differing |= domain.data["shortened"] & known  # as they depend on the tables of others
    for page in changed - env.reread_always - retranslated - differing:
        if Path(env.doctreedir, f"{page}.doctree").is_file():
            changed.discard(page)
    return sorted(retranslated | differing)


def text_digest(env: BuildEnvironment, page: str) -> str:
    """Return a digest of the text of a page as it is now.

    The text of a restricted proposal was read at the start of the build, and is not read again.
    """
    domain = domain_of(env)
    if not domain.is_restricted(page):
        return key(_content(str(env.doc2path(page)))).hex()
    return key(domain.content.problem_of(page), domain.content.proposals[page].text).hex()


def record_sources(env: BuildEnvironment, texts: Mapping[str, str], start: float) -> None:
    """Record the digests of the files and translations that pages were read from.

    :param texts: The digest of each page's text, from before it was read. If it has changed in
        the meantime, the next build finds another digest, and reads the page again.
    :param start: The time at which the build began. Which files a page depends on is known only
        when it was read: one with a file that changed since is read again by the next build.
    """
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    for page, text in texts.items():
        has_changed = any(_changes(path) >= start for path in _dependencies(env, page))
        sources[page] = "" if has_changed else _source_digest(env, page, text)
        digests[page] = domain.translations.digest_of(page)
    for page in sources.keys() - env.found_docs:
        del sources[page], digests[page]


def _source_digest(env: BuildEnvironment, page: str, text: str) -> str:
    """Return a digest of the text of a page and of the files that it depends on."""
    return key(text, *map(_content, _dependencies(env, page))).hex()


def _dependencies(env: BuildEnvironment, page: str) -> list[str]:
    return sorted(str(env.srcdir / path) for path in env.dependencies.get(page, ()))


def _content(path: str) -> bytes:
    """Return what is in a file; of one that is large or a link, only its size and time.

    Anybody can propose an image that is a link to an endless file. A missing file has the same
    content until it is there.
    """
    file = Path(path)
    data = read_file(file.parent, file.name)
    if not isinstance(data, Refusal):
        return data
    try:
        status = file.stat()
    except OSError:
        return b""
    return f"{status.st_size} {status.st_mtime_ns}".encode()


def _changes(path: str) -> float:
    """Return the time of the last change of a file; 0 if it is missing."""
    try:
        status = os.stat(path)
    except OSError:
        return 0.0
    return max(status.st_mtime, status.st_ctime)

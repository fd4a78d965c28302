"""Which pages are read again: those whose sources differ, by content and not by time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .._cache import key
from .._files import read_file, Refusal
from .domain import domain_of

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that makes a difference, which is that of a page of the handbook."""

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
    translation nor a change of a file that the placeholder stands for.

    :param changed: The pages that Sphinx would read. Unchanged ones are removed from it.
    """
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    retranslated = {
        page
        for page in env.found_docs - added
        if digests.get(page, "") != domain.translations.digest_of(page)
    }
    for page in changed - env.reread_always - retranslated:
        doctree = Path(env.doctreedir, f"{page}.doctree")
        if sources.get(page) == _source_digest(env, page) and doctree.is_file():
            changed.discard(page)
    refused = {
        page
        for page in env.found_docs - added
        if domain.content.problem_of(page) and sources.get(page) != _source_digest(env, page)
    }
    unknown = {page for page in env.found_docs - added if not sources.get(page)}
    return sorted(retranslated | refused | unknown)


def record_sources(env: BuildEnvironment, pages: Iterable[str], start: float) -> None:
    """Record the digests of the files and translations that *pages* were read from.

    A page has none if one of its files is newer than the build, which may have read an older text.

    :param start: The time at which the build began, in seconds since 1970.
    """
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    for page in pages:
        is_older = all(_time(path) < start for path in _files(env, page))
        sources[page] = _source_digest(env, page) if is_older else ""
        digests[page] = domain.translations.digest_of(page)
    for page in sources.keys() - env.found_docs:
        del sources[page], digests[page]


def _source_digest(env: BuildEnvironment, page: str) -> str:
    """Return a digest of the file of a page and of the files that it depends on."""
    content, is_restricted = domain_of(env).content, domain_of(env).restricted
    files = [read_source(path, follows_links=not is_restricted) for path in _files(env, page)]
    problem = content.problem_of(page)
    if not problem:
        return key(*files).hex()
    return key(*files, problem, content.proposals[page].text).hex()


def _files(env: BuildEnvironment, page: str) -> list[str]:
    """Return the paths of the file of a page, and of the files that it depends on."""
    dependencies = sorted(str(env.srcdir / path) for path in env.dependencies.get(page, ()))
    return [str(env.doc2path(page)), *dependencies]


def read_source(path: str, *, follows_links: bool) -> bytes:
    """Return what is in a file; why it is not read, if so, until it is."""
    file = Path(os.path.realpath(path) if follows_links else path)
    content = read_file(file.parent, file.name, MAX_BYTES)
    return content.message.encode() if isinstance(content, Refusal) else content


def _time(path: str) -> float:
    """Return when a file or link was last changed; 0 if it is missing."""
    try:
        state = os.lstat(path)
    except OSError:
        return 0
    return max(state.st_mtime, state.st_ctime)

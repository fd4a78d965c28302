"""Which pages are read again: those whose sources differ, by content and not by time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .._cache import key
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
    return sorted(retranslated | refused)


def record_sources(env: BuildEnvironment, pages: Iterable[str]) -> None:
    """Record the digests of the files and translations that *pages* were read from."""
    domain = domain_of(env)
    sources, digests = domain.data["sources"], domain.data["translations"]
    for page in pages:
        sources[page] = _source_digest(env, page)
        digests[page] = domain.translations.digest_of(page)
    for page in sources.keys() - env.found_docs:
        del sources[page], digests[page]


def _source_digest(env: BuildEnvironment, page: str) -> str:
    """Return a digest of the file of a page and of the files that it depends on."""
    dependencies = sorted(str(env.srcdir / path) for path in env.dependencies.get(page, ()))
    files = map(_read_or_empty, [str(env.doc2path(page)), *dependencies])
    content = domain_of(env).content
    problem = content.problem_of(page)
    if not problem:
        return key(*files).hex()
    return key(*files, problem, content.proposals[page].text).hex()


def _read_or_empty(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # a missing file has the same digest until it is there
        return b""

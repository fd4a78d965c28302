"""Check the files of a repository: read them, cache results, compare them with a base.

A result is cached under a key made of everything that it depends on. A second check of the
same files therefore costs little more than looking at their modification times.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from .._cache import key, tool
from ..diagnostics import CheckOptions, CheckResult
from ..proposals import discovery
from .beside import read_decisive
from .findings import check_sources

if TYPE_CHECKING:
    from .._files import FileContent
    from ..lint.baseline import BaselineEntry
    from .contents import RepositoryContents

    Sources = Mapping[str, FileContent]

MAX_STORED = 10_000
"""How many findings a cached result may have; 163,000 with their lines had 400 MB."""


def check(
    contents: RepositoryContents, options: CheckOptions, overrides: Sources | None = None
) -> CheckResult:
    """Check the files of a repository, or take the result from the cache.

    :param overrides: Contents by path that replace those of files.
    """
    # What a plugin finds depends on code that no key describes.
    if contents.cache.directory is None or contents.settings.plugins:
        return check_sources(contents, options, {**contents.sources, **(overrides or {})})
    # Two keys lead to a result. The first needs only the modification times of the files; the
    # second needs their bytes, and finds the result after a new clone or a `touch`.
    time_key = None if overrides else _time_key(contents, options)
    result = _cached(contents, time_key)
    if result is not None:
        return result
    sources = {**contents.sources, **(overrides or {})}
    if contents.depends_on_git:
        time_key = None  # the settings of git count as well
    content_key = _content_key(contents, options, sources)
    result = _cached(contents, content_key) or check_sources(contents, options, sources)
    _store(contents, result, content_key, time_key)
    return result


def fixed_baseline(
    contents: RepositoryContents,
    options: CheckOptions,
    fixed: Mapping[str, str],
    overrides: Sources | None = None,
) -> str:
    """Return the baseline in which the findings that are left are recorded as before.

    A fingerprint is made of the text of a line. A finding in a line that a fix has changed would
    otherwise be reported as new.

    For parameters, see :meth:`Repository.with_fixed_baseline`.
    """
    from ..lint import baseline

    if not contents.baseline_text or not fixed:
        return contents.baseline_text
    everything = options._replace(select=(), ignore=(), paths=(), baseline=False)
    texts = {path: text.encode() for path, text in fixed.items()}
    entries = baseline.parse(contents.baseline_text, contents.settings.baseline).entries
    before, after = (
        [(d, (d.path, d.code, d.message)) for d in check(contents, everything, sources).diagnostics]
        for sources in (overrides, {**(overrides or {}), **texts})
    )
    followed = [*baseline.follow(entries, before, after)]
    was_changed = {e.fingerprint for e in entries} != {e.fingerprint for e in followed}
    return baseline.dump(followed) if was_changed else contents.baseline_text


def baseline_entries(contents: RepositoryContents, today: date) -> list[BaselineEntry]:
    """Return the entries of a baseline that accepts every finding of today."""
    from ..lint.runner import recordable_entries

    result = check(contents, CheckOptions(today, baseline=False))
    return recordable_entries(result, contents.settings)


# Cache ------------------------------------------------------------------------------------------


def remembered(
    contents: RepositoryContents, cache_key: bytes | None, compute: Callable[[], CheckResult]
) -> CheckResult:
    """Return the result of that key, computed if it is not in the cache."""
    result = _cached(contents, cache_key)
    if result is None:
        result = compute()
        _store(contents, result, cache_key)
    return result


def commit_key(
    contents: RepositoryContents, options: CheckOptions, commit: str, *parts: str
) -> bytes | None:
    """Return a key of the result for the files of a commit; ``None`` if it is not to be kept.

    :param parts: What else the result depends on.
    """
    if contents.cache.directory is None or contents.settings.plugins:
        return None
    beside = chain.from_iterable(_read_beside(contents).items())  # see listing_at
    return key(*_common_parts(contents, options), "commit", commit, *parts, *beside)


def _cached(contents: RepositoryContents, cache_key: bytes | None) -> CheckResult | None:
    text = contents.cache.get([cache_key]).get(cache_key) if cache_key else None
    try:
        return None if text is None else CheckResult.from_json(text)
    except ValueError:
        return None


def _store(contents: RepositoryContents, result: CheckResult, *keys: bytes | None) -> None:
    if len(result.diagnostics) <= MAX_STORED:
        text = result.to_json()
        contents.cache.put({name: text for name in keys if name})


def _time_key(contents: RepositoryContents, options: CheckOptions) -> bytes | None:
    """Return a key made of modification times, or ``None`` if a file changed just now.

    Two changes within the resolution of a clock have the same modification time.
    """
    paths = (*contents.paths, *contents.attachment_paths, *contents.beside_paths)
    stamp = discovery.stamp_files(contents.root, paths, time.time())
    return None if stamp is None else key(*_common_parts(contents, options), "stamp", stamp)


def _content_key(contents: RepositoryContents, options: CheckOptions, sources: Sources) -> bytes:
    """Return a key made of the bytes of every file."""
    read = {path: s if isinstance(s, bytes) else repr(s) for path, s in sources.items()}
    parts = chain.from_iterable(chain(read.items(), _read_beside(contents).items()))
    return key(*_common_parts(contents, options), *parts)


def _read_beside(contents: RepositoryContents) -> dict[str, str | bytes]:
    return {path: read_decisive(contents.root, path) for path in contents.beside_paths}


def _common_parts(contents: RepositoryContents, options: CheckOptions) -> tuple[str, ...]:
    """Return what a result depends on, besides the files; *jobs* does not affect it."""
    configuration = repr((options._replace(jobs=0), contents.settings))
    listed = repr((contents.beside_paths, [*contents.tree.skipped], contents.default_role))
    texts = (contents.process_text, contents.people_text, contents.baseline_text)
    return (tool(), *texts, listed, configuration)

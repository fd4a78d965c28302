"""Check the files of a repository: read them, cache results, compare them with a base.

A result is cached under a key made of everything that it depends on. A second check of the
same files therefore costs little more than looking at their modification times.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from .._cache import key, tool
from .._files import MAX_FILE_BYTES
from .._text import plural
from ..config import FILE
from ..diagnostics import CheckOptions, CheckResult
from ..proposals import discovery

if TYPE_CHECKING:
    from ..lint.baseline import BaselineEntry
    from ..lint.changes import ChangeSet
    from ..proposals.loader import Source
    from ..proposals.model import Corpus
    from .contents import Listing, RepositoryContents

    Sources = Mapping[str, Source]


def check(
    contents: RepositoryContents, options: CheckOptions, overrides: Sources | None = None
) -> CheckResult:
    """Check the files of a repository, or take the result from the cache.

    :param overrides: Contents by path that replace those of files.
    """
    if contents.cache.directory is None:
        return _check_sources(contents, options, {**contents.sources, **(overrides or {})})
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
    result = _cached(contents, content_key) or _check_sources(contents, options, sources)
    text = result.to_json()
    contents.cache.put({name: text for name in (content_key, time_key) if name})
    return result


def check_against(
    contents: RepositoryContents,
    options: CheckOptions,
    base: str,
    overrides: Sources | None = None,
) -> CheckResult:
    """Check the files, and mark what was introduced since a base.

    The files are compared with the merge base of HEAD and *base*: what happened on the base
    since then is no part of the change. Settings, process and baseline are those of the merge
    base too.

    :param base: A revision, such as ``origin/main``.
    :raises RepositoryError: There is no git, no such revision, or no merge base.
    """
    from ..history.git import GitRepository
    from . import protected_paths

    git = GitRepository.open(contents.root)
    merge_base = git.merge_base(base)
    base_contents, problems = contents.at_commit(merge_base)
    base_sources = base_contents.sources_at(merge_base)
    after = {**base_contents.sources, **(overrides or {})}
    entries, head_entries = git.entries(merge_base), git.entries("HEAD")
    unchanged = {
        path: source
        for path, source in after.items()
        if not isinstance(source, bytes) and _is_unread(base_sources.get(path))
        and path in entries and entries[path] == head_entries.get(path)
    }  # fmt: skip
    before = {**base_sources, **unchanged}
    arrived = base_contents.paths_at(git.resolve(base)) - before.keys()
    result = check_change(
        base_contents, options, before, after,
        authors=git.author_names(merge_base, git.resolve("HEAD")),
        taken_numbers=base_contents.process.files.numbers(arrived),
        listing_before=base_contents.listing_at(merge_base),
    )  # fmt: skip
    protected = protected_paths.changed_paths(entries, head_entries, contents.settings.process)
    notes = [
        *(f"{problem} at {base}; the file of this change applies" for problem in problems),
        *_ignored_changes(contents, base_contents, options, after, base),
        *protected_paths.notes(protected),
    ]
    return result._replace(notes=(*notes, *result.notes), complete=result.complete and not problems)


def _is_unread(source: Source | None) -> bool:
    """Return whether a file of a commit is a link, or too large; git says whether it changed."""
    return not isinstance(source, bytes) or len(source) > MAX_FILE_BYTES


def _ignored_changes(
    contents: RepositoryContents,
    base_contents: RepositoryContents,
    options: CheckOptions,
    after: Sources,
    base: str,
) -> list[str]:
    """Return a note for settings and rules that the change has, but that are not in effect."""
    notes = []
    if contents.settings != base_contents.settings:
        notes.append(f"the settings of {base} apply, not those of this change")
    if contents.process_text != base_contents.process_text:
        notes.append(f"the process file of {base} applies, not that of this change")
    if notes:
        notes += _future_errors(contents, base_contents, options, after)
    return notes


def _future_errors(
    contents: RepositoryContents,
    base_contents: RepositoryContents,
    options: CheckOptions,
    after: Sources,
) -> list[str]:
    """Return a note on the errors that only the settings and the process of the change find.

    Once it is merged, every check finds them.

    :raises FepError: The process or the settings of the change cannot be used.
    """
    from ..lint.gate import count_errors

    future = _check_sources(contents, options, after)
    now = _check_sources(base_contents, options, after)
    more = count_errors(future, known=now)
    if not more:
        return []
    errors = plural(more, "more error")
    return [f"with the settings and the process of this change, there are {errors}; run: fep check"]


def check_change(
    contents: RepositoryContents,
    options: CheckOptions,
    before: Sources,
    after: Sources,
    authors: frozenset[str] = frozenset(),
    taken_numbers: Mapping[int, str] = MappingProxyType({}),
    listing_before: Listing | None = None,
) -> CheckResult:
    """Check *after*, and mark what is not in *before*.

    :param contents: The repository whose settings and process are in effect, which are those
        of the base.
    :param authors: The names of those who made the change.
    :param taken_numbers: Numbers that other proposals got on the base since the change began,
        with the paths of those proposals.
    :param listing_before: The files beside proposals before the change. Default: those on disk.
    """
    from ..lint import gate
    from ..lint.runner import selected_rules

    everywhere = options._replace(paths=())
    base_corpus = _read_corpus(contents, options, before, listing_before)
    base_result = check_corpus(contents, everywhere, base_corpus)
    changes = _changes(contents, before, after, authors, taken_numbers)
    corpus = _read_corpus(contents, options, after)
    result = check_corpus(contents, options, corpus, changes)
    # A finding in these files, such as an exemption that is not needed any more, may be the
    # result of a change that fixed a proposal. It must not fail that change.
    settings_files = {FILE, contents.settings.baseline, contents.process.source[0]}
    marked = gate.mark_introduced(
        result,
        base_result,
        changes,
        selected_rules(options, contents.settings, contents.process),
        binding_paths=changes.binding_paths(contents.process),
        exempt_paths=settings_files,
    )
    return marked._replace(notes=(*marked.notes, *gate.unjudged_bases(changes, base_corpus)))


def check_corpus(
    contents: RepositoryContents,
    options: CheckOptions,
    corpus: Corpus,
    changes: ChangeSet | None = None,
) -> CheckResult:
    """Check proposals that were read before, bodies included."""
    from ..lint import runner

    return runner.check(
        corpus,
        contents.process,
        options,
        settings=contents.settings,
        baseline_text=contents.baseline_text,
        changes=changes,
    )


def fixed_texts(
    contents: RepositoryContents,
    options: CheckOptions,
    overrides: Sources | None = None,
    base: str | None = None,
) -> dict[str, str]:
    """Return the new text of every file that fixes would change, by path.

    Files that a sparse checkout leaves out stay as they are.

    :param overrides: Contents by path that replace those of files.
    :param base: A revision. Only findings that were introduced since are fixed.
    """
    from ..lint.fixes import fix_repeatedly

    originals = {p: data for p, data in (overrides or {}).items() if isinstance(data, bytes)}

    def check_texts(fixed: Mapping[str, str]) -> CheckResult:
        changed = {path: text.encode() for path, text in fixed.items()}
        texts = {**originals, **changed}
        if base is not None:
            return check_against(contents, options, base, texts)
        return check(contents, options, texts)

    def read_text(path: str) -> str:
        return originals[path].decode() if path in originals else contents.text(path)

    fixed = fix_repeatedly(check_texts, read_text)
    return {path: text for path, text in fixed.items() if path not in contents.tree.skipped}


def baseline_entries(contents: RepositoryContents, today: date) -> list[BaselineEntry]:
    """Return the entries of a baseline that accepts every finding of today."""
    from ..lint.runner import recordable_entries

    return recordable_entries(check(contents, CheckOptions(today, baseline=False)))


def _changes(
    contents: RepositoryContents,
    before: Sources,
    after: Sources,
    authors: frozenset[str],
    taken_numbers: Mapping[int, str],
) -> ChangeSet:
    """Return the proposals that differ; files that do not differ are not even parsed."""
    from ..lint.changes import compute_changes

    old = {path: data for path, data in before.items() if after.get(path) != data}
    new = {path: data for path, data in after.items() if before.get(path) != data}
    base, head = contents.read(old, bodies=False), contents.read(new, bodies=False)
    return compute_changes(base, head, authors, taken_numbers)


def _check_sources(
    contents: RepositoryContents,
    options: CheckOptions,
    sources: Sources,
    changes: ChangeSet | None = None,
) -> CheckResult:
    corpus = _read_corpus(contents, options, sources)
    return check_corpus(contents, options, corpus, changes)


def _read_corpus(
    contents: RepositoryContents,
    options: CheckOptions,
    sources: Sources,
    listing: Listing | None = None,
) -> Corpus:
    """Return the proposals in *sources*.

    If no rule needs bodies, only those are parsed that may have a comment that suppresses a
    rule.
    """
    from ..lint.runner import needs_bodies
    from ..lint.suppressions import IGNORE_HINT

    bodies, jobs = needs_bodies(options, contents.settings, contents.process), options.jobs
    corpus = contents.read(sources, bodies=bodies, jobs=jobs, listing=listing)
    hint = IGNORE_HINT.encode()
    hinting = {p: s for p, s in sources.items() if isinstance(s, bytes) and hint in s}
    if bodies or not hinting:
        return corpus
    parsed = contents.read(hinting, jobs=jobs).by_path
    return replace(corpus, proposals=tuple(parsed.get(p.path, p) for p in corpus))


# Cache ------------------------------------------------------------------------------------------


def _cached(contents: RepositoryContents, cache_key: bytes | None) -> CheckResult | None:
    text = contents.cache.get([cache_key]).get(cache_key) if cache_key else None
    try:
        return None if text is None else CheckResult.from_json(text)
    except ValueError:
        return None


def _time_key(contents: RepositoryContents, options: CheckOptions) -> bytes | None:
    """Return a key made of modification times, or ``None`` if a file changed just now.

    Two changes within the resolution of a clock have the same modification time.
    """
    paths = (*contents.paths, *contents.attachment_paths)
    stamp = discovery.stamp_files(contents.root, paths, time.time())
    return None if stamp is None else key(*_common_parts(contents, options), "stamp", stamp)


def _content_key(contents: RepositoryContents, options: CheckOptions, sources: Sources) -> bytes:
    """Return a key made of the bytes of every file."""
    parts = (
        part
        for path, source in sources.items()
        for part in (path, source if isinstance(source, bytes) else repr(source))
    )
    return key(*_common_parts(contents, options), *parts)


def _common_parts(contents: RepositoryContents, options: CheckOptions) -> tuple[str, ...]:
    """Return what a result depends on, besides the files; *jobs* does not affect it."""
    configuration = repr((options._replace(jobs=0), contents.settings))
    listed = repr((contents.interfering_files, contents.images, contents.default_role))
    return (tool(), contents.process_text, contents.baseline_text, listed, configuration)

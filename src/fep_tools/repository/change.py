"""Check a change: compare the files of a repository with those of a base."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from .._files import FileContent, MAX_FILE_BYTES
from .._text import join_words, plural
from ..config import FILE
from ..diagnostics import CheckOptions, CheckResult
from ..process.attachments import lock_directory, people_path
from ..process.templates import DIRECTORY as TEMPLATES
from .base_settings import at_commit, process_path
from .beside import listing_at
from .checking import commit_key, remembered
from .findings import check_sources, read_corpus

if TYPE_CHECKING:
    from ..lint.changes import ChangeSet
    from ..proposals.model import Corpus, Proposal
    from .beside import FilesBeside
    from .contents import RepositoryContents

    Sources = Mapping[str, FileContent]

SHALLOW = (
    "the clone is shallow, so not all authors of this change are known, and rules about "
    "them may be wrong; fetch more, in CI with fetch-depth: 0"
)


def check_against(
    contents: RepositoryContents, options: CheckOptions, base: str, overrides: Sources | None = None
) -> CheckResult:
    """Check the files, and mark what was introduced since a base.

    The files are compared with the merge base of HEAD and *base*: what happened on the base
    since then is no part of the change. Settings, process and baseline are those of the merge
    base too. For parameters, see :meth:`Repository.check`.
    """
    from . import passing_statuses, protected_paths, unjudged_files
    from .active_pictures import active_pictures
    from .included_files import included_files

    git = contents.git
    merge_base, head, latest = git.merge_base(base), git.resolve("HEAD"), git.resolve(base)
    base_contents, problems = at_commit(contents, merge_base)
    base_sources = base_contents.sources_at(merge_base)
    after = {**base_contents.sources, **(overrides or {})}
    entries, head_entries = git.entries(merge_base), git.entries("HEAD")
    # A file that is not read, such as a link or one that is too large, is the same as before if
    # git has the same object for it.
    unchanged = {
        path: source
        for path, source in after.items()
        if not isinstance(source, bytes) and _is_unread(base_sources.get(path))
        and path in entries and entries[path] == head_entries.get(path)
    }  # fmt: skip
    before = {**base_sources, **unchanged}
    arrived = base_contents.paths_at(latest) - before.keys()
    later = {} if latest == merge_base else _later_statuses(base_contents, latest, before)
    result = check_change(
        base_contents, options, before, after,
        authors=git.author_names(merge_base, head),
        taken_numbers=base_contents.process.files.numbers(arrived),
        later_statuses=later,
        listing_before=listing_at(
            git, merge_base, base_contents.patterns, lambda: base_contents.process,
            base_contents.listing.images,
        ),
        base_key=commit_key(
            base_contents, _everywhere(options), merge_base, git.prefix,
            repr(sorted(unchanged.items())),
        ),
    )  # fmt: skip
    is_cut = git.is_cut(merge_base, head)
    all_before = git.entries(merge_base, outside=True)
    all_after = git.entries("HEAD", outside=True)
    is_handbook = base_contents.process.files.is_handbook
    named = {
        *_configured_paths(contents, base_contents),
        *active_pictures(git, all_before, all_after),
        *included_files(git, merge_base, all_after | all_before, is_handbook),
    }
    protected = protected_paths.changed_paths(all_before, all_after, named, is_handbook)
    notes = [
        *(f"{problem} at {base}; the file of this change applies" for problem in problems),
        *([SHALLOW] if is_cut else []),
        *([] if latest == merge_base else _newer_rules(base_contents, entries, latest, base)),
        *_ignored_changes(contents, base_contents, options, after, base),
        *protected_paths.notes(protected),
        *passing_statuses.notes(git, merge_base, head, before, after, base_contents.process),
        *unjudged_files.notes(
            base_contents.process,
            entries,
            head_entries,
            lambda: base_contents.read(base_sources, bodies=False),
        ),
    ]
    return result._replace(
        notes=(*notes, *result.notes), complete=result.complete and not problems and not is_cut
    )


def _configured_paths(contents: RepositoryContents, base_contents: RepositoryContents) -> set[str]:
    """Return the paths of files and directories that the settings and the process name.

    They are the process, the baseline, lock files and what the site publishes as it is.

    :param contents: The repository with the settings of the change.
    """
    settings = (contents.settings, base_contents.settings)
    process = base_contents.process
    return {
        *(path for each in settings for path in (each.process, each.baseline)),
        *([lock_directory(process.notes.frameworks).rstrip("/")] if process.notes else []),
        *(file.from_ for file in process.copied_files),
        *(
            posixpath.join(posixpath.dirname(each.process), TEMPLATES)
            for each in settings
            if each.process.endswith(".toml")
        ),
    }


def _is_unread(source: FileContent | None) -> bool:
    """Return whether a file of a commit is a link, or too large; git says whether it changed."""
    return not isinstance(source, bytes) or len(source) > MAX_FILE_BYTES


def _later_statuses(contents: RepositoryContents, latest: str, before: Sources) -> dict[int, str]:
    """Return the statuses of proposals that the base has changed since the change began.

    :param latest: The last commit of the base.
    """
    sources = contents.sources_at(latest).items()
    changed = {path: source for path, source in sources if before.get(path) != source}
    corpus = contents.read(changed, bodies=False)
    return {number: p.status for number, p in corpus.by_number.items() if p.status}


def _newer_rules(
    base_contents: RepositoryContents, entries: Mapping[str, object], latest: str, base: str
) -> list[str]:
    """Return a note if the base has other rules now than where the change began.

    Who makes a change decides where it begins, which may be before a rule that it breaks.

    :param entries: The files of the merge base, as git has them.
    :param latest: The last commit of the base.
    """
    settings, now = base_contents.settings, base_contents.git.entries(latest)
    process_file = process_path(base_contents, settings)
    paths = (FILE, process_file, settings.baseline, people_path(settings.process))
    newer = [path for path in dict.fromkeys(paths) if entries.get(path) != now.get(path)]
    if not newer:
        return []
    named = join_words(newer, "and")
    begin = f"{base} has another version of {named} than when this change began"
    return [f"{begin}, which was not applied; merge {base} and check again"]


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
    if contents.people_text != base_contents.people_text:
        notes.append(f"the people of {base} have their roles, not those of this change")
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

    future = check_sources(contents, options, after)
    now = check_sources(base_contents, options, after)
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
    later_statuses: Mapping[int, str] = MappingProxyType({}),
    listing_before: FilesBeside | None = None,
    base_key: bytes | None = None,
) -> CheckResult:
    """Check *after*, and mark what is not in *before*, as :meth:`Repository.check_change` does.

    :param contents: The repository whose settings and process are in effect, which are those
        of the base.
    :param listing_before: The files beside proposals before the change. Default: those on disk.
    :param base_key: The key of the result of *before* in the cache. Default: it is not there.
    """
    from ..lint import gate
    from ..lint.changes import compute_changes
    from ..lint.runner import selected_rules

    def check_base() -> CheckResult:
        return check_sources(contents, _everywhere(options), before, listing_before)

    base_result = remembered(contents, base_key, check_base)
    base, head = _read_changed(contents, before, after)
    changes = compute_changes(base, head, authors, taken_numbers, later_statuses)
    changes = _with_settled_texts(contents, options, changes, base, head)
    result = check_sources(contents, options, after, changes=changes)
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
    changed = {path: data for path, data in before.items() if after.get(path) != data}
    base_corpus = read_corpus(contents, options, changed, listing_before)
    return marked._replace(
        notes=(*marked.notes, *gate.unjudged_bases(changes, base_corpus)),
        complete=marked.complete and not any(change.is_status_unknown for change in changes),
    )


def _with_settled_texts(
    contents: RepositoryContents,
    options: CheckOptions,
    changes: ChangeSet,
    base: Corpus,
    head: Corpus,
) -> ChangeSet:
    """Return *changes* with the bodies of settled proposals, and the texts that readers see.

    Only those are parsed whose text is not the same as before.
    """
    from .._sequences import Steps
    from ..proposals.loader import with_bodies

    def read(proposals: Iterable[Proposal | None], corpus: Corpus) -> list[Proposal]:
        return with_bodies(
            [proposal for proposal in proposals if proposal is not None],
            contents.process, contents.cache, options.jobs, corpus.attachments, shown_text=True,
        )  # fmt: skip

    chosen = changes.rewritten_records(contents.process)
    before = read((change.before for change in chosen), base)
    after = read((change.after for change in chosen), head)
    steps = Steps.for_texts(len(chosen))
    parsed = {
        change.path: replace(change, before=one, after=other, steps=steps)
        for change, one, other in zip(chosen, before, after, strict=True)
    }
    return replace(changes, changes=tuple(parsed.get(each.path, each) for each in changes))


def _everywhere(options: CheckOptions) -> CheckOptions:
    """Return options without paths: findings may move from one file to another."""
    return options._replace(paths=())


def _read_changed(
    contents: RepositoryContents, before: Sources, after: Sources
) -> tuple[Corpus, Corpus]:
    """Return the proposals that may differ; others are not even parsed.

    These are also those that may include a file that differs, or have a page that does.
    """
    from ..proposals.includes import may_include
    from ..proposals.page_files import directories_above, directories_of_pages, is_page

    process = contents.process
    sources = (*before.items(), *after.items())
    touched = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    are_included = any(map(process.files.is_included, touched))
    pages = [path for path in touched if is_page(path, process)]
    if are_included or pages:
        touched |= {path for path, _source in sources if process.is_attachment(path)}
    if are_included:
        touched |= {p for p, s in sources if isinstance(s, bytes) and may_include(s)}
    if pages:
        above = set().union(*(directories_above(path, process) for path in pages))
        touched |= {p for p, _source in sources if above & directories_of_pages(p, process)}
    old, new = ({p: s for p, s in state.items() if p in touched} for state in (before, after))
    return contents.read(old, bodies=False), contents.read(new, bodies=False)

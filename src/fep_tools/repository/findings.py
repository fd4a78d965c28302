"""Find what is wrong with proposals; what was found in an unchanged one is in the cache.

Its key is made of everything that the findings depend on, besides the rest of the repository (see
:mod:`fep_tools.lint.remembered`). Files are read by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from .._cache import key, tool
from ..diagnostics import CheckOptions, CheckResult

if TYPE_CHECKING:
    from .._files import FileContent
    from ..lint.changes import ChangeSet
    from ..lint.remembered import Memory, Remembered
    from ..proposals.body import Body
    from ..proposals.model import Corpus
    from ..proposals.pool import EarlyWorkers
    from .beside import FilesBeside
    from .contents import RepositoryContents

    Sources = Mapping[str, FileContent]


def check_sources(
    contents: RepositoryContents,
    options: CheckOptions,
    sources: Sources,
    listing: FilesBeside | None = None,
    changes: ChangeSet | None = None,
) -> CheckResult:
    """Check the proposals in *sources*, without the cache of results.

    :param listing: The files beside them. Default: those on disk.
    :param changes: The proposals that differ from a base, for rules about changes.
    """
    from ..lint.remembered import Memory
    from ..lint.runner import needs_bodies
    from ..proposals.pool import EarlyWorkers

    with EarlyWorkers() as early:
        if needs_bodies(options, contents.settings, contents.process):
            # After the first time, one proposal or two have changed since.
            early.start(len(sources) if contents.cache.is_new else 1, options.jobs)
        headers = contents.read(sources, bodies=False, listing=listing)
        keys = _keys(contents, options, headers, sources)
        memory = Memory(headers, keys, _recall(contents, keys))
        corpus = _with_bodies(contents, options, headers, memory.bodies, early)
    result = check_corpus(contents, options, corpus, changes, memory)
    contents.cache.put({name: each.dump() for name, each in memory.learned.items()})
    return result


def check_corpus(
    contents: RepositoryContents,
    options: CheckOptions,
    corpus: Corpus,
    changes: ChangeSet | None = None,
    memory: Memory | None = None,
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
        memory=memory,
    )


def read_corpus(
    contents: RepositoryContents,
    options: CheckOptions,
    sources: Sources,
    listing: FilesBeside | None = None,
) -> Corpus:
    """Return the proposals in *sources*, with the bodies that the rules need."""
    headers = contents.read(sources, bodies=False, listing=listing)
    return _with_bodies(contents, options, headers)


def _with_bodies(
    contents: RepositoryContents,
    options: CheckOptions,
    corpus: Corpus,
    known: Mapping[str, Body | None] = MappingProxyType({}),
    early: EarlyWorkers | None = None,
) -> Corpus:
    """Return a corpus with the bodies of its proposals.

    If no rule needs bodies, only those are parsed that may have a comment that suppresses a
    rule.

    :param known: Bodies that are not read, by path.
    :param early: Worker processes that were started before.
    """
    from ..lint.ignore_comments import COMMENT_PREFIX
    from ..lint.runner import needs_bodies
    from ..proposals.loader import with_bodies

    missing = [proposal for proposal in corpus if proposal.path not in known]
    if not needs_bodies(options, contents.settings, contents.process):
        missing = [proposal for proposal in missing if COMMENT_PREFIX in proposal.text]
    attachments = corpus.attachments
    read = with_bodies(missing, contents.process, contents.cache, options.jobs, attachments, early)
    proposals = {p.path: replace(p, body=known.get(p.path)) for p in corpus}
    proposals |= {proposal.path: proposal for proposal in read}
    return replace(corpus, proposals=tuple(proposals.values()))


# Cache ------------------------------------------------------------------------------------------


def _keys(
    contents: RepositoryContents, options: CheckOptions, corpus: Corpus, sources: Sources
) -> dict[str, bytes]:
    """Return a key of everything that findings in a proposal depend on, by its path."""
    from ..lint.remembered import is_remembered
    from ..lint.runner import selected_rules
    from ..proposals.includes import find_includes
    from ..proposals.loader import can_read_markdown

    # What a plugin finds depends on code that no key describes.
    if contents.cache.directory is None or contents.settings.plugins:
        return {}
    process = contents.process
    rules = selected_rules(options, contents.settings, process)
    common = key(
        "findings",
        tool(),
        *process.source,
        contents.people_text,
        contents.default_role,
        str(can_read_markdown()),
        *(rule.code for rule in rules if is_remembered(rule)),
    )
    keys = {}
    for proposal in corpus:
        path, source = proposal.path, sources[proposal.path]
        data = source if isinstance(source, bytes) else repr(source)
        included = find_includes(proposal.text, path, process, corpus.attachments)
        keys[path] = key(common, path, data, repr(included))
    return keys


def _recall(contents: RepositoryContents, keys: Mapping[str, bytes]) -> dict[str, Remembered]:
    """Return what is remembered of proposals, by path."""
    from ..lint.remembered import Remembered

    texts, remembered = contents.cache.get(keys.values()), {}
    for path, name in keys.items():
        with suppress(KeyError, ValueError):  # not there, or damaged
            remembered[path] = Remembered.load(texts[name])
    return remembered

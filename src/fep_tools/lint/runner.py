"""A repository judged: as it is, or by what a change brought into it.

A verdict is remembered under everything that it depends on, so that a second run over the
same files costs little more than reading them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from .. import _verdicts
from .._cache import key, tool
from ..config import FILE
from ..diagnostics import CheckResult, Diagnostic, Severity
from ..proposals import discovery as files

if TYPE_CHECKING:
    from .._files import Refusal
    from ..proposals.model import Corpus
    from ..repository import Repository
    from .baseline import BaselineEntry
    from .changes import ChangeSet
    from .rule import Rule
    from .suppressions import AcceptedFindings

    Sources = Mapping[str, bytes | Refusal]

ROUNDS = 10
"""How often a text is checked and mended again; of two edits that overlap, one waits a round."""


@dataclass(frozen=True)
class CheckOptions:
    """What is to be checked: *paths* (all if empty), by which rules, as of which day.

    Without *baseline* all is told that it knows.
    """

    today: date
    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 0
    baseline: bool = True


def check(
    repository: Repository, asked: CheckOptions, replaced: Sources | None = None
) -> CheckResult:
    """What the rules find; *replaced* stands for some files, as an editor has them."""
    if repository.cache.folder is None:
        return _judge(repository, asked, {**repository.sources, **(replaced or {})})
    quick = None if replaced else _quick_key(repository, asked)
    verdict = _known(repository, quick)
    if verdict is not None:
        return verdict
    sources = {**repository.sources, **(replaced or {})}
    run = _key(repository, asked, sources)
    verdict = _known(repository, run) or _judge(repository, asked, sources)
    text = _verdicts.dump(verdict)
    repository.cache.put({name: text for name in (run, quick) if name})
    return verdict


def _known(repository: Repository, name: bytes | None) -> CheckResult | None:
    """The verdict that is remembered under *name*, if there is a sound one."""
    text = repository.cache.get([name]).get(name) if name else None
    try:
        return None if text is None else _verdicts.load(text)
    except ValueError:
        return None


def check_against(
    repository: Repository, asked: CheckOptions, base: str, replaced: Sources | None = None
) -> CheckResult:
    """As :func:`validate`, each finding marked with whether it is new since *base*.

    *base* is a revision; what counts is the commit at which the change went its own way, and
    the settings and the process that it has. Raises :class:`RepositoryError` where that
    cannot be told.
    """
    from ..history.git import GitRepository
    from . import protected_paths

    git = GitRepository.open(repository.root)
    fork = git.merge_base(base)
    judge = repository.at_commit(fork)
    before = judge.sources_at(fork)
    sources = {**judge.sources, **(replaced or {})}
    authors = git.author_names(fork, git.resolve("HEAD"))
    meanwhile = judge.process.files.numbers(judge.paths_at(git.resolve(base)) - before.keys())
    verdict = check_change(judge, asked, before, sources, authors, meanwhile)
    changed = [
        name
        for name, same in (
            ("settings", judge.settings == repository.settings),
            ("rules of the process", judge.process_text == repository.process_text),
        )
        if not same
    ]
    told = "are what counts, and not those of this change"
    notes = tuple(f"the {name} of {base} {told}" for name in changed)
    brought = protected_paths.touched(
        git.tree(fork), git.tree("HEAD"), repository.settings["process"]
    )
    return verdict._replace(notes=(*notes, *([protected_paths.note(brought)] if brought else ())))


def check_change(
    repository: Repository,
    asked: CheckOptions,
    before: Sources,
    after: Sources,
    authors: frozenset[str] = frozenset(),
    taken_numbers: Mapping[int, str] = MappingProxyType({}),
) -> CheckResult:
    """The verdict on *after*, rules about changes included, and what of it is not in *before*.

    *meanwhile* are the paths of proposals that arrived beside the change, by number.
    The settings are those of the base. What they have too much, the change may have mended.
    """
    everything = replace(asked, paths=())
    old = _judge(repository, everything, before)
    changes = _changes(repository, before, after, authors, taken_numbers)
    new = _judge(repository, asked, after, changes)
    known = {told.fingerprint: told.severity for told in old.diagnostics}
    settings = (FILE, repository.settings["baseline"], repository.process.source[0])
    marked = tuple(
        d._replace(introduced=d.path not in settings and _is_new(d, known)) for d in new.diagnostics
    )
    return new._replace(diagnostics=marked)


def _is_new(told: Diagnostic, known: Mapping[str, Severity]) -> bool:
    """Whether it was not there, or did less harm: a warning of a record that is a draft again."""
    before = known.get(told.fingerprint)
    return before is None or (told.severity is Severity.ERROR and before is not Severity.ERROR)


def fixes(
    repository: Repository, asked: CheckOptions, replaced: Sources | None = None
) -> dict[str, str]:
    """What the files would hold that can be mended, mended until nothing is left, by path."""
    from .fixes import apply_fixes

    given = {path: data for path, data in (replaced or {}).items() if isinstance(data, bytes)}
    now = dict(given)

    def text(path: str) -> str:
        return now[path].decode() if path in now else repository.text(path)

    for _round in range(ROUNDS):
        changed = apply_fixes(check(repository, asked, now).diagnostics, text)
        if not changed:
            break
        now.update((path, new.encode()) for path, new in changed.items())
    return {path: data.decode() for path, data in now.items() if data != given.get(path)}


def baseline_entries(repository: Repository, today: date) -> list[BaselineEntry]:
    """What a baseline would have to know for nothing to be told."""
    from .baseline import entries
    from .outcome import runs_last
    from .rule import find_rule

    told = check(repository, CheckOptions(today, baseline=False)).diagnostics
    return entries(d for d in told if (rule := find_rule(d.code)) and not runs_last(rule))


def _changes(
    repository: Repository,
    before: Sources,
    after: Sources,
    authors: frozenset[str],
    meanwhile: Mapping[int, str],
) -> ChangeSet:
    """The proposals that differ; those that do not are not even read."""
    from .changes import compute_changes

    old = {path: data for path, data in before.items() if after.get(path) != data}
    new = {path: data for path, data in after.items() if before.get(path) != data}
    was, now = repository.read(old, bodies=False), repository.read(new, bodies=False)
    return compute_changes(was, now, authors, meanwhile)


def check_corpus(
    repository: Repository, asked: CheckOptions, corpus: Corpus, changes: ChangeSet | None = None
) -> CheckResult:
    """What the rules find in *corpus*, which somebody has read, bodies included."""
    from . import engine
    from .changes import ChangeSet

    found = engine.check(
        corpus,
        repository.process,
        _rules(repository, asked),
        today=asked.today,
        paths=frozenset(asked.paths) or None,
        changes=changes or ChangeSet(),
        accepted=_accepted(repository, asked),
    )
    files = len(asked.paths) or len(corpus)
    acronym = repository.process.acronym
    return CheckResult(acronym, files, tuple(found.told), baselined=found.known)


def _judge(
    repository: Repository, asked: CheckOptions, sources: Sources, changes: ChangeSet | None = None
) -> CheckResult:
    bodies = any(rule.family.body for rule in _rules(repository, asked))
    corpus = _corpus(repository, sources, bodies=bodies, jobs=asked.jobs)
    return check_corpus(repository, asked, corpus, changes)


def _rules(repository: Repository, asked: CheckOptions) -> tuple[Rule, ...]:
    """The rules that are asked for, or else those of the settings."""
    from . import engine
    from .rule import all_rules

    settings = repository.settings
    chosen = asked.select or settings["select"]
    engine.require_known(
        all_rules(), (c for row in settings["per-file-ignores"] for c in row.codes)
    )
    return engine.select(all_rules(), chosen, [*asked.ignore, *settings["ignore"]])


def _corpus(repository: Repository, sources: Sources, *, bodies: bool, jobs: int) -> Corpus:
    """The proposals in *sources*, with the bodies of those, at least, that silence rules."""
    from .inline import HINT

    corpus = repository.read(sources, bodies=bodies, jobs=jobs)
    hint = HINT.encode()
    marked = {p: s for p, s in sources.items() if isinstance(s, bytes) and hint in s}
    if bodies or not marked:
        return corpus
    read = repository.read(marked, jobs=jobs).by_path
    return replace(corpus, proposals=tuple(read.get(p.path, p) for p in corpus))


def _accepted(repository: Repository, asked: CheckOptions) -> AcceptedFindings:
    """What this community accepts beside the exemptions of its process."""
    from . import baseline
    from .suppressions import AcceptedFindings

    settings = repository.settings
    if not (asked.baseline and repository.baseline):
        return AcceptedFindings(settings["per-file-ignores"])
    known = baseline.parse(repository.baseline, settings["baseline"])
    return AcceptedFindings(settings["per-file-ignores"], known)


def _quick_key(repository: Repository, asked: CheckOptions) -> bytes | None:
    """As :func:`_key`, by the files' times in place of their bytes."""
    stamp = files.stamp(
        repository.root, (*repository.paths, *repository.attachment_paths), time.time()
    )
    return None if stamp is None else key(*_asking(repository, asked), "stamp", stamp)


def _asking(repository: Repository, asked: CheckOptions) -> tuple[str, ...]:
    """What a verdict depends on beside the files: the tool, the process, and what was asked."""
    asking = repr((replace(asked, jobs=0), sorted(repository.settings.items())))
    beside = repr((repository.strays, repository.images))
    return (tool(), repository.process_text, repository.baseline, beside, asking)


def _key(repository: Repository, asked: CheckOptions, sources: Sources) -> bytes:
    """Everything that a verdict depends on."""
    contents = (
        part
        for path, source in sources.items()
        for part in (path, source if isinstance(source, bytes) else repr(source))
    )
    return key(*_asking(repository, asked), *contents)

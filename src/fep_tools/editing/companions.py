"""Files besides the proposals that have the number of one: results, pages, settings, baseline."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .. import config
from .._files import read_file
from ..diagnostics import CheckOptions, CheckResult, Diagnostic
from ..lint import baseline
from ..notes import results
from ..proposals import discovery
from ..repository import Repository
from . import settings_numbers
from .mentions import NumberChange


@dataclass
class RenumberingPlan:
    """The changes of all files, to which those besides the proposals are added one by one.

    :param overrides: unsaved texts, by path, that an editor has for some files
    :param texts: new texts of files by path; moved files are under their new path
    :param moved: new paths by old path
    """

    repository: Repository
    change: NumberChange
    overrides: dict[str, bytes]
    texts: dict[str, str]
    moved: dict[str, str]

    def read(self, path: str) -> str | None:
        """Return the text of a file, or ``None`` if it has none."""
        repository = self.repository
        data = self.overrides.get(path) or repository.sources.get(path)
        if data is None:
            source = read_file(repository.root, path)
            data = repository.tree.as_stored({path: source})[path]
        try:
            return data.decode() if isinstance(data, bytes) else None
        except UnicodeDecodeError:
            return None

    def rewrite(self, path: str, new_path: str | None = None) -> None:
        """Write the new number into a file, which may move."""
        text = self.read(path)
        if text is not None and (new := self.change.rewrite(text)) != text:
            self.texts[new_path or path] = new

    def move_companions(self) -> None:
        """Move the results of the proposal's notes, and what is in the directory beside it."""
        stems = [posixpath.splitext(p)[0] for p in (self.change.old_path, self.change.new_path)]
        data = self.repository.sources.get(results.results_path(self.change.old_path))
        if isinstance(data, bytes):
            new_path = results.results_path(self.change.new_path)
            self.moved[results.results_path(self.change.old_path)] = new_path
            self.texts[new_path] = results.renumber(data, self.change.new).decode()
        for path in discovery.find_below(self.repository.root, stems[0]):
            new_path = stems[1] + path.removeprefix(stems[0])
            self.moved[path] = new_path
            if path.endswith(discovery.DOCUMENTS):
                self.rewrite(path, new_path)

    def rewrite_documents(self) -> None:
        """Write the new number into pages of the handbook, templates and lists of owners."""
        proposals = self.repository.sources.keys() | self.moved.keys()
        for path in discovery.find_documents(self.repository.root):
            if path not in proposals:
                self.rewrite(path)

    def rewrite_settings(self) -> None:
        """Write the new number into exemptions, redirects and ``[tool.fep]``."""
        settings = self.repository.settings
        for path, rewrite in (
            (settings.process, settings_numbers.rewrite_process),
            (config.FILE, settings_numbers.rewrite_settings),
        ):
            text = self.read(path)
            if text is not None and (new := rewrite(text, self.change)) != text:
                self.texts[path] = new

    def rewrite_baseline(self, today: date) -> None:
        """Record the accepted findings under their new paths and fingerprints."""
        repository, name = self.repository, self.repository.settings.baseline
        if not repository.baseline_text:
            return
        entries = baseline.parse(repository.baseline_text, name).entries
        sources = {**repository.sources, **self.overrides}
        moved = {self.moved.get(path, path): source for path, source in sources.items()}
        changed = {path: text.encode() for path, text in self.texts.items() if path in moved}
        options = CheckOptions(today, baseline=False)
        before = repository.check_corpus(options, repository.read(sources))
        corpus = repository.read({**moved, **changed})
        images = tuple(self.moved.get(path, path) for path in corpus.images)
        after = repository.check_corpus(options, replace(corpus, images=images))
        text = baseline.dump(_moved_entries(entries, self.moved, before, after))
        if text != repository.baseline_text:
            self.texts[name] = text

    def texts_before(self) -> dict[str, str]:
        """Return the texts of the changed files before the change, by their old path."""
        old_paths = {after: before for before, after in self.moved.items()}
        paths = [old_paths.get(path, path) for path in self.texts]
        return {path: self.read(path) or "" for path in paths}


def _moved_entries(
    entries: tuple[baseline.BaselineEntry, ...],
    moved: Mapping[str, str],
    before: CheckResult,
    after: CheckResult,
) -> Iterator[baseline.BaselineEntry]:
    """Yield the entries of a baseline as they are after the change.

    A fingerprint is made of the text of a line, which has the new number in it. But no line moves:
    the finding is on the same one.
    """
    positions = {d.fingerprint: (moved.get(d.path, d.path), *key) for d, key in _counted(before)}
    fingerprints = {(d.path, *key): d.fingerprint for d, key in _counted(after)}
    for entry in entries:
        new = fingerprints.get(positions.get(entry.fingerprint, ("", 0, "", 0)))
        path = moved.get(entry.path, entry.path)
        yield baseline.BaselineEntry(path, entry.code, new or entry.fingerprint)


def _counted(result: CheckResult) -> Iterator[tuple[Diagnostic, tuple[int, str, int]]]:
    """Yield the diagnostics with their line, their code, and how many of it came before."""
    counts: Counter[tuple[str, int, str]] = Counter()
    for diagnostic in result.diagnostics:
        key = (diagnostic.span.line, diagnostic.code)
        yield diagnostic, (*key, counts[(diagnostic.path, *key)])
        counts[(diagnostic.path, *key)] += 1

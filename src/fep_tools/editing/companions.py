"""Files besides the proposals that have the number of one: results, pages, settings, baseline."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from datetime import date

from .. import config
from .._files import read_file
from ..diagnostics import CheckOptions
from ..extensions.affected import affected_path, AffectedFile
from ..lint import baseline
from ..notes.results import results_path, ResultsFile
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
        """Move the results and pictures of the proposal, and the directory beside it."""
        stems = [posixpath.splitext(p)[0] for p in (self.change.old_path, self.change.new_path)]
        for path_of, kind in ((results_path, ResultsFile), (affected_path, AffectedFile)):
            path, new_path = path_of(self.change.old_path), path_of(self.change.new_path)
            data = self.repository.sources.get(path)
            if isinstance(data, bytes):
                self.moved[path] = new_path
                self.texts[new_path] = kind.renumber(data, self.change.new).decode()
        for path in discovery.find_pictures_of(self.repository.root, stems[0]):
            self.moved[path] = stems[1] + path.removeprefix(stems[0])
        self._move_below(*stems)
        before, after = map(posixpath.dirname, (self.change.old_path, self.change.new_path))
        if before != after:  # the number is in the name of the directory: slep021/proposal.rst
            self._move_below(before, after)

    def _move_below(self, before: str, after: str) -> None:
        """Move what is in a directory and below it."""
        for path in discovery.find_below(self.repository.root, before):
            if path in self.moved:
                continue
            new_path = after + path.removeprefix(before)
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
        images = {self.moved.get(path, path): text for path, text in corpus.images.items()}
        after = repository.check_corpus(options, replace(corpus, images=images))
        # No line moves, and a fingerprint is made of its text, which has the new number in it.
        followed = baseline.follow(
            (replace(e, path=self.moved.get(e.path, e.path)) for e in entries),
            (
                (d, (self.moved.get(d.path, d.path), d.span.line, d.code))
                for d in before.diagnostics
            ),
            ((d, (d.path, d.span.line, d.code)) for d in after.diagnostics),
        )
        text = baseline.dump(followed)
        if text != repository.baseline_text:
            self.texts[name] = text

    def texts_before(self) -> dict[str, str]:
        """Return the texts of the changed files before the change, by their old path."""
        old_paths = {after: before for before, after in self.moved.items()}
        paths = [old_paths.get(path, path) for path in self.texts]
        return {path: self.read(path) or "" for path in paths}

"""Files besides the proposals that have the number of one: results, pages, settings, baseline."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import date

from .. import config
from .._files import read_file
from ..extensions.affected import affected_path, AffectedFile
from ..notes.results import results_path, ResultsFile
from ..proposals import discovery
from ..repository import Repository
from . import settings_numbers
from .baseline_moves import followed_baseline
from .file_changes import companions, FileChanges, moves_below
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
        """Move the files that belong to the proposal, with the new number in their texts."""
        old, new = self.change.old_path, self.change.new_path
        moved = companions(self.repository, old, new)
        before, after = map(posixpath.dirname, (old, new))
        if before != after:  # the number is in the name of the directory: slep021/proposal.rst
            moved = moves_below(self.repository, before, after) | moved
        renumber = {
            results_path(old): ResultsFile.renumber,
            affected_path(old): AffectedFile.renumber,
        }
        for path, new_path in moved.items():
            if path in self.moved:
                continue
            self.moved[path] = new_path
            data = self.repository.sources.get(path)
            if path in renumber and isinstance(data, bytes):
                self.texts[new_path] = renumber[path](data, self.change.new).decode()
            elif path.endswith(discovery.DOCUMENTS):
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
        changes = FileChanges(self.texts, self.moved)
        text = followed_baseline(self.repository, changes, today, self.overrides)
        if text is not None:
            self.texts[self.repository.settings.baseline] = text

    def texts_before(self) -> dict[str, str]:
        """Return the texts of the changed files before the change, by their old path."""
        old_paths = {after: before for before, after in self.moved.items()}
        paths = [old_paths.get(path, path) for path in self.texts]
        return {path: self.read(path) or "" for path in paths}

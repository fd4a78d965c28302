"""What is committed beside the proposals about their notes, parsed when somebody asks.

Checks of headers never ask. Nothing here opens a file of the checkout: bytes come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from .._files import Refusal
from ..errors import ProcessError
from ..process.attachments import RESULTS_SUFFIX

if TYPE_CHECKING:
    from ..process.schema import Notes
    from ..proposals.body import Body
    from .frameworks import Frameworks
    from .model import Note
    from .results import EnvironmentRecord, ResultsFile
    from .status import NoteStatus


@dataclass(frozen=True)
class NoteStore:
    """The frameworks, their locks and the results of one state of a repository.

    *table* is what the process says of notes, ``None`` for a community that has none. *files*
    are by path. *harness* is the digest of what runs snippets, if not the one shipped.
    """

    table: Notes | None = None
    files: Mapping[str, bytes | Refusal] = field(default_factory=dict)
    harness: str = ""
    _known: dict[int, tuple[Body, tuple[Note, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """The notes of the bodies that were asked for, since many rules ask."""

    @property
    def has_frameworks(self) -> bool:
        """Whether there is a file of frameworks, good or bad."""
        return self.table is not None and self.table.frameworks in self.files

    @cached_property
    def frameworks(self) -> Frameworks:
        """Every framework; :class:`ProcessError` where their file is of no use."""
        from .frameworks import Frameworks

        assert self.table is not None
        return Frameworks.parse(self._text(self.table.frameworks), self.table.frameworks)

    @cached_property
    def environments(self) -> Mapping[str, EnvironmentRecord]:
        """What snippets run in today, by the framework's key, where there is a lock."""
        from .frameworks import lock_path
        from .results import EnvironmentRecord

        if self.table is None:
            return {}
        found = {}
        for framework in self.frameworks.frameworks:
            lock = self.files.get(lock_path(self.table.frameworks, framework.key))
            if isinstance(lock, bytes):
                found[framework.key] = EnvironmentRecord.from_lock(
                    framework, lock.decode("utf-8", "replace")
                )
        return found

    @cached_property
    def results(self) -> Mapping[str, ResultsFile | str]:
        """The results by path, or why they are of no use."""
        files = ((p, data) for p, data in self.files.items() if p.endswith(RESULTS_SUFFIX))
        return {path: _results(data) for path, data in files}

    def notes(self, body: Body | None) -> tuple[Note, ...]:
        """The notes in *body*."""
        from .model import find_section, parse_notes

        if self.table is None or body is None or not find_section(body, self.table.section):
            return ()
        known = self._known.get(id(body))
        if known is None:
            known = self._known[id(body)] = (
                body,
                parse_notes(body, self.table.section, self.frameworks),
            )
        return known[1]

    def statuses(self, body: Body | None, path: str) -> tuple[NoteStatus, ...]:
        """The notes of the proposal at *path*, and how far each may be believed."""
        from .status import note_statuses

        notes = self.notes(body)
        return note_statuses(notes, path, self) if notes else ()

    def _text(self, path: str) -> str:
        data = self.files.get(path)
        if data is None:
            raise ProcessError(f"{path}: is not there, and the process names it in [notes]")
        if isinstance(data, Refusal):
            raise ProcessError(f"{path}: {data.message}")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise ProcessError(f"{path}: cannot be read: it is not UTF-8") from None


def _results(data: bytes | Refusal) -> ResultsFile | str:
    from .results import ResultsFile

    if isinstance(data, Refusal):
        return data.message
    try:
        return ResultsFile.parse(data)
    except ValueError as problem:
        return str(problem)

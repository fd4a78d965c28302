"""The notes of a repository, their results, and how far each result still applies.

No file is opened here: contents come in, and are parsed when they are first needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .._files import decode_settings, FileContent, Refusal
from .._i18n import ENGLISH, Translator
from .._text import safe
from ..errors import ProcessError
from ..process.attachments import RESULTS_SUFFIX
from ..process.schema import Notes
from ..proposals.body import Body
from .frameworks import Frameworks, is_unambiguous, lock_path
from .model import find_section, Note, parse_notes, Snippet
from .results import (
    EnvironmentRecord,
    harness_digest,
    result_state,
    results_path,
    ResultsFile,
    ResultState,
    SnippetResult,
    worst_state,
)


@dataclass(frozen=True)
class SnippetStatus:
    """A snippet, its recorded result if there is one, and the state of that."""

    snippet: Snippet
    result: SnippetResult | None
    state: ResultState


@dataclass(frozen=True)
class NoteStatus:
    """A note with the status of its snippets.

    *environment* is the locked one, in which they would run today.
    """

    note: Note
    environment: EnvironmentRecord | None
    snippets: tuple[SnippetStatus, ...]

    @cached_property
    def state(self) -> ResultState:
        """The worst state of its snippets."""
        return worst_state(one.state for one in self.snippets)

    @property
    def has_current_result(self) -> bool:
        """True if its snippets passed or failed with the versions of the lock."""
        return self.state in (ResultState.VERIFIED, ResultState.FAILED)


@dataclass(frozen=True)
class NoteStore:
    """The notes, frameworks, locks and results of one state of a repository.

    :param table: the ``[notes]`` of the process; ``None`` if the community has no notes.
    :param files: the attachments, by path (see :mod:`fep_tools.process.attachments`).
    :param harness: the digest of the harness; by default, that of the one in this package.
    """

    table: Notes | None = None
    files: Mapping[str, FileContent] = field(default_factory=dict)
    harness: str = ""
    # Many rules ask for the notes of the same body. The body is kept so that its id stays unique.
    _parsed: dict[int, tuple[Body, tuple[Note, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def has_frameworks(self) -> bool:
        """True if there is a file of frameworks, valid or not."""
        return self.table is not None and self.table.frameworks in self.files

    @cached_property
    def frameworks(self) -> Frameworks:
        """The frameworks that notes can be about.

        :raises ProcessError: if their file is missing or invalid.
        """
        assert self.table is not None
        return Frameworks.parse(self._read(self.table.frameworks), self.table.frameworks)

    @cached_property
    def environments(self) -> Mapping[str, EnvironmentRecord]:
        """The locked environments, by the key of the framework."""
        if self.table is None:
            return {}
        environments = {}
        for framework in self.frameworks.frameworks:
            lock = self.files.get(lock_path(self.table.frameworks, framework.key))
            if isinstance(lock, bytes):
                text = lock.decode("utf-8", "replace")
                if is_unambiguous(text):
                    environments[framework.key] = EnvironmentRecord.from_lock(framework, text)
        return environments

    @cached_property
    def results(self) -> Mapping[str, ResultsFile | str]:
        """The files of results by path; for one that cannot be used, the reason."""
        files = ((path, data) for path, data in self.files.items() if path.endswith(RESULTS_SUFFIX))
        return {path: ResultsFile.read(data) for path, data in files}

    def notes(self, body: Body | None) -> tuple[Note, ...]:
        """Return the notes in *body*."""
        if self.table is None or body is None or not find_section(body, self.table.section):
            return ()
        if id(body) not in self._parsed:
            notes = parse_notes(body, self.table.section, self.frameworks)
            self._parsed[id(body)] = (body, notes)
        return self._parsed[id(body)][1]

    def statuses(self, body: Body | None, path: str) -> tuple[NoteStatus, ...]:
        """Return the notes in *body*, the proposal at *path*, each with its status."""
        notes = self.notes(body)
        if not notes:
            return ()
        file = self.results.get(results_path(path))
        results = file.snippets if isinstance(file, ResultsFile) else {}
        return tuple(self._status(note, results) for note in notes)

    def _status(self, note: Note, results: Mapping[str, SnippetResult]) -> NoteStatus:
        environment = self.environments.get(note.framework)
        harness = self.harness or harness_digest()
        snippets = []
        for snippet in note.snippets:
            result = results.get(snippet.name)
            state = result_state(snippet, result, environment, harness)
            snippets.append(SnippetStatus(snippet, result, state))
        return NoteStatus(note, environment, tuple(snippets))

    def _read(self, path: str) -> str:
        data = self.files.get(path)
        if data is None:
            raise ProcessError(f"{path} is missing; the process names it in [notes]")
        if isinstance(data, Refusal):
            raise ProcessError(f"{path}: {data.message}")
        return decode_settings(data, path, ProcessError)


def explain_stale(
    status: NoteStatus, snippet: SnippetStatus, translator: Translator = ENGLISH
) -> str:
    """Return why the result of *snippet* is stale, to be read after "the snippet ...".

    :return: for example ``changed since its last run``.
    """
    result, environment = snippet.result, status.environment
    assert result is not None
    if result.snippet != snippet.snippet.digest:
        return translator.gettext("changed since its last run")
    if environment is None:
        return translator.gettext("has no locked environment")
    recorded, current = (result.version, result.python), (environment.version, environment.python)
    if result.framework == environment.framework and recorded != current:
        return translator.gettext(
            "last ran on {recorded}, but the lock has {current}",
            recorded=describe_versions(status.note.title, *recorded),
            current=describe_versions("", *current),
        )
    if (result.framework, result.environment) != (environment.framework, environment.digest):
        return translator.gettext("last ran in another environment")
    return translator.gettext("was last run by another version of fep-tools")


def describe_versions(title: str, version: str, python: str) -> str:
    """Return what a snippet ran with, as ``Sanic 25.12.1, Python 3.11``."""
    return f"{safe(title)} {safe(version)}, Python {safe(python)}".lstrip()

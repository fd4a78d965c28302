"""How far each note of a proposal may be believed: by its snippets, and what they have shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .._i18n import ENGLISH, Translator
from .._text import safe
from .model import Note, Snippet
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

if TYPE_CHECKING:
    from .store import NoteStore


@dataclass(frozen=True)
class SnippetStatus:
    """A snippet, its result if there is one, and what that is worth today."""

    snippet: Snippet
    result: SnippetResult | None
    state: ResultState


@dataclass(frozen=True)
class NoteStatus:
    """A note and all that is known of it; *environment* is what it would be run in today."""

    note: Note
    environment: EnvironmentRecord | None
    snippets: tuple[SnippetStatus, ...]

    @cached_property
    def state(self) -> ResultState:
        """That of the snippet that is least to be believed."""
        return worst_state(shown.state for shown in self.snippets)

    @property
    def has_current_result(self) -> bool:
        """Whether there is a current answer, good or bad, so that versions can be told."""
        return self.state in (ResultState.VERIFIED, ResultState.FAILED)


def explain_stale(
    standing: NoteStatus, one: SnippetStatus, translator: Translator = ENGLISH
) -> str:
    """Why the result of *one* is stale, as ``of another text`` or ``on Sanic 24.6.0``."""
    result, environment = one.result, standing.environment
    assert result is not None
    if result.snippet != one.snippet.digest:
        return translator.gettext("of another text")
    if environment is None:
        return translator.gettext("of an environment that is not pinned")
    there, today = (result.version, result.python), (environment.version, environment.python)
    if result.framework == environment.framework and there != today:
        told = describe_versions(standing.note.title, *there)
        return translator.gettext(
            "on {there}, and not on {today}", there=told, today=describe_versions("", *today)
        )
    if (result.framework, result.environment) != (environment.framework, environment.digest):
        return translator.gettext("of another environment")
    return translator.gettext("that was made in another way")


def describe_versions(title: str, version: str, python: str) -> str:
    """What a snippet was run with: ``Sanic 25.12.1, Python 3.11``."""
    return f"{title} {safe(version)}, Python {safe(python)}".lstrip()


def note_statuses(notes: Iterable[Note], path: str, evidence: NoteStore) -> tuple[NoteStatus, ...]:
    """How *notes* stand, which are those of the proposal at *path*."""
    found = evidence.results.get(results_path(path))
    results = found.snippets if isinstance(found, ResultsFile) else {}
    harness = evidence.harness or harness_digest()
    return tuple(_standing(note, results, evidence, harness) for note in notes)


def _standing(
    note: Note, results: dict[str, SnippetResult], evidence: NoteStore, harness: str
) -> NoteStatus:
    environment = evidence.environments.get(note.framework)
    shown = (
        SnippetStatus(snippet, result, result_state(snippet, result, environment, harness))
        for snippet in note.snippets
        for result in (results.get(snippet.name),)
    )
    return NoteStatus(note, environment, tuple(shown))

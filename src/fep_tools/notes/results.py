"""The results of a proposal's snippets, as ``fep notes run`` writes them next to the proposal.

``fep-0011.notes.json`` has no dates, durations or output, so that it changes only when an
answer changes. The file is untrusted: it is read within limits, and a result counts only if it
belongs to the snippet, the environment and the harness of today.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_serializer, SerializerFunctionWrapHandler

from .._i18n import gettext_noop
from .._records import JsonRecord, RecordFile
from ..process.attachments import RESULTS_SUFFIX
from .frameworks import environment_digest, Framework, pinned_versions
from .model import MAX_SNIPPET_LENGTH, Snippet

MAX_VALUE_LENGTH = 300
"""Characters of a value that are kept."""


class ResultState(StrEnum):
    """The state of a snippet's result."""

    VERIFIED = "verified"
    FAILED = "failed"
    STALE = "stale"
    NOT_RUN = "not-run"
    UNAVAILABLE = "unavailable"
    CLAIM_ONLY = "claim-only"


STATE_MEANINGS = {
    ResultState.VERIFIED: gettext_noop("every check was reached and passed"),
    ResultState.FAILED: gettext_noop("a check failed, or the snippet did not reach its end"),
    ResultState.STALE: gettext_noop("the snippet or its environment has changed"),
    ResultState.NOT_RUN: gettext_noop("there is no result"),
    ResultState.UNAVAILABLE: gettext_noop("its environment could not be built"),
    ResultState.CLAIM_ONLY: gettext_noop("the note has no snippet"),
}
"""The meaning of each state, for people."""


class CheckRecord(JsonRecord):
    """A check: what the snippet expects of a line, and what the line had."""

    line: int = Field(ge=1, le=MAX_SNIPPET_LENGTH)
    expected: str = Field(max_length=MAX_SNIPPET_LENGTH)
    got: str = Field(max_length=MAX_VALUE_LENGTH)
    ok: bool


class Survivor(JsonRecord):
    """A variant of a snippet that still passes: the line of what it lacks."""

    line: int = Field(ge=1, le=MAX_SNIPPET_LENGTH)
    change: Literal["statement", "decorator", "context"]


class AuditRecord(JsonRecord):
    """The variants of a snippet, of which each lacks a statement; see ``fep notes audit``."""

    variants: int = Field(ge=0, le=10_000)
    survivors: tuple[Survivor, ...] = Field((), max_length=1000)


class SnippetResult(JsonRecord):
    """The result of one snippet.

    :param framework: the key of the framework.
    :param version: the version of the framework.
    :param snippet: the digest of the snippet; *environment* and *harness* are digests too.
    :param reason: why the snippet failed or could not be run.
    :param audit: what ``fep notes audit`` found; ``None`` if it was not run.
    """

    framework: str = Field(max_length=31)
    version: str = Field(max_length=60)
    python: str = Field(max_length=10)
    snippet: str = Field(max_length=64)
    environment: str = Field(max_length=64)
    harness: str = Field(max_length=64)
    state: Literal["verified", "failed", "unavailable"]
    reason: str | None = Field(None, max_length=MAX_VALUE_LENGTH)
    checks: tuple[CheckRecord, ...] = Field((), max_length=MAX_SNIPPET_LENGTH)
    audit: AuditRecord | None = None

    @model_serializer(mode="wrap")
    def _without_missing_audit(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = serialize(self)
        return {name: value for name, value in data.items() if name != "audit" or value}


class ResultsFile(RecordFile):
    """The results of one proposal's snippets, by the names of the snippets."""

    max_size = 256 * 1024  # four snippets take 4 KB
    command = "fep notes run"

    schema_version: Literal[1] = 1
    snippets: dict[str, SnippetResult] = Field({})


def results_path(proposal: str) -> str:
    """Return the path of the results of the proposal at path *proposal*."""
    return posixpath.splitext(proposal)[0] + RESULTS_SUFFIX


@dataclass(frozen=True)
class EnvironmentRecord:
    """The locked environment of a framework; *digest* is its :func:`.environment_digest`."""

    framework: str
    version: str
    python: str
    digest: str

    @classmethod
    def from_lock(cls, framework: Framework, lock: str) -> Self:
        """Return the environment of *framework* that the text *lock* pins."""
        version = pinned_versions(lock).get(framework.package, "")
        digest = environment_digest(lock, framework.python)
        return cls(framework.key, version, framework.python, digest)


@cache
def harness_digest() -> str:
    """Return the digest of the harness; another harness may give another result."""
    return sha256(Path(__file__).with_name("harness.py").read_bytes()).hexdigest()


def result_state(
    snippet: Snippet,
    result: SnippetResult | None,
    environment: EnvironmentRecord | None,
    harness: str,
) -> ResultState:
    """Return the state of *result* for *snippet*, *environment* and *harness* as they are today.

    A result that calls itself verified, but has other checks than the snippet, is stale.
    """
    if result is None:
        return ResultState.NOT_RUN
    if environment is None or not _applies(snippet, result, environment, harness):
        return ResultState.STALE
    if result.state == "unavailable":
        return ResultState.UNAVAILABLE
    if result.state == "failed" or not all(check.ok for check in result.checks):
        return ResultState.FAILED
    recorded = tuple((check.line, check.expected) for check in result.checks)
    return ResultState.VERIFIED if recorded and recorded == snippet.checks else ResultState.STALE


def _applies(
    snippet: Snippet, result: SnippetResult, environment: EnvironmentRecord, harness: str
) -> bool:
    recorded = EnvironmentRecord(
        result.framework, result.version, result.python, result.environment
    )
    return recorded == environment and (result.snippet, result.harness) == (snippet.digest, harness)


def worst_state(states: Iterable[ResultState]) -> ResultState:
    """Return the state of a note from the *states* of its snippets."""
    order = (
        ResultState.FAILED,
        ResultState.STALE,
        ResultState.NOT_RUN,
        ResultState.UNAVAILABLE,
        ResultState.VERIFIED,
    )
    present = set(states)
    return next((state for state in order if state in present), ResultState.CLAIM_ONLY)

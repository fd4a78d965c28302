"""What running a proposal's snippets has shown, as the file beside the proposal keeps it.

``fep-0011.notes.json`` holds no dates, no durations and no output, so that it changes only
where an answer does. Anybody may have written it: it is read within limits, and what it says
is believed only as far as it belongs to the snippet, the environment and the harness of today.
"""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .._i18n import gettext_noop
from .._text import quote
from ..process.attachments import RESULTS_SUFFIX
from .frameworks import environment_digest, Framework, pinned_versions
from .model import Snippet

SCHEMA_VERSION = 1

MAX_FILE_SIZE = 256 * 1024
"""Bytes; four snippets take 4 KB."""

MAX_VALUE_LENGTH = 300
"""Characters of an answer that are kept."""

Digest = str


class ResultState(StrEnum):
    """How far a note may be believed."""

    VERIFIED = "verified"
    FAILED = "failed"
    STALE = "stale"
    NOT_RUN = "not-run"
    UNAVAILABLE = "unavailable"
    CLAIM_ONLY = "claim-only"


STATE_MEANINGS = {
    ResultState.VERIFIED: gettext_noop("every check was reached and held"),
    ResultState.FAILED: gettext_noop("a check did not hold, or the snippet did not reach its end"),
    ResultState.STALE: gettext_noop("the result belongs to another text, environment or harness"),
    ResultState.NOT_RUN: gettext_noop("there is no result"),
    ResultState.UNAVAILABLE: gettext_noop("its environment could not be built"),
    ResultState.CLAIM_ONLY: gettext_noop("there is no snippet"),
}
"""Each state in words, from the best known to the least."""


class _Record(BaseModel):
    """What every part of the file has in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CheckRecord(_Record):
    """One check: what was expected of a line of the snippet, and what came."""

    line: int = Field(ge=1, le=10_000)
    expected: str = Field(max_length=10_000)
    got: str = Field(max_length=MAX_VALUE_LENGTH)
    ok: bool


class SnippetResult(_Record):
    """What one snippet has shown.

    *snippet*, *environment* and *harness* are digests of what it was run with; *version* is
    that of the framework. *reason* says why it failed or could not be run.
    """

    framework: str = Field(max_length=31)
    version: str = Field(max_length=60)
    python: str = Field(max_length=10)
    snippet: Digest = Field(max_length=64)
    environment: Digest = Field(max_length=64)
    harness: Digest = Field(max_length=64)
    state: Literal["verified", "failed", "unavailable"]
    reason: str | None = Field(None, max_length=MAX_VALUE_LENGTH)
    checks: tuple[CheckRecord, ...] = Field((), max_length=1000)

    @property
    def holds(self) -> bool:
        """Whether it says that the snippet holds, in all that it says."""
        return self.state == "verified" and bool(self.checks) and all(c.ok for c in self.checks)


class ResultsFile(_Record):
    """The results of one proposal's snippets, by their names."""

    schema_version: Literal[1] = 1
    number: int
    snippets: dict[str, SnippetResult] = {}

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The results in *data*; :class:`ValueError`, in plain words, for anything else."""
        if len(data) > MAX_FILE_SIZE:
            raise ValueError(f"is larger than {MAX_FILE_SIZE // 1024} KiB")
        try:
            found = cls.model_validate_json(data)
        except ValidationError as invalid:
            raise ValueError(_told(invalid)) from None
        json.loads(data, object_pairs_hook=_once)
        return found

    def dump(self) -> bytes:
        """The one way to write them."""
        told = json.dumps(self.model_dump(mode="json"), indent=2, sort_keys=True)
        return f"{told}\n".encode("ascii")


def _told(invalid: ValidationError) -> str:
    """The first thing that is wrong, and where it is."""
    error = invalid.errors(include_url=False, include_input=False)[0]
    if error["type"] == "json_invalid":
        return "is no JSON"
    where = quote(".".join(map(str, error["loc"])) or "all of it")
    return f"is not what `fep notes run` writes, in {where}"


def _once(pairs: list[tuple[str, object]]) -> None:
    """Refuse two of one name: people would read one of them, and programs the other."""
    for name, many in Counter(name for name, _value in pairs).items():
        if many > 1:
            raise ValueError(f"says {quote(name)} twice in one place")


def renumber(data: bytes, number: int) -> bytes:
    """The results in *data* as those of proposal *number*; what are none stay as they are."""
    try:
        return ResultsFile.parse(data).model_copy(update={"number": number}).dump()
    except ValueError:
        return data


def results_path(proposal: str) -> str:
    """Where the results of the proposal at that path are."""
    return posixpath.splitext(proposal)[0] + RESULTS_SUFFIX


@dataclass(frozen=True)
class EnvironmentRecord:
    """What a framework's snippets run in today; *digest* is :func:`.environment_id`."""

    framework: str
    version: str
    python: str
    digest: str

    @classmethod
    def from_lock(cls, framework: Framework, lock: str) -> Self:
        """That of *framework*, as *lock* pins it."""
        version = pinned_versions(lock).get(framework.package, "")
        digest = environment_digest(lock, framework.python)
        return cls(framework.key, version, framework.python, digest)


@cache
def harness_digest() -> str:
    """What the shipped harness is known by: with another, a snippet may say something else."""
    return sha256(Path(__file__).with_name("harness.py").read_bytes()).hexdigest()


def result_state(
    snippet: Snippet,
    result: SnippetResult | None,
    environment: EnvironmentRecord | None,
    harness: str,
) -> ResultState:
    """How far *result* tells something about *snippet* as both are today.

    A result that says of itself that it holds, and shows a check that does not, has failed.
    """
    if result is None:
        return ResultState.NOT_RUN
    if environment is None or not _belongs(snippet, result, environment, harness):
        return ResultState.STALE
    if result.state == "unavailable":
        return ResultState.UNAVAILABLE
    if result.state == "failed" or not all(check.ok for check in result.checks):
        return ResultState.FAILED
    told = tuple((check.line, check.expected) for check in result.checks)
    return ResultState.VERIFIED if told and told == snippet.checks else ResultState.STALE


def _belongs(
    snippet: Snippet, result: SnippetResult, environment: EnvironmentRecord, harness: str
) -> bool:
    told = (result.framework, result.version, result.python, result.environment)
    today = (environment.framework, environment.version, environment.python, environment.digest)
    return told == today and (result.snippet, result.harness) == (snippet.digest, harness)


def worst_state(states: Iterable[ResultState]) -> ResultState:
    """The state of a note with several snippets: of its parts, what is least to be believed."""
    order = (
        ResultState.FAILED,
        ResultState.STALE,
        ResultState.NOT_RUN,
        ResultState.UNAVAILABLE,
        ResultState.VERIFIED,
    )
    found = set(states)
    return next((state for state in order if state in found), ResultState.CLAIM_ONLY)

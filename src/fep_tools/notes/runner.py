"""Run one snippet in the environment of its framework, and evaluate what it did."""

from __future__ import annotations

import secrets
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event

from pydantic import BaseModel, ConfigDict, Field

from ..sandbox import environments
from ..sandbox.isolation import Isolation
from ..sandbox.runner import run_program, RunLimits, RunResult
from . import harness
from .model import parse_checks, SnippetCheck
from .results import CheckRecord, MAX_VALUE_LENGTH

_FORGED = "it wrote to the pipe that is reserved for the results of its checks"


@dataclass(frozen=True)
class Execution:
    """The outcome of running a snippet once.

    :param checks: one record for each check of the snippet.
    :param reason: why it failed, ``None`` if it passed.
    :param stdout: the end of what it printed, for people.
    """

    checks: tuple[CheckRecord, ...]
    reason: str | None
    stdout: str = ""


class HarnessMessage(BaseModel):
    """A message of the harness: the lines *attached* to checks, a check, an exception, the *end*.

    A snippet runs in the process of the harness, so it can send messages too, of any shape.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    attached: list[int] | None = None
    line: int | None = None
    got: str = Field("", max_length=MAX_VALUE_LENGTH)
    ok: bool = False
    raised: str | None = Field(None, max_length=MAX_VALUE_LENGTH)
    at: int | None = None
    end: bool = False


@cache
def harness_source() -> str:
    """Return the source of the harness, which environments do not have as a package."""
    return Path(harness.__file__).read_text("utf-8")


def run_snippet(
    text: str,
    environment: environments.Environment,
    isolation: Isolation,
    limits: RunLimits | None = None,
    interrupted: Event | None = None,
) -> Execution:
    """Run the snippet *text*. This returns within *limits*, whatever the snippet does.

    :param interrupted: stops the snippet as soon as it is set.
    """
    secret = secrets.token_hex(16)
    task = {"source": text, "secret": secret}
    result = run_program(harness_source(), task, environment, isolation, limits, interrupted)
    return evaluate(text, result, secret)


def evaluate(text: str, result: RunResult, secret: str) -> Execution:
    """Return the outcome of a run of *text* that ended with *result*."""
    planned = list(parse_checks(text))
    try:
        parsed = harness.parse_messages(result.pipe_output, secret)
        messages = [HarnessMessage.model_validate(message) for message in parsed]
    except (ValueError, RecursionError):
        return Execution(tuple(_check_records(planned, [])), _FORGED, result.stdout)
    checks = tuple(_check_records(planned, messages))
    reason = _abnormal_end(result, messages) or _failed_check(checks, messages)
    return Execution(checks, reason and reason[:MAX_VALUE_LENGTH], result.stdout)


def _check_records(
    planned: list[SnippetCheck], messages: list[HarnessMessage]
) -> Iterator[CheckRecord]:
    """Return a record for each check; in a loop, that of the first failure."""
    for line, expected in planned:
        own = [message for message in messages if message.line == line]
        first = next((m for m in own if not m.ok), own[0] if own else HarnessMessage())
        yield CheckRecord(line=line, expected=expected, got=first.got, ok=first.ok)


def _abnormal_end(result: RunResult, messages: list[HarnessMessage]) -> str | None:
    """Return why the snippet did not reach its end normally, ``None`` if it did."""
    if result.stop_reason:
        return result.stop_reason
    failed = next((message for message in messages if message.raised is not None), None)
    if failed is not None:
        line = f"line {failed.at}: " if failed.at else ""
        return f"{line}raised {failed.raised}"
    if not any(message.end for message in messages):
        return _early_end(result, started=bool(messages))
    return f"it exited with status {result.status} after its last line" if result.status else None


def _early_end(result: RunResult, *, started: bool) -> str:
    """Return what ended a program before its last line."""
    # A direct child has status -9; if bwrap is in between, it exits with 128 + 9.
    number = -result.status if result.status < 0 else result.status - 128
    if number == signal.SIGXCPU:
        return "it used too much processor time"
    if 0 < number < signal.NSIG:
        return f"it was killed by signal {number}"
    if not started:
        last = result.stdout.strip().rpartition("\n")[2]
        return f"it did not start: {last}"
    return "it ended before its last line"


def _failed_check(checks: Sequence[CheckRecord], messages: list[HarnessMessage]) -> str | None:
    """Return why a snippet that reached its end does not pass, ``None`` if it does."""
    if not checks:
        return "it has no checks"
    attached = next((m.attached for m in messages if m.attached is not None), [])
    reached = {message.line for message in messages}
    for check in checks:
        if check.line not in attached:
            return f"line {check.line}: #> marks nothing that can be checked"
        if check.line not in reached:
            return f"line {check.line}: the check was not reached"
        if not check.ok:
            return f"line {check.line}: expected {check.expected}, got {check.got}"
    return None

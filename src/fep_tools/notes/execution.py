"""Runs one snippet apart, and judges what came of it."""

from __future__ import annotations

import secrets
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event

from pydantic import BaseModel, ConfigDict, Field

from ..sandbox import runner
from ..sandbox.environments import Environment
from ..sandbox.isolation import Isolation
from . import harness
from .model import parse_checks, SnippetCheck
from .results import CheckRecord, MAX_VALUE_LENGTH


@dataclass(frozen=True)
class Execution:
    """What one run of a snippet has shown. *reason* is why it failed, ``None`` if it holds.

    There is one of *checked* for each check of the snippet. *printed* is the end of what it
    printed, for people.
    """

    checks: tuple[CheckRecord, ...]
    reason: str | None
    stdout: str = ""


class HarnessMessage(BaseModel):
    """What the harness tells at a time: what is *attached*, a check, what was *raised*, the *end*.

    A snippet runs in the harness's own process and can seal what it likes, of any shape.
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
    """The harness as text."""
    return Path(harness.__file__).read_text("utf-8")


def run_snippet(
    text: str,
    environment: Environment,
    isolation: Isolation,
    limits: runner.RunLimits | None = None,
    interrupted: Event | None = None,
) -> Execution:
    """Run the snippet *text*; whatever it does, there is an answer, within *limits*.

    It is the answer of an interrupted run as soon as *enough* is set.
    """
    secret = secrets.token_hex(16)
    task = {"source": text, "secret": secret}
    ended = runner.run_program(harness_source(), task, environment, isolation, limits, interrupted)
    return evaluate(text, ended, secret)


def evaluate(text: str, ended: runner.RunResult, secret: str) -> Execution:
    """What the run of *text* that *ended* so has shown."""
    planned = list(parse_checks(text))
    try:
        rows = [
            HarnessMessage.model_validate(row) for row in harness.rows(ended.pipe_output, secret)
        ]
    except (ValueError, RecursionError):
        forged = "it wrote where only the results of its checks belong"
        return Execution(tuple(_found(planned, [])), forged, ended.stdout)
    checked = tuple(_found(planned, rows))
    reason = _broken(ended, rows) or _unsound(planned, checked, rows)
    return Execution(checked, reason and reason[:MAX_VALUE_LENGTH], ended.stdout)


def _found(planned: list[SnippetCheck], rows: list[HarnessMessage]) -> Iterator[CheckRecord]:
    """For each check what was found; of one that was reached often, the first that is wrong."""
    for line, expected in planned:
        mine = [row for row in rows if row.line == line]
        worst = next((row for row in mine if not row.ok), mine[0] if mine else HarnessMessage())
        yield CheckRecord(line=line, expected=expected, got=worst.got, ok=worst.ok)


def _broken(ended: runner.RunResult, rows: list[HarnessMessage]) -> str | None:
    """Why the snippet did not come to its end as it should."""
    if ended.stop_reason:
        return ended.stop_reason
    failed = next((row for row in rows if row.raised is not None), None)
    if failed is not None:
        where = f"line {failed.at}: " if failed.at else ""
        return f"{where}raised {failed.raised}"
    if not any(row.end for row in rows):
        return _ended_by(ended, started=bool(rows))
    return f"it ended with status {ended.status} after its last line" if ended.status else None


def _ended_by(ended: runner.RunResult, *, started: bool) -> str:
    """What ended a program that did not come to its last line."""
    number = -ended.status if ended.status < 0 else ended.status - 128
    if number == signal.SIGXCPU:
        return "it used more time of the processor than it may"
    if number > 0:
        return f"it was ended by signal {number}"
    if not started:
        last = ended.stdout.strip().rpartition("\n")[2]
        return f"it could not be started: {last}"
    return "it ended before its last line"


def _unsound(
    planned: list[SnippetCheck], checked: Iterable[CheckRecord], rows: list[HarnessMessage]
) -> str | None:
    """Why the end of a snippet proves nothing, or not what it claims."""
    if not planned:
        return "it has no check"
    attached = next((row.attached for row in rows if row.attached is not None), [])
    reached = {row.line for row in rows}
    for check in checked:
        if check.line not in attached:
            return f"line {check.line}: #> stands on nothing that can be checked"
        if check.line not in reached:
            return f"line {check.line}: the check is never reached"
        if not check.ok:
            return f"line {check.line}: expected {check.expected}, got {check.got}"
    return None

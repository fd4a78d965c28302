"""Try an extension with one version of Flask: build an environment, and run the probe in it.

The probe and the extension run in a sandbox. Environments are large, so each is deleted after its
trial; the results are kept by :mod:`.engine`.
"""

from __future__ import annotations

import secrets
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from ..sandbox import environments, guest, isolation
from ..sandbox.environments import Environment
from ..sandbox.isolation import Isolation
from ..sandbox.runner import run_program, RunLimits, RunResult
from . import probe
from .results import Deprecation, MAX_REASON, Outcome


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Trial(_Record):
    """The result of a trial.

    :param reason: why it does not work, in one line; *at* is the position in the extension.
    :param application: what made the application, such as ``LoginManager``; ``""`` if the
        extension was imported only.
    :param warnings: what it uses that is deprecated.
    :param flaky: its runs had different outcomes, and this is that of most of them.
    """

    outcome: Outcome = Field(strict=False)
    reason: str = Field("", max_length=MAX_REASON)
    at: str = Field("", max_length=probe.MAX_TEXT)
    application: str = Field("", max_length=probe.MAX_TEXT)
    warnings: tuple[Deprecation, ...] = Field((), max_length=probe.MAX_WARNINGS, strict=False)
    flaky: bool = False

    @classmethod
    def load(cls, text: str) -> Self:
        """Return the trial that *text* is; raise :class:`ValueError` if it is none."""
        return cls.model_validate_json(text)


class _Message(_Record):
    """A message of the probe: a stage begins, or the end."""

    stage: str = Field("", max_length=probe.MAX_TEXT)
    end: bool = False
    made: str = Field("", max_length=probe.MAX_TEXT)
    error: str = Field("", max_length=probe.MAX_TEXT)
    at: str = Field("", max_length=probe.MAX_TEXT)
    warnings: tuple[Deprecation, ...] = Field((), max_length=probe.MAX_WARNINGS, strict=False)


@dataclass(frozen=True)
class TrialTask:
    """What a trial needs.

    :param lock: the packages of its environment; see :mod:`fep_tools.sandbox.resolver`.
    :param python: the version of Python, such as ``3.11``.
    :param unsandboxed: run it without bubblewrap if that cannot be used.
    """

    lock: str
    python: str
    modules: tuple[str, ...]
    factory: str
    config: tuple[tuple[str, str | int | bool], ...] = ()
    unsandboxed: bool = False


def try_extension(task: TrialTask) -> str:
    """Return a :class:`Trial` as JSON.

    :raises FepError: if there is no sandbox, no uv, or an environment cannot be built.
    """
    sandbox = isolation.find(unsandboxed=task.unsandboxed)
    with TemporaryDirectory(prefix="fep-") as directory:
        Path(directory).chmod(0o755)  # the user of the sandbox reads it
        environment = environments.build(task.lock, task.python, Path(directory))
        trial = repeat(lambda: run_probe(task, environment, sandbox))
    return trial.model_dump_json()


def repeat(run: Callable[[], Trial]) -> Trial:
    """Return the outcome of most runs. One that works is not run again.

    A failure is run again: if the second run differs, so does perhaps a third.
    """
    first = run()
    if first.outcome in (Outcome.WORKS, Outcome.WARNS, Outcome.NOT_TRIED):
        return first
    second = run()
    if second.outcome == first.outcome:
        return first
    third = run()
    most = third if third.outcome != first.outcome else first
    return most.model_copy(update={"flaky": True})


def run_probe(
    task: TrialTask,
    environment: Environment,
    sandbox: Isolation,
    limits: RunLimits | None = None,
) -> Trial:
    """Run the probe once in *environment*."""
    secret = secrets.token_hex(16)
    given = {
        "modules": list(task.modules),
        "factory": task.factory,
        "config": dict(task.config),
        "secret": secret,
    }
    return evaluate(run_program(program(), given, environment, sandbox, limits), secret)


@cache
def program() -> str:
    """Return the text of the program that runs in the environment."""
    parts = [Path(str(module.__file__)).read_text("utf-8") for module in (guest, probe)]
    # It has to be at the beginning of a program, and there is one already.
    parts[1] = parts[1].replace("from __future__ import annotations\n", "", 1)
    return "\n".join([*parts, _MAIN])


_MAIN = """
task, pipe = start()
Probe(task["modules"], lambda message: send(pipe, task["secret"], message)).run(
    task["factory"], task["config"]
)
sys.stdout.flush()
os._exit(0)  # extensions start threads that never end
"""


def evaluate(result: RunResult, secret: str) -> Trial:
    """Return the outcome of a run of the probe that ended with *result*."""
    try:
        received = guest.parse_messages(result.pipe_output, secret)
        messages = [_Message.model_validate(message) for message in received]
    except (ValueError, RecursionError):
        return _failed(Outcome.BREAKS, "it wrote to the pipe that is reserved for the results")
    stages = [message.stage for message in messages if message.stage]
    stage = stages[-1] if stages else ""
    end = next((message for message in messages if message.end), None)
    if end is None:
        return _unfinished(result, stage)
    if not end.error:
        outcome = Outcome.WARNS if end.warnings else Outcome.WORKS
        return Trial(outcome=outcome, application=end.made, warnings=end.warnings)
    # Flask itself does not go together with the other packages of that day.
    outcome = Outcome.NOT_TRIED if stage == FLASK_STAGE else Outcome.BREAKS
    return Trial(
        outcome=outcome,
        reason=f"{stage}: {end.error}"[:MAX_REASON],
        at=end.at,
        application=end.made,
        warnings=end.warnings,
    )


FLASK_STAGE = "import flask"


def _unfinished(result: RunResult, stage: str) -> Trial:
    """Return the outcome of a run that did not reach its end."""
    if not stage:
        last = result.stdout.strip().rpartition("\n")[2]
        return _failed(Outcome.NOT_TRIED, f"the probe did not start: {last}")
    if result.stop_reason.startswith("it took longer"):
        return _failed(Outcome.TIMED_OUT, f"{stage}: {result.stop_reason}")
    # A direct child has status -9; if bwrap is in between, it exits with 128 + 9.
    number = -result.status if result.status < 0 else result.status - 128
    reason = result.stop_reason or f"it exited with status {result.status}"
    if not result.stop_reason and number == signal.SIGXCPU:
        return _failed(Outcome.TIMED_OUT, f"{stage}: it used too much processor time")
    if not result.stop_reason and 0 < number < signal.NSIG:
        reason = f"it was killed by signal {number}"
    return _failed(Outcome.BREAKS, f"{stage}: {reason}")


def _failed(outcome: Outcome, reason: str) -> Trial:
    return Trial(outcome=outcome, reason=reason[:MAX_REASON])

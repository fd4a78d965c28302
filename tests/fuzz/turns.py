"""One turn of fuzzing: try a property with examples that nobody has tried."""

from __future__ import annotations

import importlib
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings

HANGS_AFTER = 60
"""Seconds of processor time that an example may take; ten times that if it waits for something."""

TURN = 3
"""How many times the examples of ``make test`` are tried in a turn."""


class Hang(BaseException):
    """An example took too long; not an :class:`Exception`, which a parser could catch."""


def guarded(check: Callable[..., None], count: Counter[str]) -> Callable[..., None]:
    """Return a check that counts its executions, and fails if it takes too long."""

    def run(*args: Any, **kwargs: Any) -> None:
        count["executions"] += 1
        signal.setitimer(signal.ITIMER_PROF, HANGS_AFTER)
        signal.alarm(HANGS_AFTER * 10)
        try:
            check(*args, **kwargs)
        except Hang:
            raise AssertionError(f"takes more than {HANGS_AFTER} seconds") from None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.alarm(0)

    return run


def _hang(_signal: int, _frame: object) -> None:
    raise Hang


def take_turn(name: str, number: int) -> tuple[str, int, str]:
    """Try a property with other examples than before.

    :param number: The seed of the examples.
    :return: The name, the number of executions, and the report of what failed, or ``""``.
    """
    for limit in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(limit, _hang)
    module, _, function = name.partition(".")
    test = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    check, usual = test.hypothesis.inner_test, test._hypothesis_internal_use_settings
    count = Counter[str]()
    test.hypothesis.inner_test = guarded(check, count)
    test._hypothesis_internal_use_settings = settings(
        max_examples=usual.max_examples * TURN, database=None, deadline=None, print_blob=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
    )  # fmt: skip
    try:
        seed(number)(test)()
    except Exception as error:
        return name, count["executions"], "".join(traceback.format_exception(error))
    finally:
        test.hypothesis.inner_test = check
        test._hypothesis_internal_use_settings = usual
    return name, count["executions"], ""

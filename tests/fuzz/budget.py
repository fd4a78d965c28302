"""How much is tried: a little in every run, and FEP_FUZZ times as much in ``make test-all``."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("FEP_FUZZ", "1"))

Test = TypeVar("Test", bound=Callable[..., Any])


def examples(number: int) -> Callable[[Test], Test]:
    """Try so many examples, the same ones in every run; ``make fuzz`` tries others."""
    return settings(
        max_examples=number * FACTOR,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

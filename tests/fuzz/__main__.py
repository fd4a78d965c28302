"""Fuzz for a while, with other examples in every run: ``make fuzz MINUTES=60``.

Two processes try all properties of this directory in turn; if atheris is installed, one of them
lets it guide the examples. What fails is kept in its shortest form in ``build/fuzz``, one file for
each cause. A line of the file, ``@reproduce_failure(...)``, repeats it when put above the test.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from hashlib import sha256
from importlib.util import find_spec
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from ..conftest import ROOT
from .turns import take_turn

FOUND = ROOT / "build" / "fuzz"
GUIDED = ("preamble", "body", "results", "fixes")
"""The targets of :mod:`.coverage_guided`."""


def properties() -> Iterator[str]:
    """Yield the names of all properties, such as ``test_reading.test_text_is_decoded``."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"{__package__}.{path.stem}")
        for name, value in vars(module).items():
            if hasattr(value, "hypothesis"):
                yield f"{path.stem}.{name}"


def keep(name: str, report: str) -> bool:
    """Write what was found to a file, and return whether its cause is new."""
    # "  File "/…/src/fep_tools/lint/engine.py", line 118, in _check"
    frames = re.findall(r'File ".*/((?:src|tests)/\S+", line \d+)', report)
    cause = sha256("".join(frames[-2:]).encode()).hexdigest()[:8]
    path = FOUND / f"{name}.{cause}.txt"
    if path.exists():
        return False
    path.write_text(report, "utf-8", "backslashreplace")
    print(f"found: {path.relative_to(ROOT)}", flush=True)
    return True


def fuzz(end: float, workers: int) -> tuple[Counter[str], int]:
    """Try all properties until a time, and return their executions and how many causes are new."""
    executions, found, names = Counter[str](), 0, cycle(properties())
    running: set[Future[tuple[str, int, str]]] = set()
    context, printed = get_context("spawn"), time.monotonic()
    with ProcessPoolExecutor(workers, context, max_tasks_per_child=20) as pool:
        while running or time.monotonic() < end:
            while len(running) < workers and time.monotonic() < end:
                running.add(pool.submit(take_turn, next(names), random.getrandbits(63)))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for name, count, report in (future.result() for future in done):
                executions[name] += count
                found += bool(report) and keep(name, report)
            if time.monotonic() - printed > 30:
                printed, left = time.monotonic(), max(0, end - time.monotonic())
                total = executions.total()
                print(f"{left / 60:.0f} min left, {total:,} executions, {found} found", flush=True)
    return executions, found


def start_guided(seconds: float) -> subprocess.Popen[bytes]:
    """Let atheris try its targets, one after the other, in another process."""
    command = [sys.executable, "-m", f"{__package__}.coverage_guided"]
    each = str(int(seconds / len(GUIDED)))
    script = 'status=0; for target in $0; do "$@" $target || status=1; done; exit $status'
    return subprocess.Popen(
        ["sh", "-c", script, " ".join(GUIDED), *command, each], cwd=ROOT, env=os.environ
    )


def main() -> int:
    """Fuzz, and return 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("minutes", type=float, nargs="?", default=60)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    seconds, guided = options.minutes * 60, None
    if options.workers > 1 and find_spec("atheris"):
        guided = start_guided(seconds)
    elif options.workers > 1:
        print("atheris is not installed, so no examples are guided by coverage")
    workers = options.workers - bool(guided)
    executions, found = fuzz(time.monotonic() + seconds, workers)
    for name, count in sorted(executions.items()):
        print(f"{count:>9,}  {name}")
    failed = guided is not None and guided.wait() != 0
    print(f"{executions.total():,} executions, {found} found; see build/fuzz" if found or failed
          else f"{executions.total():,} executions, nothing found")  # fmt: skip
    return int(bool(found) or failed)


if __name__ == "__main__":
    sys.exit(main())

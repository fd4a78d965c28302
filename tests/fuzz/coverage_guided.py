"""Let atheris guide the examples by the lines that they reach, as ``make fuzz`` does.

``python -m tests.fuzz.coverage_guided SECONDS TARGET`` begins with some of the files of this
repository and the examples of the rules: with others each time, because all of them are tried
before the seconds count. Only this project is instrumented, so that it takes no longer.
What fails is kept as ``build/fuzz/TARGET-crash-…``; with that file as the third argument it is
repeated.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

import atheris

# It prints a line for each module.
with redirect_stderr(StringIO()), atheris.instrument_imports(include=["fep_tools"]):
    from fep_tools.notes.results import ResultsFile
    from fep_tools.proposals.preamble import Preamble

    from ..conftest import ROOT
    from . import strategies, test_findings
    from .ingredients import BLOCKS
    from .strategies import process_named

FOUND = ROOT / "build" / "fuzz"
NAMES = ("fep", "fep-yaml", "fep-markdown", "dep", "interop")
"""The processes among which the first byte chooses."""

SEEDS = 100
"""With how many files to begin. The slowest target takes a fifth of a second for each."""

Check = Callable[[bytes], None]


def text_and_process(data: bytes) -> tuple[str, str]:
    return NAMES[data[0] % len(NAMES)] if data else "fep", data[1:].decode("utf-8", "replace")


def check_of(test: Any) -> Callable[[strategies.Case], None]:
    """Return the function that checks a property, without Hypothesis."""
    check: Callable[[strategies.Case], None] = test.hypothesis.inner_test
    return check


def preamble(data: bytes) -> None:
    """Parse headers."""
    name, text = text_and_process(data)
    dialect = process_named(name).dialect
    Preamble.parse(text, dialect).blanked(text)


def body(data: bytes) -> None:
    """Parse a body."""
    check_of(test_findings.test_bodies_are_parsed)(text_and_process(data))


def fixes(data: bytes) -> None:
    """Check and fix a proposal."""
    case = text_and_process(data)
    check_of(test_findings.test_findings_are_inside_the_text)(case)
    check_of(test_findings.test_fixes_are_stable)(case)


def results(data: bytes) -> None:
    """Read the results of notes."""
    try:
        found = ResultsFile.parse(data)
    except ValueError:
        return
    assert ResultsFile.parse(found.dump()) == found


TARGETS: dict[str, Check] = {f.__name__: f for f in (preamble, body, results, fixes)}


def seeds(target: str) -> list[bytes]:
    """Return what to begin with."""
    if target == "results":
        found = [path.read_bytes() for path in (ROOT / "proposals").glob("*.notes.json")]
    else:
        texts = [*strategies.real_texts(), *strategies.example_texts()]
        blocks = ["FEP: 7\n\n" + block for block in BLOCKS]
        found = [b"\0" + text.encode("utf-8", "replace") for text in (*texts, *blocks)]
    return random.sample(found, min(SEEDS, len(found)))


def main(seconds: str, target: str, *repeated: str) -> None:
    """Fuzz one target."""
    # Not a temporary directory: libFuzzer ends the process without cleaning up.
    directory = FOUND / "seeds" / target
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    for number, seed in enumerate(() if repeated else seeds(target)):
        (directory / str(number)).write_bytes(seed)
    arguments = [
        sys.argv[0], f"-max_total_time={seconds}", f"-artifact_prefix={FOUND}/{target}-",
        "-timeout=60", "-rss_limit_mb=2048", "-max_len=4000", "-print_final_stats=1",
        *(repeated or (str(directory),)),
    ]  # fmt: skip
    atheris.Setup(arguments, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])

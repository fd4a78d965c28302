"""``python -m benchmarks [--peps DIRECTORY [--site-python PYTHON]] [--scale] [--tests]``

DIRECTORY is a clone of https://github.com/python/peps with its linter; the files of one proposal
are changed while its rows are measured, and restored. PYTHON is an interpreter in which its
``requirements.txt`` is installed. ``--scale`` compares 9,990 generated proposals with 999, and
``--tests`` runs the fast tests. Each row says whether it meets the goal of docs/performance.rst, by
wall time; processor time is shown for machines that do something else as well.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from . import generate
from .keystrokes import measure_keystrokes
from .measure import measure, measure_both, Measurement, summarise
from .pep_build import build_theirs, FEP

FINDINGS = (0, 1)
"""The exit statuses of ``fep check`` and ``check-peps.py`` that say it has judged."""

PAGE = "peps/pep-0008.rst"


def compare(
    name: str,
    ours: Measurement,
    peer: Measurement,
    peer_name: str,
    goal: float,
    memory_goal: float | None = None,
) -> str:
    """Return a row: both measurements, their ratios, and whether ours meets its goals."""
    is_met = ours.seconds / peer.seconds < goal
    wanted = f"{goal}x"
    if memory_goal is not None:
        is_met = is_met and ours.memory / peer.memory < memory_goal
        wanted += f" and {memory_goal}x memory"
    return (
        f"{name:<34} {ours}   {peer_name:<24} {peer}   {ours.ratios_to(peer)}   "
        f"goal {wanted}, {'met' if is_met else 'not met'}"
    )


def limit(name: str, seconds: float, goal: float) -> str:
    """Return a row that has no peer."""
    return f"{name:<34} {seconds:7.3f} s   goal {goal} s, {'met' if seconds < goal else 'not met'}"


@contextmanager
def changed(peps: Path) -> Iterator[None]:
    """Change one paragraph of a proposal while the block runs."""
    page = peps / PAGE
    text = page.read_text("utf-8")
    try:
        page.write_text(text.replace("Introduction", "Introduction to it", 1), "utf-8")
        yield
    finally:
        page.write_text(text, "utf-8")


def check_rows(peps: Path) -> Iterator[str]:
    """Compare ``fep check`` with the PEPs' own linter and with docutils."""
    linter: list[str | Path] = [sys.executable, "check-peps.py"]
    fep: list[str | Path] = [FEP, "check", "--root", peps, "--process", "pep"]
    docutils: list[str | Path] = [
        sys.executable,
        Path(__file__).with_name("docutils_peer.py"),
        peps / "peps",
    ]
    cache = peps / ".fep_cache"

    def both(
        *options: str,
        peer: Sequence[str | Path] = linter,
        runs: int = 5,
        warm_up: int = 1,
    ) -> tuple[Measurement, Measurement]:
        return measure_both(
            [*fep, *options], peer, directory=peps, runs=runs, warm_up=warm_up, allowed=FINDINGS
        )

    headers = both("--select", "H,S,L", "--no-cache")
    yield compare("check, headers, cold", *headers, "check-peps.py", 1.0)
    cold = both("--no-cache", peer=docutils, runs=3, warm_up=0)
    yield compare("check, everything, cold", *cold, "docutils alone", 0.55)
    shutil.rmtree(cache, ignore_errors=True)
    yield compare("check, everything, warm", *both(), "check-peps.py", 1.0)
    with changed(peps):
        # Without a second run: the first one remembers the change.
        once = both(runs=1, warm_up=0)
    yield compare("check, one file changed", *once, "check-peps.py", 1.0)
    yield compare("check --base HEAD~5", *both("--base", "HEAD~5"), "check-peps.py", 2.0)
    one_file = both(PAGE, peer=[*linter, PAGE])
    yield compare("check of one file, warm", *one_file, "check-peps.py, one file", 2.0)
    shutil.rmtree(cache, ignore_errors=True)
    version = measure_both([FEP, "--version"], [sys.executable, "-c", "pass"], directory=peps)
    yield compare("--version", *version, "python -c pass", 6.0)
    keystroke = measure_keystrokes(peps, PAGE)
    yield limit("keystroke to findings, PEP 8, p95", keystroke, 0.12)


def history_rows(peps: Path) -> Iterator[str]:
    """Compare ``fep log --all`` with git reading the same log and the same blobs."""
    log = "git log --topo-order --reverse --raw -z --no-abbrev -M --diff-merges=first-parent"
    ids = r"s/^:[^ ]* [^ ]* [^ ]* \([0-9a-f]*\) .*/\1/p"
    blobs = rf"{log} --format= | tr '\0' '\n' | sed -n '{ids}'"
    with tempfile.NamedTemporaryFile() as names:
        measure(
            ["sh", "-c", f"{blobs} | sort -u > {names.name}"], directory=peps, runs=1, warm_up=0
        )
        peer = ["sh", "-c", f"{log} > /dev/null && git cat-file --batch < {names.name} > /dev/null"]
        fep: list[str | Path] = [FEP, "log", "--all", "--root", peps, "--process", "pep"]
        cold = measure_both([*fep, "--no-cache"], peer, directory=peps)
        yield compare("log --all, cold", *cold, "git log; git cat-file", 1.3)
        warm = measure_both(fep, peer, directory=peps)
        yield compare("log --all, warm", *warm, "git log; git cat-file", 0.15)


def site_rows(peps: Path, python: str) -> Iterator[str]:
    """Compare ``fep build`` with the PEPs' own build, which needs no network for this."""
    with tempfile.TemporaryDirectory() as folder:
        theirs, first, ours = (Path(folder, name) for name in ("theirs", "first", "ours"))
        fep: list[str | Path] = [FEP, "build", "--root", peps, "--process", "pep", "--output"]

        def build(output: Path) -> Measurement:
            shutil.rmtree(peps / ".fep_cache", ignore_errors=True)
            return measure([*fep, output], directory=peps, runs=1, warm_up=0)

        # Ours before and after theirs, which takes minutes: the machine's speed drifts meanwhile.
        before = build(first)
        peer = build_theirs(peps, python, theirs)
        cold = summarise([before, build(ours)])
        yield compare("build, cold", cold, peer, "their build, cold", 0.4)
        fep.append(ours)
        again = measure(fep, directory=peps, runs=3, warm_up=0)
        yield compare("build, nothing changed", again, peer, "their build, cold", 0.02)
        with changed(peps):
            page = measure(fep, directory=peps, runs=1, warm_up=0)
        yield compare("build, one proposal changed", page, peer, "their build, cold", 0.03)


def scale_rows() -> Iterator[str]:
    """Compare ten times as many generated proposals: checked, built, and their history."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        for root, count in ((few, 999), (many, 9990)):
            generate.generate_repository(root, count)
            generate.commit(root)
        for name, warm_up, command in (
            ("check, cold", 0, ("check", "--no-cache")),
            ("check, warm", 1, ("check",)),
            ("log --all, cold", 0, ("log", "--all", "--no-cache")),
            ("build, cold", 0, ("build", "--no-cache", "--output", "site")),
        ):
            small, large = (
                measure(
                    [FEP, *command, "--root", root],
                    directory=root,
                    runs=1,
                    warm_up=warm_up,
                    allowed=FINDINGS if command[0] == "check" else (0,),
                )
                for root in (few, many)
            )
            yield compare(f"{name}, 9,990 proposals", large, small, "999 proposals", 10.5, 5.0)


def test_rows() -> Iterator[str]:
    """Measure the fast tests, which need no peer."""
    root = Path(__file__).parents[1]
    figure = measure(["make", "test"], directory=root, runs=1, warm_up=0)
    yield limit("make test", figure.seconds, 180.0)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--peps", type=Path)
    parser.add_argument("--site-python")
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--tests", action="store_true")
    arguments = parser.parse_args()
    rows: list[Iterator[str]] = []
    if arguments.peps:
        peps = arguments.peps.resolve()
        rows += [check_rows(peps), history_rows(peps)]
        rows += [site_rows(peps, arguments.site_python)] if arguments.site_python else []
    rows += [scale_rows()] if arguments.scale else []
    rows += [test_rows()] if arguments.tests else []
    for row in chain.from_iterable(rows):
        print(row, flush=True)


if __name__ == "__main__":
    main()

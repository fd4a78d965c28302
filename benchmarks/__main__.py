"""``python -m benchmarks --peps DIRECTORY [--site-python PYTHON] [--scale]``

DIRECTORY is a clone of https://github.com/python/peps with its linter. PYTHON is an interpreter
in which its ``requirements.txt`` is installed. ``--scale`` compares 9,990 generated proposals
with 999.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from . import generate
from .measure import measure, Measurement
from .pep_build import build_theirs, FEP


@dataclass(frozen=True)
class Row:
    """A row of the table: a measurement, the peer's measurement, and the highest ratio allowed."""

    name: str
    ours: Measurement
    peer_name: str
    peer: Measurement
    goal: float

    def __str__(self) -> str:
        met = "met" if self.ours.seconds / self.peer.seconds < self.goal else "not met"
        return (
            f"{self.name:<44} {self.ours}   {self.peer_name:<28} {self.peer}   "
            f"{self.ours.ratios_to(self.peer)}   goal {self.goal}x, {met}"
        )


def check_rows(peps: Path) -> Iterator[Row]:
    """Compare ``fep check`` with the PEPs' own linter and with docutils."""
    linter: list[str | Path] = [sys.executable, "check-peps.py"]
    all_files = measure(linter, directory=peps)
    one = "peps/pep-0008.rst"
    one_file = measure([*linter, one], directory=peps)
    fep: list[str | Path] = [FEP, "check", "--root", peps, "--process", "pep"]
    cache = peps / ".fep_cache"
    headers = measure([*fep, "--select", "H,S,L", "--no-cache"], directory=peps)
    yield Row("check --select H,S,L, cold", headers, "check-peps.py", all_files, 1.0)
    cold = measure([*fep, "--no-cache"], directory=peps, runs=3, warm_up=0)
    docutils = measure(
        [sys.executable, Path(__file__).with_name("docutils_peer.py"), peps / "peps"],
        directory=peps,
        runs=3,
        warm_up=0,
    )
    yield Row("check, everything, cold", cold, "docutils alone", docutils, 0.6)
    shutil.rmtree(cache, ignore_errors=True)
    yield Row(
        "check, everything, warm", measure(fep, directory=peps), "check-peps.py", all_files, 1.0
    )
    warm_one = measure([*fep, one], directory=peps)
    yield Row("check of one file, warm", warm_one, "check-peps.py, one file", one_file, 2.0)
    shutil.rmtree(cache, ignore_errors=True)
    nothing = measure([sys.executable, "-c", "pass"], directory=peps)
    yield Row(
        "--version", measure([FEP, "--version"], directory=peps), "python -c pass", nothing, 8.0
    )


def history_rows(peps: Path) -> Iterator[Row]:
    """Compare ``fep log --all`` with git reading the same log and the same blobs."""
    log = "git log --topo-order --reverse --raw -z --no-abbrev -M --diff-merges=first-parent"
    ids = r"s/^:[^ ]* [^ ]* [^ ]* \([0-9a-f]*\) .*/\1/p"
    blobs = rf"{log} --format= | tr '\0' '\n' | sed -n '{ids}'"
    with tempfile.NamedTemporaryFile() as names:
        measure(
            ["sh", "-c", f"{blobs} | sort -u > {names.name}"], directory=peps, runs=1, warm_up=0
        )
        both = f"{log} > /dev/null; git cat-file --batch < {names.name} > /dev/null"
        peer = measure(["sh", "-c", both], directory=peps)
    fep: list[str | Path] = [FEP, "log", "--all", "--root", peps, "--process", "pep"]
    cold = measure([*fep, "--no-cache"], directory=peps)
    yield Row("log --all, cold", cold, "git log; git cat-file", peer, 1.5)
    warm = measure(fep, directory=peps)
    yield Row("log --all, warm", warm, "git log; git cat-file", peer, 0.3)


def site_rows(peps: Path, python: str) -> Iterator[Row]:
    """Compare ``fep build`` with the PEPs' own build, which needs no network for this."""
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = Path(folder, "theirs"), Path(folder, "ours")
        peer = build_theirs(peps, python, theirs)
        fep: list[str | Path] = [FEP, "build", "--root", peps, "--process", "pep", "--output", ours]
        cold = measure(fep, directory=peps, runs=1, warm_up=0)
        yield Row("build, cold", cold, "their build, cold", peer, 0.4)
        again = measure(fep, directory=peps, runs=3, warm_up=0)
        yield Row("build, nothing changed", again, "their build, cold", peer, 0.15)
        page = peps / "peps" / "pep-0008.rst"
        text = page.read_text("utf-8")
        try:
            page.write_text(text.replace("Introduction", "Introduction to it", 1), "utf-8")
            changed = measure(fep, directory=peps, runs=1, warm_up=0)
        finally:
            page.write_text(text, "utf-8")
        yield Row("build, one proposal changed", changed, "their build, cold", peer, 0.15)


def scale_rows() -> Iterator[Row]:
    """Compare ten times as many generated proposals, checked and built."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        generate.generate_repository(few, 999)
        generate.generate_repository(many, 9990)
        for name, command in (
            ("check", ("check", "--no-cache")),
            ("check, warm", ("check",)),
            ("build", ("build", "--no-cache")),
        ):
            small, large = (
                measure([FEP, *command, "--root", place], directory=place, runs=1, warm_up=warm)
                for place, warm in ((few, "warm" in name), (many, "warm" in name))
            )
            yield Row(f"{name}, 9,990 proposals", large, "999 proposals", small, 11.0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--peps", type=Path)
    parser.add_argument("--site-python")
    parser.add_argument("--scale", action="store_true")
    arguments = parser.parse_args()
    rows: list[Iterator[Row]] = []
    if arguments.peps:
        peps = arguments.peps.resolve()
        rows += [check_rows(peps), history_rows(peps)]
        rows += [site_rows(peps, arguments.site_python)] if arguments.site_python else []
    rows += [scale_rows()] if arguments.scale else []
    for row in chain.from_iterable(rows):
        print(row, flush=True)


if __name__ == "__main__":
    main()

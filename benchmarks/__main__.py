"""``python -m benchmarks --peps FOLDER [--site-python PYTHON] [--scale]``

``--scale`` compares 9,990 made-up proposals with 999. FOLDER is a clone of
https://github.com/python/peps with its linter; PYTHON is one that has what its
``requirements.txt`` asks for. The goals are those of the design.
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

from . import made_up
from .measure import Figure, measure

FEP = Path(sys.executable).with_name("fep")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, against what, and what it should be."""

    name: str
    ours: Figure
    peer_name: str
    peer: Figure
    goal: float

    def __str__(self) -> str:
        met = "met" if self.ours.seconds / self.peer.seconds < self.goal else "not met"
        return (
            f"{self.name:<44} {self.ours}   {self.peer_name:<28} {self.peer}   "
            f"{self.ours.against(self.peer)}   goal {self.goal}x, {met}"
        )


def check_rows(peps: Path) -> Iterator[Row]:
    """``fep check`` against the PEPs' own linter, and against docutils."""
    linter: list[str | Path] = [sys.executable, "check-peps.py"]
    all_files = measure(linter, folder=peps)
    one = "peps/pep-0008.rst"
    one_file = measure([*linter, one], folder=peps)
    fep: list[str | Path] = [FEP, "check", "--root", peps, "--process", "pep"]
    cache = peps / ".fep_cache"
    headers = measure([*fep, "--select", "H,S,L", "--no-cache"], folder=peps)
    yield Row("check --select H,S,L, cold", headers, "check-peps.py", all_files, 1.0)
    cold = measure([*fep, "--no-cache"], folder=peps, runs=3, warm_up=0)
    docutils = measure(
        [sys.executable, Path(__file__).with_name("docutils_peer.py"), peps / "peps"],
        folder=peps,
        runs=3,
        warm_up=0,
    )
    yield Row("check, everything, cold", cold, "docutils alone", docutils, 0.6)
    shutil.rmtree(cache, ignore_errors=True)
    yield Row("check, everything, warm", measure(fep, folder=peps), "check-peps.py", all_files, 1.0)
    warm_one = measure([*fep, one], folder=peps)
    yield Row("check of one file, warm", warm_one, "check-peps.py, one file", one_file, 2.0)
    shutil.rmtree(cache, ignore_errors=True)
    nothing = measure([sys.executable, "-c", "pass"], folder=peps)
    yield Row("--version", measure([FEP, "--version"], folder=peps), "python -c pass", nothing, 8.0)


def past_rows(peps: Path) -> Iterator[Row]:
    """``fep log --all`` against git telling the same: the whole log, then every blob."""
    log = "git log --topo-order --reverse --raw -z --no-abbrev -M --diff-merges=first-parent"
    ids = r"s/^:[^ ]* [^ ]* [^ ]* \([0-9a-f]*\) .*/\1/p"
    blobs = rf"{log} --format= | tr '\0' '\n' | sed -n '{ids}'"
    with tempfile.NamedTemporaryFile() as names:
        measure(["sh", "-c", f"{blobs} | sort -u > {names.name}"], folder=peps, runs=1, warm_up=0)
        both = f"{log} > /dev/null; git cat-file --batch < {names.name} > /dev/null"
        peer = measure(["sh", "-c", both], folder=peps)
    fep: list[str | Path] = [FEP, "log", "--all", "--root", peps, "--process", "pep"]
    cold = measure([*fep, "--no-cache"], folder=peps)
    yield Row("log --all, cold", cold, "git log; git cat-file", peer, 1.5)
    warm = measure(fep, folder=peps)
    yield Row("log --all, warm", warm, "git log; git cat-file", peer, 0.3)


def site_rows(peps: Path, python: str) -> Iterator[Row]:
    """``fep build`` against the PEPs' own build, which needs no network for this."""
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = Path(folder, "theirs"), Path(folder, "ours")
        build = [
            python,
            "-m",
            "sphinx",
            "-b",
            "dirhtml",
            "-j",
            "auto",
            "-D",
            "intersphinx_timeout=1",
        ]
        peer = measure([*build, "peps", theirs], folder=peps, runs=1, warm_up=0)
        fep: list[str | Path] = [FEP, "build", "--root", peps, "--process", "pep", "--output", ours]
        cold = measure(fep, folder=peps, runs=1, warm_up=0)
        yield Row("build, cold", cold, "their build, cold", peer, 0.5)
        again = measure(fep, folder=peps, runs=3, warm_up=0)
        yield Row("build, nothing changed", again, "their build, cold", peer, 0.15)
        page = peps / "peps" / "pep-0008.rst"
        text = page.read_text("utf-8")
        try:
            page.write_text(text.replace("Introduction", "Introduction to it", 1), "utf-8")
            changed = measure(fep, folder=peps, runs=1, warm_up=0)
        finally:
            page.write_text(text, "utf-8")
        yield Row("build, one proposal changed", changed, "their build, cold", peer, 0.15)


def scale_rows() -> Iterator[Row]:
    """Ten times as many made-up proposals: what is checked, and what is built."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        made_up.repository(few, 999)
        made_up.repository(many, 9990)
        for name, command in (
            ("check", ("check", "--no-cache")),
            ("check, warm", ("check",)),
            ("build", ("build", "--no-cache")),
        ):
            small, large = (
                measure([FEP, *command, "--root", place], folder=place, runs=1, warm_up=warm)
                for place, warm in ((few, "warm" in name), (many, "warm" in name))
            )
            yield Row(f"{name}, 9,990 proposals", large, "999 proposals", small, 11.0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--peps", type=Path)
    parser.add_argument("--site-python")
    parser.add_argument("--scale", action="store_true")
    asked = parser.parse_args()
    rows: list[Iterator[Row]] = []
    if asked.peps:
        peps = asked.peps.resolve()
        rows += [check_rows(peps), past_rows(peps)]
        rows += [site_rows(peps, asked.site_python)] if asked.site_python else []
    rows += [scale_rows()] if asked.scale else []
    for row in chain.from_iterable(rows):
        print(row, flush=True)


if __name__ == "__main__":
    main()

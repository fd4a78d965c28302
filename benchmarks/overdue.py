"""``python -m benchmarks.overdue --peps DIRECTORY [--since DATE] [--until DATE]``

Replay the history of the PEPs: did ``fep overdue`` name a PEP before its status was cleaned up?

DIRECTORY is a clone of https://github.com/python/peps with its history. For each commit of the
main line that took accepted PEPs to another status, the report is computed for its parent and its
day, with the newest version that was released then, or was in beta: the PEPs often become Final
when the code is merged. A line is printed for each commit with more than one PEP, and the totals
of those and of all commits: how many of the PEPs the report named, why it did not name the
others, how many it named besides, and how many of these have another status by now.

The process of the PEPs has no limit on how long a PEP stays Accepted. ``--limit DAYS`` sets one,
so that PEPs without a version are due, too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from fep_tools import Repository
from fep_tools.catalog.build import build_catalog
from fep_tools.catalog.model import Catalog
from fep_tools.editorial.overdue import find_overdue
from fep_tools.history.snapshot import read_sources
from fep_tools.process.model import Process

from .pep_history import status_changes

RELEASES = {
    "3.9": ("2020-05-18", "2020-10-05"),
    "3.10": ("2021-05-03", "2021-10-04"),
    "3.11": ("2022-05-08", "2022-10-24"),
    "3.12": ("2023-05-22", "2023-10-02"),
    "3.13": ("2024-05-08", "2024-10-07"),
    "3.14": ("2025-05-07", "2025-10-07"),
    "3.15": ("2026-05-06", "2026-10-01"),
}
"""The days of the first beta and of the release: PEP 596, 619, 664, 693, 719, 745 and 790."""

AGREED = ("Accepted", "Provisional")
FILES = ["pep-*.rst", "pep-*.txt", "peps/pep-*.rst"]
"""The proposals were in the root of the repository until 2023."""


def main() -> int:
    """Run the comparison and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peps", type=Path, required=True)
    parser.add_argument("--since", default="2022-01-01")
    parser.add_argument("--until", default="9999-12-31")
    parser.add_argument("--limit", type=int, default=0)
    options = parser.parse_args()
    repository = Repository.open(options.peps, "pep")
    process = _with_limit(repository.process, options.limit)
    last = {p.number: p.status for p in repository.corpus(bodies=False)}
    several, every = Counter[str](), Counter[str]()
    for commit, day, paths in _commits(options.peps, options.since):
        if str(day) > options.until:
            break
        before = _catalog(repository, process, f"{commit}^", options.limit)
        moved = {entry.number for entry in before.entries if entry.path in paths}
        row = _compare(process, before, moved, day, last)
        every.update(row)
        if len(moved) > 1:
            several.update(row)
            print(f"{commit[:10]} {day}  {_format(row)}", flush=True)
    print(f"commits with several  {_format(several)}")
    print(f"all commits           {_format(every)}")
    return 0


def _with_limit(process: Process, limit: int) -> Process:
    """Return *process* with a limit on how long a file stays unchanged while it is agreed."""
    statuses = tuple(
        status.model_copy(update={"stale_after": limit}) if status.stage == "agreed" else status
        for status in process.statuses
    )
    return process.model_copy(update={"statuses": statuses})


def _commits(root: Path, since: str) -> Iterator[tuple[str, date, set[str]]]:
    """Yield the commits that changed the status of accepted PEPs, and their files."""
    lines = [
        line
        for line in status_changes(root, since)
        if line.before in AGREED and line.after not in AGREED
    ]
    for (commit, day), group in groupby(lines, key=lambda line: (line.commit, line.day)):
        yield commit, day, {line.path for line in group}


def _catalog(repository: Repository, process: Process, revision: str, limit: int) -> Catalog:
    """Return the catalog at a revision, without bodies; its history has last changes only."""
    commit = repository.resolve_commit(revision)
    sources = read_sources(repository.git, commit, FILES, [])
    catalog = build_catalog(repository.read(sources, bodies=False), process, "benchmark")
    entries = tuple(
        entry.model_copy(update={"changed": _last_change(repository.root, commit, entry.path)})
        if limit and entry.status in AGREED
        else entry
        for entry in catalog.proposals
    )
    return catalog.model_copy(update={"proposals": entries})


def _last_change(root: Path, commit: str, path: str) -> date:
    command = ["git", "log", "-1", "--format=%cs", commit, "--", path]
    out = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return date.fromisoformat(out.strip())


def _compare(
    process: Process,
    before: Catalog,
    moved: set[int],
    day: date,
    last: dict[int | None, str | None],
) -> Counter[str]:
    """Return how many of *moved* were named at a release, or at a beta, and how many besides."""
    row: Counter[str] = Counter(changed=len(moved))
    named: set[int] = set()
    for column, key in ((1, "named after the release"), (0, "named after the beta")):
        released = [version for version, days in RELEASES.items() if days[column] <= str(day)][-1]
        report = find_overdue(before, process, day, released)
        numbers = (r.number for r in report.reminders if r.status in AGREED)
        found = {number for number in numbers if number is not None}
        row[key] = len((found & moved) - named)
        named |= found
    for number in moved - named:
        entry = before.get(number)
        why = "no version" if not (entry and entry.versions) else "before the beta"
        row[f"not named, {why}"] += 1
    others = named - moved
    row["others"] = len(others)
    row["others that moved since"] = sum(last.get(number) not in AGREED for number in others)
    return row


def _format(row: Counter[str]) -> str:
    return ", ".join(f"{key} {count}" for key, count in row.items() if count)


if __name__ == "__main__":
    sys.exit(main())

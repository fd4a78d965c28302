"""``python -m benchmarks.overdue --peps DIRECTORY [--since DATE]``

Replay the history of the PEPs: did ``fep overdue`` name a PEP before its status was cleaned up?

DIRECTORY is a clone of https://github.com/python/peps with its history. For each commit that
made PEPs Final that were accepted before, the report is computed for its parent and its day, with
the newest version that was released then, or was in beta: the PEPs often become Final when the
code is merged. The table has how many of those PEPs the report named, how many of its others
became Final, rejected or withdrawn later, and why it did not name the rest.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from fep_tools import Repository
from fep_tools.catalog.model import Catalog
from fep_tools.editorial.overdue import find_overdue

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

AGREED = {"Accepted", "Provisional"}


def main() -> int:
    """Run the comparison and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peps", type=Path, required=True)
    parser.add_argument("--since", default="2022-01-01")
    options = parser.parse_args()
    repository = Repository.open(options.peps, "pep")
    commits = _commits(options.peps, options.since)
    last = {entry.number: entry.status for entry in repository.catalog(history=False).proposals}
    totals: Counter[str] = Counter()
    for commit, day in commits:
        before = repository.at(f"{commit}^").catalog(history=False)
        after = repository.at(commit).catalog(history=False)
        finished = _finished(before, after)
        if not finished:
            continue
        row = _compare(repository, before, finished, day, last)
        totals.update(row)
        print(f"{commit[:10]} {day}  {_format(row)}")
    print(f"all  {_format(totals)}")
    return 0


def _commits(root: Path, since: str) -> list[tuple[str, date]]:
    """Return the commits of the main line that added a line ``Status: Final``, oldest first."""
    command = ["git", "log", "--first-parent", "--reverse", f"--since={since}", "-G^Status: *Final"]
    out = subprocess.run(
        [*command, "--format=%H %cs"], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    rows = (line.split() for line in out.splitlines())
    return [(commit, date.fromisoformat(day)) for commit, day in rows]


def _finished(before: Catalog, after: Catalog) -> set[int]:
    statuses = {entry.number: entry.status for entry in before.proposals}
    return {
        entry.number
        for entry in after.proposals
        if entry.status == "Final" and statuses.get(entry.number) in AGREED
    }


def _compare(
    repository: Repository,
    before: Catalog,
    finished: set[int],
    day: date,
    last: dict[int, str | None],
) -> Counter[str]:
    """Return how many of *finished* were named at a release, or at a beta, and how many besides."""
    row: Counter[str] = Counter(changed=len(finished))
    named: set[int] = set()
    for column, key in ((1, "after its release"), (0, "after its beta")):
        released = [version for version, days in RELEASES.items() if days[column] <= str(day)][-1]
        report = find_overdue(before, repository.process, day, released)
        found = {r.number for r in report.reminders if r.kind == "not-finished"}
        row[key] = len((found & finished) - named)
        named |= found
    for number in finished - named:
        entry = before.get(number)
        row["unnamed: no version" if not (entry and entry.versions) else "unnamed: earlier"] += 1
    others = named - finished
    row["others"] = len(others)
    row["others that moved since"] = sum(last.get(number) not in AGREED for number in others)
    return row


def _format(row: Counter[str]) -> str:
    return ", ".join(f"{re.sub('^$', '?', key)} {count}" for key, count in row.items() if count)


if __name__ == "__main__":
    sys.exit(main())

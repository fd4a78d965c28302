"""``python -m benchmarks.announcements --peps DIRECTORY [--until 2026-08] [--months 24]``

Compare ``fep announce`` with the commits that changed lines with ``Status:``, month by month.

DIRECTORY is a clone of https://github.com/python/peps with its history. The other side of the
comparison is git and one regular expression: the states of both ends by ``git grep``, and the
changes in between by ``git log -p`` of the main line. The report counts

- proposals whose status differs between the two ends, or that are new, against the entries;
- lines ``+Status:`` against the statuses that an entry names, in order.

It also draws ten entries, for a comparison by hand. Exit status 1: something differs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

FEP = Path(sys.executable).with_name("fep")

FILE = re.compile(r"^(?:\+\+\+ b|--- a)/(?:.*/)?pep-(\d+)\.(?:rst|txt)$")
STATUS = re.compile(r"^([+-])Status:\s*(.+?)\s*$")
STATUS_KINDS = {"review", "decided", "completed", "superseded", "withdrawn", "status"}
TEXTS = ["*pep-[0-9]*.rst", "*pep-[0-9]*.txt"]


@dataclass
class Report:
    """The counts of all months, and what differs."""

    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    def compare(self, what: str, month: str, number: int, expected: object, found: object) -> None:
        self.counts[what] += 1
        if expected == found:
            self.counts[f"{what}, equal"] += 1
        else:
            self.differences.append(f"{month} PEP {number}, {what}: git {expected}, fep {found}")


class Git:
    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        output = subprocess.run(command, capture_output=True, check=False).stdout
        return output.decode("utf-8", "replace")

    def last_commit_before(self, day: str) -> str:
        before = f"--before={day}T00:00:00Z"
        return self.run("rev-list", "-1", "--first-parent", before, "HEAD").strip()

    def statuses(self, commit: str) -> dict[int, str]:
        """Return the status in the headers of each PEP, by number."""
        output = self.run("grep", "-m1", "-E", r"^Status:", commit, "--", *TEXTS)
        # "30a4ff0...:peps/pep-0001.rst:Status: Active"
        rows = re.findall(r"(?m)^[0-9a-f]+:(?:.*/)?pep-(\d+)\.\w+:Status:\s*(.+?)\s*$", output)
        return {int(number): status for number, status in rows}

    def changes(self, base: str, head: str) -> dict[int, list[str]]:
        """Return the statuses that commits of the main line have given to each PEP, in order."""
        log = ("log", "--first-parent", "--diff-merges=first-parent", "--reverse", "-p", "-U0")
        output = self.run(*log, "--format=", f"{base}..{head}", "--", *TEXTS)
        changes: dict[int, list[str]] = defaultdict(list)
        number, is_header = 0, False
        for line in output.splitlines():
            if match := FILE.match(line):
                number = int(match[1])
            elif match := re.match(r"@@ -\S+ \+(\d+)", line):
                is_header = int(match[1]) < 30
            elif (match := STATUS.match(line)) and is_header and match[1] == "+":
                changes[number].append(match[2])
        return changes


def announce(root: Path, base: str, head: str) -> dict[str, Any]:
    command = [str(FEP), "announce", f"{base}..{head}", "--root", str(root), "--process", "pep"]
    output = subprocess.run([*command, "--format", "json"], capture_output=True, check=True).stdout
    document: dict[str, Any] = json.loads(output)
    return document


def months(until: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield the first days of *count* months before *until*, each with that of the next one."""
    year, month = map(int, until.split("-"))
    last = 12 * year + month - 1
    for index in range(last - count, last):
        first, after = (f"{n // 12}-{n % 12 + 1:02}-01" for n in (index, index + 1))
        yield first, after


def compare_month(root: Path, first: str, after: str, report: Report) -> None:
    git = Git(root)
    base, head = git.last_commit_before(first), git.last_commit_before(after)
    old, new = git.statuses(base), git.statuses(head)
    commits = git.changes(base, head)
    entries = announce(root, base, head)["entries"]
    report.entries += [{**entry, "month": first[:7]} for entry in entries]
    arrived = {e["number"]: e for e in entries if e["kind"] == "new"}
    # A proposal may be superseded by another one and keep its status; that has no former one.
    moved = {e["number"]: e for e in entries if e["kind"] in STATUS_KINDS and e["before"]}
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            report.compare("new", first, number, True, number in arrived)
        is_moved = number in old and number in new and old[number] != new[number]
        if is_moved or (number in moved and number not in arrived):
            ends = (old.get(number), new.get(number))
            entry = moved.get(number)
            found = (entry["before"], entry["after"][-1]) if entry else None
            report.compare("state", first, number, ends, found)
    for number, added in sorted(commits.items()):
        # A commit that moves a file, or the line, adds the same status again.
        statuses = [status for status, _ in groupby(added)]
        entry = moved.get(number)
        path = entry["after"] if entry else []
        if number in arrived:
            path = [*([entry["before"]] if entry else arrived[number]["after"]), *path]
        elif old.get(number) == statuses[-1] and not path:
            report.counts["undone in the same month"] += 1
            continue
        report.compare("commits", first, number, statuses, path)


def draw(report: Report, seed: int, count: int = 10) -> list[dict[str, Any]]:
    """Return entries that are drawn at random, at most three of a kind."""
    entries = sorted(report.entries, key=lambda e: (e["month"], e["kind"], e["number"]))
    random.Random(seed).shuffle(entries)
    drawn: list[dict[str, Any]] = []
    for entry in entries:
        if [e["kind"] for e in drawn].count(entry["kind"]) < 3 and len(drawn) < count:
            drawn.append(entry)
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.announcements", description=__doc__)
    parser.add_argument("--peps", type=Path, required=True)
    parser.add_argument("--until", default="2026-08")
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seed", type=int, default=12)
    arguments = parser.parse_args()
    report = Report()
    for first, after in months(arguments.until, arguments.months):
        compare_month(arguments.peps, first, after, report)
        print(first[:7], dict(report.counts), file=sys.stderr, flush=True)
    kinds = Counter(entry["kind"] for entry in report.entries)
    print(f"{len(report.entries)} entries: {dict(kinds)}")
    for what in ("new", "state", "commits"):
        print(f"{what}: {report.counts[f'{what}, equal']} of {report.counts[what]} agree")
    print(f"undone in the same month: {report.counts['undone in the same month']}")
    print(*report.differences, sep="\n")
    for entry in draw(report, arguments.seed):
        print(f"{entry['month']} PEP {entry['number']} {entry['sentence']} ({entry['commit']})")
    sys.exit(1 if report.differences else 0)


if __name__ == "__main__":
    main()

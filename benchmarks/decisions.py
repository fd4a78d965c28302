"""``python -m benchmarks.decisions --peps DIRECTORY``

Count the decided PEPs, those whose decision has a commit, and those whose text differs since.

DIRECTORY is a clone of https://github.com/python/peps with its history. As a check from outside,
``git show`` has to show the status of the decision in the file at that commit.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from fep_tools import Repository
from fep_tools.catalog.build import build_catalog
from fep_tools.catalog.model import CatalogEntry
from fep_tools.editorial.decided import changes_since_decision, with_changes
from fep_tools.process.model import Process
from fep_tools.repository import GENERATOR


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--peps", type=Path, required=True, metavar="DIRECTORY")
    root = parser.parse_args().peps
    repository = Repository.open(root, "pep")
    process, history = repository.process, repository.history()
    corpus = repository.corpus(bodies=False)
    catalog = build_catalog(corpus, process, GENERATOR, history)
    start = time.perf_counter()
    catalog = with_changes(catalog, changes_since_decision(repository, corpus, history))
    seconds = time.perf_counter() - start
    counts: Counter[str] = Counter()
    wrong = []
    for entry in catalog.proposals:
        status = process.status(entry.status)
        counts["PEPs"] += 1
        counts["decided"] += status is not None and status.decision
        decided = entry.decided_text
        if decided is None:
            counts["decided, without a commit"] += status is not None and status.decision
            continue
        counts["with the commit of a decision"] += 1
        counts["  whose status was the first one in git"] += _is_first(entry)
        key = {True: "other words", False: "same words", None: "not compared"}[decided.changed]
        counts[f"  {key}"] += 1
        if not _has_status(root, decided.commit, entry.number, decided.status, process):
            wrong.append(entry.number)
    for name, count in counts.items():
        print(f"{count:5} {name}")
    print(f"{seconds:.1f} s to compare; {len(wrong)} not confirmed by git show: {wrong}")
    return 1 if wrong else 0


def _is_first(entry: CatalogEntry) -> bool:
    statuses = [event for event in entry.history if event.kind == "status" and event.commit]
    decided = entry.decided_text
    return decided is not None and bool(statuses) and statuses[0].commit == decided.commit


def _has_status(root: Path, commit: str, number: int, status: str, process: Process) -> bool:
    """Return whether a file of that number has the status at the commit, by git alone."""
    names = [f"pep-{number:04}.rst", f"pep-{number:04}.txt", f"pep-{number}.txt"]
    paths = [f"{directory}{name}" for directory in ("", "peps/") for name in names]
    for path in paths:
        command = ["git", "-C", str(root), "show", f"{commit}:{path}"]
        text = subprocess.run(command, capture_output=True, check=False).stdout
        found = re.search(rb"(?m)^Status:\s*(.+?)\s*$", text)
        written = process.resolve_status(found[1].decode("utf-8", "replace")) if found else None
        if written and written.name == status:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())

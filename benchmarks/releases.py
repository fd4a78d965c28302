"""``python -m benchmarks.releases [--peps DIRECTORY] [--changelog FILE]``

Compare ``fep release`` with two sources that people have written.

With ``--peps``, a clone of https://github.com/python/peps: the lists of features in the release
schedules of Python 3.1 to 3.11. Every disagreement has a line in ``releases.csv`` beside this file,
which says whether one of the two sides is wrong (``real``) or not, and why. They were sorted by
hand; where a line says what happened, the history and the text of the PEP were read.

With ``--changelog``, the change log of Flask, ``CHANGES.rst`` of https://github.com/pallets/flask:
for each version that a FEP of this repository names, whether the section on it mentions the FEP.

Exit status 1: a disagreement is not in the table, or a line of the table is not found.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fep_tools.editorial.changelog import compare_log, read_sections
from fep_tools.editorial.releases import compute_release, is_for, version_key
from fep_tools.repository import Repository

ROOT = Path(__file__).parents[1]
TABLE = Path(__file__).with_name("releases.csv")

SCHEDULES = {
    "3.1": 375, "3.2": 392, "3.3": 398, "3.4": 429, "3.5": 478, "3.6": 494, "3.7": 537,
    "3.8": 569, "3.9": 596, "3.10": 619, "3.11": 664,
}  # fmt: skip

FEATURES = re.compile(r"(?ms)^Features for [\d.]+\n=+\n(.*?)(?=^[^\n]+\n=+\n|\Z)")
NOT_IN = re.compile(r"(?m)^(?:Deferred to|Candidate PEPs|Note that).*")
Disagreement = tuple[str, int, str]


def listed(text: str) -> set[int]:
    """Return the PEPs in the list of features of a release schedule."""
    section = FEATURES.search(text)
    assert section is not None
    # What follows is not in the release: "Deferred to post-3.4:".
    features = NOT_IN.split(section[1])[0]
    return {int(number) for number in re.findall(r":pep:`(\d+)`", features)}


def compare_schedules(peps: Path) -> Iterator[tuple[str, int, set[Disagreement]]]:
    """Yield for each version the number of PEPs that both sides have, and the disagreements."""
    repository = Repository.open(peps, "pep")
    catalog = repository.catalog()
    for version, schedule in SCHEDULES.items():
        release = compute_release(catalog, repository.process, version)
        ours = {each.entry.number for each in release if each.state != "dropped"}
        ours -= {each.entry.number for each in release if not is_for(each.entry, version)}
        theirs = listed((peps / f"peps/pep-{schedule:04}.rst").read_text("utf-8"))
        # A release schedule does not list itself.
        ours.discard(schedule)
        differences = {(version, n, "headers") for n in ours - theirs}
        differences |= {(version, n, "list") for n in theirs - ours}
        yield version, len(ours & theirs), differences


def read_table() -> dict[Disagreement, tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["version"], int(row["pep"]), row["only_in"]): (row["kind"], row["reason"])
            for row in csv.DictReader(file)
        }


def report_schedules(peps: Path) -> bool:
    table = read_table()
    found: set[Disagreement] = set()
    for version, agreed, differences in compare_schedules(peps):
        kinds = Counter(table.get(each, ("unsorted", ""))[0] for each in differences)
        print(f"Python {version}: {agreed} in both, {len(differences)} in one {dict(kinds)}")
        found |= differences
    for each in sorted(found - table.keys()):
        print("not in the table:", *each)
    for each in sorted(table.keys() - found):
        print("not found:", *each)
    print(dict(Counter(table[each][0] for each in found & table.keys())))
    return found == table.keys()


def report_change_log(file: Path) -> None:
    repository = Repository.open(ROOT)
    catalog, process = repository.catalog(), repository.process
    sections = read_sections(file.read_text("utf-8"))
    versions = {version for entry in catalog.proposals for version in entry.versions}
    for version in sorted(versions, key=version_key):
        release = compute_release(catalog, process, version)
        entries = [each.entry for each in release if is_for(each.entry, version)]
        log = compare_log(sections, entries, catalog, process, version)
        if log is None:
            print(f"Flask {version}: no section")
            continue
        agreed = [entry.number for entry in log.agreed]
        missing = [(entry.number, *elsewhere) for entry, elsewhere in log.missing]
        unexpected = [(entry.number, *entry.versions) for entry in log.unexpected]
        print(f"Flask {version}: agreed {agreed}, missing {missing}, unexpected {unexpected}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.releases", description=__doc__)
    parser.add_argument("--peps", type=Path)
    parser.add_argument("--changelog", type=Path)
    arguments = parser.parse_args()
    if arguments.changelog:
        report_change_log(arguments.changelog)
    if arguments.peps and not report_schedules(arguments.peps):
        sys.exit(1)


if __name__ == "__main__":
    main()

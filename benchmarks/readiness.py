"""``python -m benchmarks.readiness --peps DIRECTORY [--since DATE]``

Replay the decisions about PEPs: did ``fep ready`` ask for what the deciding commit added?

DIRECTORY is a clone of https://github.com/python/peps with its history. For each commit of the
main line that took a PEP from Draft or Deferred to a status that is a decision, ``fep ready`` is
run on the file as it was before, on the day of the commit. The headers that the commit added are
compared with those that are named in items that are not done, or that ``fep transition`` writes.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fep_tools import Repository
from fep_tools.editing.transition import StatusChange, transition_texts
from fep_tools.editorial.readiness import assess, Readiness
from fep_tools.errors import FepError
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus, Proposal

from .pep_history import show, status_changes

OPEN = ("Draft", "Deferred")
_NEEDED = re.compile(r"needs (?:a new )?'([^']+)'")
_WRITTEN = re.compile(r"^'([^']+)' is .*; fep transition writes it$")


class Decision(NamedTuple):
    """A commit that decided on a PEP, with the file before and after."""

    day: date
    before: Proposal
    after: Proposal
    status: str

    @property
    def added(self) -> set[str]:
        """The names of the headers that the commit added, and of a new resolution."""
        old, new = (
            {field.name: field.value for field in proposal.preamble.fields if field.value}
            for proposal in (self.before, self.after)
        )
        return {n for n in new if n not in old or (n == "Resolution" and new[n] != old[n])}


def main() -> int:
    """Run the comparison and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peps", type=Path, required=True)
    parser.add_argument("--since", default="2000-01-01")
    options = parser.parse_args()
    process = Repository.open(options.peps, "pep").process
    decisions = list(_decisions(options.peps, options.since, process))
    rows: dict[str, Counter[str]] = {}
    refused = 0
    with tempfile.TemporaryDirectory() as cache:
        _parse_bodies(decisions, process, Path(cache))
        for decision in decisions:
            try:
                named = _named(_assess(decision, process, Path(cache)), process)
            except FepError:
                refused += 1
                continue
            added = decision.added
            for name in added | named:
                outcome = "both" if name in added & named else "added" if name in added else "asked"
                rows.setdefault(f"{decision.after.type}: {name}", Counter())[outcome] += 1
    print(f"{len(decisions)} decisions, {refused} refused")
    print("asked and added, added only, asked only:")
    for key, row in sorted(rows.items()):
        print(f"  {key:40} {row['both']:5} {row['added']:5} {row['asked']:5}")
    return 0


def _decisions(root: Path, since: str, process: Process) -> Iterator[Decision]:
    """Yield the decisions, oldest first."""
    for line in status_changes(root, since):
        if line.before not in OPEN:
            continue
        texts = (show(root, revision, line.path) for revision in (f"{line.commit}^", line.commit))
        old, new = (Proposal.parse(text, process, line.path) for text in texts)
        status = process.status(new.status)
        if old.status in OPEN and status and status.decision and old.number is not None:
            yield Decision(line.day, old, new, status.name)


def _path(number: int) -> str:
    return f"peps/pep-{number:04}.rst"


def _parse_bodies(decisions: list[Decision], process: Process, cache: Path) -> None:
    """Parse every text that is assessed at once: a worker takes long to start."""
    texts = []
    for decision in decisions:
        number, before = decision.before.number or 0, decision.before
        change = StatusChange(number, decision.status, decision.day)
        texts += [before.text, *transition_texts(process, Corpus((before,)), change).values()]
    with tempfile.TemporaryDirectory() as directory:
        repository = Repository.open(Path(directory), "pep", cache)
        repository.read({_path(n): text.encode() for n, text in enumerate(texts, start=1)})


def _assess(decision: Decision, process: Process, cache: Path) -> Readiness:
    """Return what ``fep ready`` says about the file before the commit.

    :raises FepError: The process has no such transition.
    """
    number = decision.before.number or 0
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, _path(number))
        file.parent.mkdir()
        file.write_text(decision.before.text, "utf-8")
        repository = Repository.open(Path(directory), "pep", cache)
        return assess(repository, number, decision.status, decision.day)


def _named(report: Readiness, process: Process) -> set[str]:
    """Return the headers that ``fep ready`` asks for, or says that a command writes."""
    asked = {name for i in report.items if not i.done for name in _NEEDED.findall(i.text)}
    written = {name for i in report.items for name in _WRITTEN.findall(i.text)}
    return {header.name for header in process.headers} & (asked | written)


if __name__ == "__main__":
    sys.exit(main())

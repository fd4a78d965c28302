"""``python -m benchmarks.readiness --peps DIRECTORY [--since DATE]``

Replay the decisions about PEPs: did ``fep ready`` ask for what the deciding commit added?

DIRECTORY is a clone of https://github.com/python/peps with its history. For each commit of the
main line that took a PEP from Draft to a status that is a decision, ``fep ready`` is run on the
file as it was before. The headers that the commit added are compared with those that are named in
items that are not done. Headers that came for another reason, such as Post-History, are counted
by name.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fep_tools import Repository
from fep_tools.editorial.readiness import assess
from fep_tools.errors import FepError
from fep_tools.process.model import Process
from fep_tools.proposals.model import Proposal

_FORMER = re.compile(r"^-Status: *Draft", re.MULTILINE)


def main() -> int:
    """Run the comparison and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peps", type=Path, required=True)
    parser.add_argument("--since", default="2000-01-01")
    options = parser.parse_args()
    process = Repository.open(options.peps, "pep").process
    asked, missed, extra = Counter[str](), Counter[str](), Counter[str]()
    decisions = refused = 0
    for commit, day, path in _decisions(options.peps, options.since):
        before, after = (_show(options.peps, rev, path) for rev in (f"{commit}^", commit))
        old, new = (Proposal.parse(text, process, path) for text in (before, after))
        status = process.status(new.status)
        if old.status != "Draft" or status is None or not status.decision or old.number is None:
            continue
        decisions += 1
        try:
            named = _named(before, path, old.number, status.name, day)
        except FepError:
            refused += 1
            continue
        added = {field.name for field in new.preamble.fields}
        added -= {field.name for field in old.preamble.fields}
        asked.update(added & named)
        missed.update(added - named)
        extra.update(named - added)
    print(f"{decisions} decisions, {refused} refused")
    print("added and asked for:", dict(asked.most_common()))
    print("added and not asked for:", dict(missed.most_common()))
    print("asked for and not added:", dict(extra.most_common()))
    return 0


def _decisions(root: Path, since: str) -> Iterator[tuple[str, date, str]]:
    """Yield the commits that changed a line ``Status:``, with their days and the files."""
    command = ["git", "log", "--first-parent", "--reverse", "--no-renames", f"--since={since}"]
    command += ["-G^Status:", "--diff-filter=M", "--format=%x01%H %cs", "-p", "--unified=0"]
    out = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    for block in out.decode("utf-8", "replace").split("\x01")[1:]:
        head, _, diff = block.partition("\n")
        commit, day = head.split()
        for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
            path = part.split(" b/", 1)[-1].split("\n", 1)[0]
            if _FORMER.search(part) and re.search(r"pep-\d+\.(rst|txt)$", path):
                yield commit, date.fromisoformat(day), path


def _show(root: Path, revision: str, path: str) -> str:
    command = ["git", "show", f"{revision}:{path}"]
    data = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    return data.decode("utf-8", "replace")


def _named(text: str, path: str, number: int, status: str, day: date) -> set[str]:
    """Return the headers that ``fep ready`` asks for, or says that it writes."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, "peps", f"pep-{number:04}.rst")
        file.parent.mkdir()
        file.write_text(text, "utf-8")
        report = assess(Repository.open(Path(directory), "pep"), number, status, day)
    process: Process = Repository.open(Path(), "pep").process
    names = {header.name for header in process.headers}
    texts = [i.text for i in report.items if not i.done or i.text.endswith("writes it")]
    found = {
        name for text in texts for name in re.findall(r"(?:needs|^)'([^']+)'|needs '([^']+)'", text)
    }
    return {name for pair in found for name in pair if name in names}


if __name__ == "__main__":
    sys.exit(main())

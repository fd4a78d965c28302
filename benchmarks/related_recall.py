"""``python -m benchmarks.related_recall --peps DIRECTORY``

How many of the earlier PEPs that a PEP cites are among the ten that are most like it. Citations
are removed from the texts, and only earlier PEPs are candidates, as they are for somebody with a
new idea. DIRECTORY is a clone of https://github.com/python/peps. Exit status 1: fewer than 67 %.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from fep_tools.catalog.related import RelatedIndex, Stemmer
from fep_tools.process.loader import load_process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Proposal

GOAL = 0.67
MATCHES = 10

# "PEP 484", "PEP-484", ":pep:`484`", ":pep:`protocols <544>`"
_CITATION = re.compile(r"(?i)(?:PEP[ -]|:pep:`(?:[^`<]*<)?)0*([0-9]{1,4})")
_CITATION_TEXT = re.compile(r"(?i)(?:PEP[ -]|:pep:`)0*[0-9]{1,4}[^`\s]*")


@dataclass(frozen=True)
class Recall:
    """The average part of the cited PEPs that is found, and the number of PEPs that cite any."""

    citing: int
    average: float
    seconds: float


def measure(peps: Path) -> Recall:
    """Look for the citations of each PEP in a clone."""
    process = load_process(BUILTIN_DIRECTORY / "pep.toml")
    texts, cited = {}, {}
    stemmer = Stemmer()
    started = time.process_time()
    for path in sorted((peps / "peps").glob("pep-*.rst")):
        proposal = Proposal.parse(path.read_text("utf-8"), process, f"peps/{path.name}")
        assert proposal.number is not None
        numbers = map(int, _CITATION.findall(proposal.body_text))
        cited[proposal.number] = {number for number in numbers if number < proposal.number}
        text = _CITATION_TEXT.sub("", proposal.body_text)
        texts[proposal.number] = stemmer.count(text, proposal.title)
    index = RelatedIndex(texts)
    recalls = []
    for number, numbers_cited in cited.items():
        if expected := numbers_cited & texts.keys():
            earlier = (m.number for m in index.related_to(number, len(texts)) if m.number < number)
            found = {other for other, _rank in zip(earlier, range(MATCHES), strict=False)}
            recalls.append(len(found & expected) / len(expected))
    seconds = time.process_time() - started
    return Recall(len(recalls), sum(recalls) / max(1, len(recalls)), seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peps", type=Path, required=True, metavar="DIRECTORY")
    recall = measure(parser.parse_args().peps)
    print(
        f"{recall.average:.1%} of the earlier PEPs that {recall.citing} PEPs cite are among the "
        f"{MATCHES} most like them (goal: {GOAL:.0%}); {recall.seconds:.1f} s"
    )
    return int(recall.average < GOAL)


if __name__ == "__main__":
    sys.exit(main())

"""Draw a sample of findings of ``fep extensions affected``, to be checked by hand.

``python -m benchmarks.scan_sample`` downloads the distributions of the committed results again and
prints two samples as CSV, each with the line of the source: findings, of which some may be wrong,
and lines that have the last part of a name but no finding, of which some may be missed uses. The
column ``verdict`` of ``scan_sample.csv`` has the answers of somebody who read the lines and what is
around them: ``use``, ``no use``, or ``import reported`` where the import of the name is a finding.

``python -m benchmarks.scan_sample --figures`` computes precision and recall from that file.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from fep_tools._cache import Cache
from fep_tools.cli.commands.extensions._scans import open_source
from fep_tools.errors import FepError
from fep_tools.extensions.affected import AffectedFile, ExtensionRecord
from fep_tools.extensions.archives import read_archive
from fep_tools.extensions.selection import Source

ROOT = Path(__file__).parents[1]
ANSWERS = Path(__file__).with_suffix(".csv")
NUMBERS = (18, 19, 23, 29, 35, 44)
"""Proposals whose results are sampled for missed uses."""

ORDINARY = frozenset(("werkzeug.urls.URL",))
"""Names whose last part is a word of comments: half of all other lines would be about URLs."""

SEED = 17
SIZE = 60


class Line(NamedTuple):
    """A line of a distribution, and the name that it may use."""

    sample: str
    number: int
    extension: str
    version: str
    path: str
    line: int
    symbol: str
    certainty: str
    text: str = ""
    verdict: str = ""


def main() -> None:
    if "--figures" in sys.argv:
        figures()
        return
    lines = [*all_lines(Cache(None))]
    random_source = random.Random(SEED)
    writer = csv.writer(sys.stdout)
    writer.writerow(Line._fields)
    for sample in ("finding", "other"):
        drawn = sorted(line for line in lines if line.sample == sample)
        print(f"{sample}: {len(drawn)} lines", file=sys.stderr)
        for line in sorted(random_source.sample(drawn, min(SIZE, len(drawn)))):
            writer.writerow(line)


def all_lines(cache: Cache) -> Iterator[Line]:
    """Yield the findings of all results, and other lines with a name of some of them."""
    source = open_source(cache)
    tasks = []
    for path in sorted((ROOT / "proposals").glob("*.extensions.json")):
        results = AffectedFile.parse(path.read_bytes())
        for name, record in results.extensions.items():
            if record.uses or results.number in NUMBERS:
                tasks.append((source, results, name, record))
    with ThreadPoolExecutor(2) as threads:
        for found in threads.map(lambda task: lines_of(*task), tasks):
            yield from found


def lines_of(
    source: Source, results: AffectedFile, name: str, record: ExtensionRecord
) -> list[Line]:
    """Return the lines of one distribution."""
    release = source.project(name).release(record.version)
    files = release.files if release else ()
    file = next((each for each in files if each.filename == record.file), None)
    try:
        archive = read_archive(source.download(file), record.file) if file else None
    except FepError as problem:
        print(problem, file=sys.stderr)
        return []
    if archive is None:
        return []
    texts = {path: text.splitlines() for path, text in archive.sources.items()}
    number, version = results.number, record.version
    found = [
        Line(
            "finding", number, name, version, use.path, use.line, use.symbol, use.certainty,
            texts[use.path][use.line - 1].strip(),
        )
        for use in record.uses
    ]  # fmt: skip
    if results.number in NUMBERS:
        known = {(use.path, use.line) for use in record.uses}
        unread = {each.path for each in record.unread}
        for symbol in set(results.symbols) - ORDINARY:
            word = re.compile(rf"\b{re.escape(symbol.rpartition('.')[2])}\b")
            for path, rows in texts.items():
                for line, text in enumerate(rows, 1):
                    if path not in unread and (path, line) not in known and word.search(text):
                        shown = text.strip()[:120]
                        found.append(
                            Line("other", number, name, version, path, line, symbol, "", shown)
                        )
    return found


def figures() -> None:
    """Print precision and recall, by the answers in :data:`ANSWERS`."""
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    for sample in ("finding", "other"):
        drawn = [row for row in rows if row["sample"] == sample]
        uses = sum(row["verdict"] == "use" for row in drawn)
        print(f"{sample}: {uses} of {len(drawn)} are uses")
        if sample == "other":
            bound = 1 - 0.05 ** (1 / len(drawn)) if not uses else float("nan")
            print(f"missed: at most {bound:.1%} of such lines (95 %)")


if __name__ == "__main__":
    main()

"""The sources of dates in the proposals, each read by a person or a script.

``evidence.csv`` has a row for each date that was compared with its source: a commit in git, the
change log of a release, or a thread of issues. A date that is changed in a proposal needs another
row, and so does a source that is removed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
with Path(__file__).with_name("evidence.csv").open(encoding="utf-8", newline="") as file:
    ROWS = [tuple(row.values()) for row in csv.DictReader(file)]


def names_of(source: str) -> tuple[str, ...]:
    """Return what a proposal may have for a source: its URL, or what a role or a sentence names."""
    if "/commit/" in source:
        return (source.partition("/commit/")[2][:7],)
    _page, found, version = source.partition("/changes/#version-")
    if found:  # "0.11" and "2.0.0"; proposals leave out a last ".0"
        version = version.replace("-", ".")
        return version, version.removesuffix(".0")
    return source, source.rpartition("/")[2]


@pytest.mark.parametrize(("number", "day", "source", "kind"), ROWS)
def test_date_and_source_are_in_the_proposal(number: str, day: str, source: str, kind: str) -> None:
    text = (ROOT / "proposals" / f"fep-{int(number):04}.rst").read_text("utf-8")
    assert day in text
    assert any(name in text for name in names_of(source))
    assert kind in ("git", "change log", "thread")

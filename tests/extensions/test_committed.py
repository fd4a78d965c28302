"""The reports of this repository: valid, and about the watched extensions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fep_tools.errors import FepError
from fep_tools.extensions.model import ExtensionList
from fep_tools.extensions.snapshot import Snapshot, SNAPSHOT_DIRECTORY

ROOT = Path(__file__).parents[2]
PATHS = sorted((ROOT / SNAPSHOT_DIRECTORY).glob("????-??-??.json"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_report_is_named_after_its_day_and_names_only_repositories(path: Path) -> None:
    text = path.read_text("utf-8")
    snapshot = Snapshot.parse(text, path.name)
    assert path.name == f"{snapshot.date}.json"
    assert snapshot.to_json() == text
    urls = set(re.findall(r"https?://[^\"\s]+", text))
    assert urls == {each.repository for each in snapshot.extensions if each.repository}


def test_the_newest_report_has_the_watched_extensions_and_criteria() -> None:
    listed = ExtensionList.load(ROOT)
    newest = Snapshot.parse(PATHS[-1].read_text("utf-8"), PATHS[-1].name)
    assert [e.name for e in newest.extensions] == [e.name for e in listed.extensions]
    assert [c.key for c in newest.criteria] == [c.key for c in listed.criteria]


def test_a_repeated_key_is_refused() -> None:
    """JSON parsers take the last one, people may read the first."""
    text = PATHS[-1].read_text("utf-8").replace('"flask":', '"flask": "9.9", "flask":', 1)
    with pytest.raises(FepError, match='has "flask" twice in one object'):
        Snapshot.parse(text, "x.json")

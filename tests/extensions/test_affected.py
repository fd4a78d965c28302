"""The committed results of a proposal."""

from __future__ import annotations

import json

import pytest

from fep_tools._files import Refusal
from fep_tools.extensions.affected import (
    affected_path,
    AffectedFile,
    explain_stale,
    find_results,
    first_release,
)
from fep_tools.extensions.names import WALKER_VERSION
from fep_tools.process.loader import load_process
from fep_tools.proposals.model import Proposal

from ..conftest import ROOT

PATH = "proposals/fep-0035.extensions.json"
RECORD = {"version": "1.0", "file": "a-1.0.tar.gz", "sha256": "0" * 64}
USE = {"symbol": "a.b", "path": "a.py", "line": 1, "column": 1, "certainty": "likely"}
GOOD = {
    "number": 35,
    "walker": WALKER_VERSION,
    "symbols": ["flask.Markup", "flask.escape"],
    "extensions": {"A": {**RECORD, "uses": [USE]}, "B": {**RECORD, "uses": []}},
}


def data(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def proposal(number: int = 35) -> Proposal:
    path = f"proposals/fep-{number:04}.rst"
    process = load_process(ROOT / "fep/process.toml")
    return Proposal.parse((ROOT / path).read_text("utf-8"), process, path)


def test_round_trip() -> None:
    results = AffectedFile.parse(data())
    assert AffectedFile.parse(results.dump()) == results
    assert [name for name, each in results.extensions.items() if each.is_affected] == ["A"]
    guarded = {**USE, "certainty": "guarded"}
    prepared = AffectedFile.parse(data(extensions={"A": {**RECORD, "uses": [guarded]}}))
    assert not prepared.extensions["A"].is_affected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "is not JSON"),
        (b"[]", "does not have the format of `fep extensions affected`"),
        (data(extra=1), 'does not have the format of `fep extensions affected`, see "extra"'),
        (data(number="35"), 'does not have the format of `fep extensions affected`, see "number"'),
        (data()[:-1] + b', "walker": 1}', 'has "walker" twice in one object'),
        (b" " * (AffectedFile.max_size + 1), "is larger than 1024 KiB"),
    ],
)
def test_what_cannot_be_used(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError) as refused:
        AffectedFile.parse(content)
    assert str(refused.value) == reason
    assert find_results({PATH: content}, "proposals/fep-0035.rst") == reason
    assert AffectedFile.renumber(content, 36) == content


def test_find_results() -> None:
    assert affected_path("proposals/fep-0035.rst") == PATH
    assert find_results({}, "proposals/fep-0035.rst") is None
    assert find_results({PATH: Refusal("is a link")}, "proposals/fep-0035.rst") == "is a link"
    found = find_results({PATH: data()}, "proposals/fep-0035.rst")
    assert isinstance(found, AffectedFile)
    assert AffectedFile.parse(AffectedFile.renumber(data(), 36)).number == 36


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"number": 36}, "are those of proposal 36"),
        (
            {"symbols": ["flask.Markup"]},
            "are about other names than the proposal (flask.escape)",
        ),
        ({"walker": 0}, "come from another version of fep-tools"),
    ],
)
def test_explain_stale(changes: dict[str, object], reason: str) -> None:
    assert explain_stale(AffectedFile.parse(data(**changes)), proposal()) == reason


def test_first_release() -> None:
    assert [first_release(proposal(n)) for n in (35, 18, 23, 28, 20, 1)] == [
        "3.0", "2.3", "2.3", "3.2", "3.2", None,
    ]  # fmt: skip


def test_committed_results_are_current() -> None:
    files = sorted((ROOT / "proposals").glob("*.extensions.json"))
    assert len(files) > 5
    for file in files:
        results = AffectedFile.parse(file.read_bytes())
        assert explain_stale(results, proposal(results.number)) == "", file.name
        assert results.dump() == file.read_bytes()

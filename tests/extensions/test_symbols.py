"""What proposals declare about names of the program."""

from __future__ import annotations

import pytest

from fep_tools.extensions.symbols import (
    decided_changes,
    declared_changes,
    release_key,
    SymbolChange,
)
from fep_tools.process.model import Process
from fep_tools.proposals.model import Proposal

from ..conftest import ROOT


@pytest.fixture(scope="module")
def process() -> Process:
    from fep_tools.process.loader import load_process

    return load_process(ROOT / "fep/process.toml")


def proposal(process: Process, headers: str, status: str = "Final") -> Proposal:
    text = f"FEP: 19\nTitle: A removal\nStatus: {status}\n{headers}\n\nText\n"
    return Proposal.parse(text, process, "proposals/fep-0019.rst")


CASES = [
    ("Flask-Version: 2.3\nRemoves: a.b", [("a.b", "removes", None, "2.3", "2.3")]),
    (
        "Flask-Version: 1.0\nRemoved-In: 2.3\nDeprecated-In: 2.2\nRemoves: a.b",
        [("a.b", "removes", "2.2", "2.3", "2.3")],
    ),
    (
        "Flask-Version: 2.2\nDeprecated-In: 2.2\nRemoves: a.b (2.3), a.c (2.4)",
        [("a.b", "removes", "2.2", "2.3", "2.3"), ("a.c", "removes", "2.2", "2.4", "2.4")],
    ),
    ("Flask-Version: 3.2\nDeprecates: a.b", [("a.b", "deprecates", "3.2", None, "3.2")]),
    (
        "Flask-Version: 3.2\nDeprecated-In: 3.0\nDeprecates: a.b, a.c (3.1)",
        [("a.b", "deprecates", "3.0", None, "3.0"), ("a.c", "deprecates", "3.1", None, "3.1")],
    ),
    ("Flask-Version: 3.2\nChanges: a.b", [("a.b", "changes", None, "3.2", "3.2")]),
    ("Removes: a.b", [("a.b", "removes", None, None, None)]),
    ("Flask-Version: 3.2", []),
]


@pytest.mark.parametrize(("headers", "expected"), CASES)
def test_releases(
    process: Process, headers: str, expected: list[tuple[str, str, str, str, str]]
) -> None:
    changes = declared_changes(proposal(process, headers))
    assert [(c.symbol, c.kind, c.deprecated, c.release, c.since) for c in changes] == expected
    assert {c.number for c in changes} <= {19}


@pytest.mark.parametrize(
    ("status", "headers", "counts"),
    [
        ("Final", "", True),
        ("Accepted", "", True),
        ("Draft", "", False),
        ("Rejected", "", False),
        ("Withdrawn", "", False),
        ("Superseded", "Superseded-By: 20", True),
        ("Unknown", "", False),
    ],
)
def test_only_what_is_decided(process: Process, status: str, headers: str, counts: bool) -> None:
    one = proposal(process, f"Flask-Version: 2.3\nRemoves: a.b\n{headers}", status)
    found = decided_changes([one], process)
    assert found == ((SymbolChange("a.b", "removes", 19, None, "2.3"),) if counts else ())


def test_release_key() -> None:
    versions = ["3.1", "2.10", "2.9", "3.1.2", "0.7"]
    assert sorted(versions, key=release_key) == ["0.7", "2.9", "2.10", "3.1", "3.1.2"]
    assert release_key("3.0") == release_key("3.0.0")


def test_own_proposals_declare_what_they_remove(process: Process) -> None:
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / "proposals").glob("*.rst"))}
    proposals = [Proposal.parse(text, process, path.name) for path, text in texts.items()]
    found = {
        c.symbol: (c.number, c.deprecated, c.release) for c in decided_changes(proposals, process)
    }
    assert found["flask.Flask.before_first_request"] == (19, "2.2", "2.3")
    assert found["flask.ext"] == (13, "0.11", "1.0")
    assert found["flask.Markup"] == (35, "2.3", "3.0")
    assert found["flask.json.JSONEncoder"] == (18, "2.2", "2.3")
    assert found["flask.Flask.env"] == (23, "2.2", "2.3")

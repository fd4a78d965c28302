"""``fep notes check``, ``fep notes matrix``, and notes in the output of other commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from .drafts import Run

Noted = Callable[..., Path]


def test_valid_notes_have_no_findings(run: Run, noted: Noted) -> None:
    assert run(noted(), "notes", "check") == (0, "1 file checked: no findings\n", "")


def test_a_failed_snippet_is_an_error(run: Run, noted: Noted) -> None:
    root = noted(state="failed", reason="took too long")
    status, out, _err = run(root, "notes", "check", "7")
    assert status == 1
    assert "error N024 [result-failed]" in out


def test_only_rules_about_notes_run(run: Run, noted: Noted) -> None:
    root = noted()
    file = root / "proposals" / "fep-0007.rst"
    file.write_text(file.read_text().replace("Created: 2026-11-01", "Created: yesterday"))
    assert run(root, "notes", "check")[0] == 0
    assert run(root, "check")[0] == 1


def test_a_stale_result_fails_a_strict_check_only(run: Run, noted: Noted) -> None:
    root = noted(version="24.6.0")
    assert run(root, "notes", "check")[0] == 0
    assert run(root, "notes", "check", "--strict")[0] == 1


def test_an_unknown_number_is_a_usage_error(run: Run, noted: Noted) -> None:
    status, _out, err = run(noted(), "notes", "check", "8")
    assert status == 2
    assert "there is no FEP 8" in err


def test_the_matrix_has_a_line_for_each_proposal(run: Run, noted: Noted) -> None:
    status, out, _err = run(noted(), "notes", "matrix")
    assert status == 0
    assert out.split("\n")[:2] == [
        "       Sanic 25.12.1  Hug",
        "FEP 7  similar +      absent",
    ]
    assert out.endswith("x unavailable, no sign: claim only, no snippet\n")


@pytest.mark.parametrize(
    ("changed", "mark"),
    [({"state": "failed"}, "similar !"), ({"version": "1"}, "similar ~")],
)
def test_the_matrix_marks_the_state(
    run: Run, noted: Noted, changed: dict[str, str], mark: str
) -> None:
    assert mark in run(noted(**changed), "notes", "matrix")[1]


def test_the_matrix_as_json_and_csv(run: Run, noted: Noted) -> None:
    root = noted()
    sanic, hug = json.loads(run(root, "notes", "matrix", "--format", "json")[1])
    assert sanic == {
        "number": 7, "title": "Typed views", "framework": "sanic", "stance": "similar",
        "state": "verified", "version": "25.12.1", "python": "3.11",
    }  # fmt: skip
    assert (hug["state"], hug["version"]) == ("claim-only", None)
    table = list(csv.DictReader(StringIO(run(root, "notes", "matrix", "--format", "csv")[1])))
    assert [row["framework"] for row in table] == ["sanic", "hug"]


def test_a_matrix_without_notes(run: Run, checkout: Callable[..., Path]) -> None:
    assert run(checkout(), "notes", "matrix")[1] == "no proposal has notes\n"


def test_proposals_are_listed_by_framework(run: Run, noted: Noted) -> None:
    root = noted()
    assert "Typed views" in run(root, "list", "--framework", "Sanic")[1]
    assert run(root, "list", "--framework", "quart")[1] == ""
    status, _out, err = run(root, "list", "--framework", "sanik")
    assert (status, err) == (2, 'fep: there is no framework "sanik"; did you mean sanic?\n')


def test_one_proposal_is_shown_with_its_notes(run: Run, noted: Noted) -> None:
    out = run(noted(), "show", "7")[1]
    assert "Sanic:         similar        verified on Sanic 25.12.1, Python 3.11" in out
    assert "Hug:           absent         not verified: no snippet" in out
    assert "fails on Sanic 25.12.1" in run(noted(state="failed"), "show", "7")[1]


def test_the_catalog_has_notes_and_frameworks(run: Run, noted: Noted) -> None:
    (entry,) = json.loads(run(noted(), "list", "--format", "json")[1])
    assert entry["notes"][0] == {
        "framework": "sanic", "stance": "similar", "state": "verified", "version": "25.12.1",
        "python": "3.11", "via": None, "since": None, "docs": "https://sanic.dev/en/guide/",
    }  # fmt: skip


def test_a_community_without_notes_has_none(run: Run, noted: Noted) -> None:
    root = noted()
    status, _out, err = run(root, "list", "--process", "pep", "--framework", "sanic")
    assert (status, err) == (2, "fep: this repository has no notes on other frameworks\n")

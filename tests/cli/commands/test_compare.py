"""``fep compare``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fep_tools.catalog import schemas

from ...catalog.test_schemas import assert_matches
from ...editorial.test_finding_records import document, finding
from ..drafts import Run


@pytest.fixture
def checked(run: Run, repo: Path) -> Path:
    """A repository with the results of two checks, between which one file was changed."""
    path = repo / "proposals" / "fep-0010.rst"
    good = path.read_text("utf-8")
    path.write_text(good.replace("Status: Draft", "Status: Drfat"), "utf-8")
    run(repo, "check", "--format", "json:a.json", "--exit-zero")
    path.write_text(f"\n{good.replace('Author: ', 'Autor: ')}", "utf-8")
    run(repo, "check", "--format", "json:b.json", "--exit-zero")
    return repo


def write(root: Path, name: str, **values: object) -> None:
    (root / name).write_text(json.dumps(document(**values)), "utf-8")


def test_text(run: Run, checked: Path) -> None:
    status, out, err = run(checked, "compare", "a.json", "b.json")
    assert (status, err) == (1, "")
    new, fixed = out.split("Fixed: ")
    assert new.startswith("New: ")
    assert "  proposals/fep-0010.rst:" in new
    assert "error H104 [header-choice]" not in new
    assert fixed.startswith("1 error\n  proposals/fep-0010.rst:")
    assert "error H104 [header-choice]: 'Status' is \"Drfat\"; write Draft\n" in fixed
    assert fixed.endswith("Kept: none\n")


def test_fixes_are_no_failure(run: Run, checked: Path) -> None:
    write(checked, "clean.json")
    status, out, _err = run(checked, "compare", "a.json", "clean.json")
    assert (status, out.splitlines()[0]) == (0, "New: none")


@pytest.mark.parametrize(("severity", "status"), [("error", 1), ("warning", 0)])
def test_only_new_errors_are_a_failure(run: Run, repo: Path, severity: str, status: int) -> None:
    write(repo, "a.json")
    (repo / "b.json").write_text(json.dumps(document(finding("a", severity))), "utf-8")
    found, out, _err = run(repo, "compare", "a.json", "b.json")
    assert (found, out.splitlines()[0]) == (status, f"New: 1 {severity}")


def test_json(run: Run, checked: Path) -> None:
    status, out, _err = run(checked, "compare", "a.json", "b.json", "--format", "json")
    assert status == 1
    assert_matches("compare", out)
    table = json.loads(out)
    assert table["fixed"] == json.loads((checked / "a.json").read_text("utf-8"))["diagnostics"]
    assert table["summary"]["fixed"] == 1
    assert table["summary"]["new"] == len(table["new"]) > 0


def test_the_schema_has_the_findings_of_check() -> None:
    check, compare = (json.loads(schemas.json_schema(name)) for name in ("check", "compare"))
    for name in ("Diagnostic", "Related"):
        assert compare["$defs"][name] == check["$defs"][name]


@pytest.mark.parametrize(("incomplete", "status"), [("a.json", 0), ("b.json", 2)])
def test_a_check_that_was_not_complete(run: Run, repo: Path, incomplete: str, status: int) -> None:
    for name in ("a.json", "b.json"):
        write(repo, name, complete=name != incomplete)
    found, _out, err = run(repo, "compare", "a.json", "b.json")
    letter = incomplete[0].upper()
    assert found == status
    assert err == f"fep: {letter} is not complete: something could not be checked\n"


def test_results_of_two_communities(run: Run, repo: Path) -> None:
    write(repo, "a.json")
    write(repo, "b.json", process="PEP")
    status, out, err = run(repo, "compare", "a.json", "b.json")
    assert (status, out, err) == (2, "", "fep: A is about FEPs, and B about PEPs\n")


def test_a_file_that_does_not_exist(run: Run, repo: Path) -> None:
    status, _out, err = run(repo, "compare", "a.json", "b.json")
    assert status == 2
    assert "a.json" in err


def test_hostile_text_is_harmless(run: Run, repo: Path) -> None:
    hostile = finding("a", path="\x1b]0;x\x07", message="##[x]\u202e", code="::x")
    write(repo, "a.json")
    (repo / "b.json").write_text(json.dumps(document(hostile)), "utf-8")
    for format_ in ("text", "json"):
        _status, out, _err = run(repo, "compare", "a.json", "b.json", "--format", format_)
        assert not {"\x1b", "\u202e"} & set(out)
        assert "##[" not in out

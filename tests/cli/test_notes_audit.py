"""``fep notes audit``, with a stub in place of a framework."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools.cli import main, terminal
from fep_tools.notes import audit

Run = Callable[..., tuple[int, str, str]]

CLEAN = "1 snippet, 1 clean; 1 variant, 0 passed, 0 of them with a reason\n"


@pytest.fixture
def run(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Run ``fep notes`` at the root: exit status, standard output, standard error."""
    monkeypatch.setenv("FEP_CACHE_DIR", str(tmp_path / "cache"))

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main.run(["notes", *arguments, "--root", str(root)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def add(root: Path, line: str) -> None:
    file = root / "proposals" / "fep-0012.rst"
    text = file.read_text("utf-8")
    new = text.replace("   app.get(", f"   {line}\n   app.get(")
    assert new != text
    file.write_text(new, "utf-8")


def saved(root: Path) -> dict[str, Any]:
    file = json.loads((root / "proposals" / "fep-0012.notes.json").read_text("utf-8"))
    result: dict[str, Any] = file["snippets"]["stub-greets"]
    return result


def test_a_snippet_that_proves_its_point_is_clean(run: Run) -> None:
    run("run", "--update")
    status, out, err = run("audit")
    assert (status, out) == (0, CLEAN)
    assert "auditing 1 snippet; sandbox: none" in err


def test_long_audits_show_their_progress(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "SECONDS_BETWEEN_LINES", 0.0)
    add(root, "app.debug = True")
    run("run", "--update")
    _status, _out, err = run("audit")
    assert err.splitlines()[1:] == ["fep: auditing: 50 % of 2 variants"]


def test_a_statement_that_is_not_needed_is_listed(run: Run, root: Path) -> None:
    add(root, "app.debug = True")
    run("run", "--update")
    status, out, _err = run("audit", "12")
    assert status == 1
    assert out == (
        "proposals/fep-0012.rst:26: stub-greets: not needed\n    app.debug = True\n"
        "1 snippet, 0 clean; 2 variants, 1 passed, 0 of them with a reason\n"
    )
    _status, out, _err = run("audit", "proposals/fep-0012.rst", "--format", "json")
    (row,) = json.loads(out)["snippets"]
    assert (row["name"], row["clean"], row["variants"]) == ("stub-greets", False, 2)
    assert row["survivors"] == [
        {"line": 26, "change": "statement", "statement": "app.debug = True", "reason": None}
    ]


def test_a_reason_is_accepted_as_long_as_it_is_one(run: Run, root: Path) -> None:
    add(root, "app.debug = True  # audit: it makes no difference")
    run("run", "--update")
    status, out, _err = run("audit")
    assert (status, out) == (
        0,
        "1 snippet, 1 clean; 2 variants, 1 passed, 1 of them with a reason\n",
    )
    add(root, "app.route('/')(lambda: 'hello')  # audit: not so")
    file = root / "proposals" / "fep-0012.rst"
    text = file.read_text("utf-8").replace('   app.route("/")(lambda: "hello")\n', "")
    file.write_text(text, "utf-8")
    run("run", "--update")
    status, out, _err = run("audit")
    assert status == 1
    assert "stub-greets: needed; remove the comment\n" in out


def test_an_audit_is_saved_with_the_result_and_belongs_to_it(run: Run, root: Path) -> None:
    run("run", "--update")
    assert "audit" not in saved(root)
    run("audit", "--update")
    assert saved(root)["audit"] == {"variants": 1, "survivors": []}
    status, out, err = run("audit")
    assert (status, out) == (0, CLEAN)
    assert "auditing" not in err
    run("run", "--all", "--update")
    assert saved(root)["audit"] == {"variants": 1, "survivors": []}
    add(root, "app.debug = True")
    run("run", "--update")
    assert "audit" not in saved(root)
    assert run("audit")[0] == 1


def test_an_unverified_snippet_is_not_audited(run: Run) -> None:
    status, out, _err = run("audit")
    assert status == 2
    assert "stub-greets was not audited: it is not-run; run: fep notes run 12 --update" in out


def test_a_variant_runs_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("run", "--update")
    first = run("audit", "--all")
    monkeypatch.setattr(audit, "run_snippet", None)  # calling it would fail
    assert run("audit", "--all")[:2] == first[:2]

"""``fep build``: what it takes, what it tells, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.cli import main

GOOD = """\
FEP: 7
Title: Typed views
Author: Ada Lovelace
Status: Draft
Type: Process
Created: 2026-01-02

Abstract
========

Views should have types.
"""

Checkout = Callable[..., Path]
Told = tuple[int, str, str]
Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``fep build``: exit status, standard output, standard error."""
    monkeypatch.delenv("CI", raising=False)

    def run(root: Path, *arguments: str) -> Told:
        output = root.parent / f"{root.name}-site"
        asked = ["build", "--root", str(root), "--output", str(output), "--jobs", "1", *arguments]
        status = main.run(asked)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_it_tells_what_it_wrote_and_what_to_open(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": GOOD})
    status, out, err = run(root)
    assert status == 0
    summary, opened = out.splitlines()
    assert summary == "1 proposal on 6 pages, 6 read, 6 written"
    assert Path(opened.removeprefix("open ")).is_file()
    assert err == "fep: reading the proposals\nfep: parsing 6 pages\nfep: writing\n"
    assert "0 read, 0 written" in run(root)[1]


def test_what_is_left_out_fails_the_run(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": GOOD, "fep-0008.rst": b"\xff"})
    status, out, err = run(root)
    assert status == 1
    assert "1 left out" in out
    assert "proposals/fep-0008.rst:1: ERROR: is not UTF-8" in err


def test_warnings_fail_the_run_if_wanted(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": f"{GOOD}\n:fep:`8`\n"})
    status, out, _err = run(root)
    assert (status, "1 warning" in out) == (0, True)
    root.joinpath("proposals", "fep-0007.rst").write_text(f"{GOOD}\n:fep:`9`\n", "utf-8")
    assert run(root, "--strict")[0] == 1


def test_local_pages_link_to_files(checkout: Checkout, run: Run) -> None:
    _status, out, _err = run(checkout({"fep-0007.rst": GOOD}), "--local")
    index = Path(out.splitlines()[1].removeprefix("open "))
    assert 'href="fep-0007/index.html"' in index.read_text("utf-8")


def test_a_place_that_cannot_be_built_into(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": GOOD})
    status, _out, err = run(root, "--output", str(root))
    assert status == 2
    assert "cannot be identical" in err


def test_a_process_that_is_unsound(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": GOOD})
    process = root / "fep" / "process.toml"
    process.write_text(process.read_text("utf-8").replace('"FEP"', '"F E P"', 1), "utf-8")
    status, _out, err = run(root)
    assert status == 2
    assert "process.toml" in err
    assert "Traceback" not in err


def test_a_repository_that_was_just_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ["--acronym", "TIP", "--name", "Team Improvement Proposal", "--author", "Ada"]
    assert main.run(["init", str(tmp_path / "tips"), *named]) == 0
    assert capsys.readouterr().out.startswith("1 file checked: nothing found\n1 proposal on ")
    assert (tmp_path / "tips" / "build" / "site" / "tip-0001" / "index.html").is_file()

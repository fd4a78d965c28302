"""``fep adopt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools import config

from ..drafts import Run

TEXT = """\
TIP: {n}
Title: The title of {n}
Author: Ada Lovelace
Status: Draft
Type: Change
Created: 2024-01-02

Abstract
========

Text, as *{n}.
"""


@pytest.fixture
def tips(tmp_path: Path) -> Path:
    for n in (1, 2):
        (tmp_path / f"tip-{n:04}.rst").write_text(TEXT.format(n=n))
    return tmp_path


def test_a_process_is_written_and_used(run: Run, tips: Path) -> None:
    status, out, err = run(tips, "adopt")
    assert status == 0
    assert out == (
        "fep/process.toml written\n2 files checked: 2 errors\n     2  B001  Markup is not valid.\n"
    )
    assert err == (
        "Next:\n"
        "  1. read its comments, correct it, and run: fep check; "
        "fep explain CODE explains a rule\n"
        "  2. build the site and look at it: fep preview\n"
        "  3. let CI check pull requests: fep init adds a workflow\n"
    )
    assert 'pattern = "tip-{number:04}.rst"' in (tips / "fep" / "process.toml").read_text()
    assert run(tips, "check", "--ignore", "B001")[0] == 0


@pytest.mark.parametrize(
    ("ignored", "step"),
    [
        ("*.pyc\n", "  2. add to .gitignore the lines .fep_cache/ and build/\n"),
        ("/build/\n", "  2. add to .gitignore the lines .fep_cache/\n"),
        (".fep_cache\n/build/\n", "  2. build the site and look at it: fep preview\n"),
    ],
)
def test_lines_that_git_should_ignore(ignored: str, step: str, run: Run, tips: Path) -> None:
    (tips / ".gitignore").write_text(ignored)
    assert step in run(tips, "adopt")[2]


def test_a_dry_run_prints_the_process(run: Run, tips: Path) -> None:
    status, out, err = run(tips, "adopt", "--dry-run")
    assert (status, err) == (0, "")
    schema = f"#:schema {config.PROCESS_SCHEMA_URL}\n#\n"
    assert out.startswith(f"{schema}# The process of TIPs, inferred from 2 files.")
    assert not (tips / "fep").exists()


def test_an_existing_process_is_kept(run: Run, tips: Path) -> None:
    (tips / "fep").mkdir()
    (tips / "fep" / "process.toml").write_text("# ours\n")
    status, out, err = run(tips, "adopt")
    assert (status, out) == (2, "")
    assert "fep/process.toml already exists; use --dry-run to print another one" in err
    assert (tips / "fep" / "process.toml").read_text() == "# ours\n"


def test_a_directory_without_proposals(run: Run, tmp_path: Path) -> None:
    status, _out, err = run(tmp_path, "adopt")
    assert status == 2
    assert "found no proposals" in err

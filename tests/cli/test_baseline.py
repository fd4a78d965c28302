"""``fep baseline``."""

from __future__ import annotations

from pathlib import Path

from .test_cli import BAD, GOOD, Run
from .test_cli import root as root
from .test_cli import run as run


def bad(root: Path, number: int, text: str = BAD) -> None:
    (root / "proposals" / f"fep-00{number}.rst").write_text(text.format(n=number), "utf-8")


def test_written_told_as_known_and_pruned(run: Run, root: Path) -> None:
    bad(root, 10)
    bad(root, 11)
    assert run(root, "baseline", "write")[:2] == (0, ".fep-baseline.json: 2 known findings\n")
    assert run(root, "check")[:2] == (0, "3 files checked: nothing found; 2 in the baseline\n")
    assert run(root, "check", "--no-baseline", "--format", "concise")[1].count(" H103 ") == 2
    bad(root, 12)
    status, out, _err = run(root, "check", "--format", "concise")
    assert (status, out.count(" H103 ")) == (1, 1)
    bad(root, 12, GOOD)
    bad(root, 11, GOOD)
    assert (
        "1 finding in the baseline no longer occurs; run: fep baseline prune"
        in run(root, "check")[1]
    )
    assert run(root, "baseline", "prune")[1] == ".fep-baseline.json: 1 known finding, 1 removed\n"
    assert run(root, "check")[:2] == (0, "3 files checked: nothing found; 1 in the baseline\n")


def test_written_again_it_forgets_nothing_that_is_still_there(run: Run, root: Path) -> None:
    bad(root, 10)
    run(root, "baseline", "write")
    first = (root / ".fep-baseline.json").read_bytes()
    run(root, "baseline", "write")
    assert (root / ".fep-baseline.json").read_bytes() == first


def test_without_a_file_there_is_nothing_to_prune(run: Run, root: Path) -> None:
    status, _out, err = run(root, "baseline", "prune")
    assert status == 0
    assert "there is no .fep-baseline.json; create it with `fep baseline write`" in err


def test_it_may_have_another_name_and_stays_inside(run: Run, root: Path) -> None:
    (root / "pyproject.toml").write_text('[tool.fep]\nbaseline = "fep/known.json"\n')
    assert run(root, "baseline", "write")[1] == "fep/known.json: 0 known findings\n"
    assert (root / "fep" / "known.json").is_file()
    (root / "pyproject.toml").write_text('[tool.fep]\nbaseline = "../known.json"\n')
    status, _out, err = run(root, "baseline", "write")
    assert (status, (root.parent / "known.json").exists()) == (2, False)
    assert "is outside of" in err


def test_what_is_no_baseline_is_one_sentence(run: Run, root: Path) -> None:
    (root / ".fep-baseline.json").write_text("[1]")
    status, _out, err = run(root, "check")
    assert (status, err) == (
        2,
        "fep: .fep-baseline.json: not a baseline file; to create one, run: fep baseline write\n",
    )

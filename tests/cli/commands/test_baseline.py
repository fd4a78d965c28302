"""``fep baseline``."""

from __future__ import annotations

from pathlib import Path

from ..drafts import BAD, GOOD, Run


def bad(repo: Path, number: int, text: str = BAD) -> None:
    (repo / "proposals" / f"fep-00{number}.rst").write_text(text.format(n=number), "utf-8")


def test_write_check_and_prune(run: Run, repo: Path) -> None:
    bad(repo, 10)
    bad(repo, 11)
    assert run(repo, "baseline", "write")[:2] == (0, ".fep-baseline.json: 2 known findings\n")
    assert run(repo, "check")[:2] == (0, "3 files checked: no findings; 2 in the baseline\n")
    assert run(repo, "check", "--no-baseline", "--format", "concise")[1].count(" H103 ") == 2
    bad(repo, 12)
    status, out, _err = run(repo, "check", "--format", "concise")
    assert (status, out.count(" H103 ")) == (1, 1)
    bad(repo, 12, GOOD)
    bad(repo, 11, GOOD)
    assert (
        "1 finding in the baseline no longer occurs; run: fep baseline prune"
        in run(repo, "check")[1]
    )
    assert run(repo, "baseline", "prune")[1] == ".fep-baseline.json: 1 known finding, 1 removed\n"
    assert run(repo, "check")[:2] == (0, "3 files checked: no findings; 1 in the baseline\n")


def test_writing_again_keeps_existing_findings(run: Run, repo: Path) -> None:
    bad(repo, 10)
    run(repo, "baseline", "write")
    first = (repo / ".fep-baseline.json").read_bytes()
    run(repo, "baseline", "write")
    assert (repo / ".fep-baseline.json").read_bytes() == first


def test_pruning_without_a_baseline(run: Run, repo: Path) -> None:
    status, _out, err = run(repo, "baseline", "prune")
    assert status == 0
    assert "there is no .fep-baseline.json; create it with `fep baseline write`" in err


def test_the_file_can_be_configured_but_stays_inside_the_repository(run: Run, repo: Path) -> None:
    (repo / "pyproject.toml").write_text('[tool.fep]\nbaseline = "fep/known.json"\n')
    assert run(repo, "baseline", "write")[1] == "fep/known.json: 0 known findings\n"
    assert (repo / "fep" / "known.json").is_file()
    (repo / "pyproject.toml").write_text('[tool.fep]\nbaseline = "../known.json"\n')
    status, _out, err = run(repo, "baseline", "write")
    assert (status, (repo.parent / "known.json").exists()) == (2, False)
    assert "must name a file inside the repository" in err


def test_an_invalid_baseline_is_an_error(run: Run, repo: Path) -> None:
    (repo / ".fep-baseline.json").write_text("[1]")
    status, _out, err = run(repo, "check")
    assert (status, err) == (
        2,
        "fep: .fep-baseline.json: not a baseline file; to create one, run: fep baseline write\n",
    )

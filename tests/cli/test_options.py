"""Options that all commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .drafts import BAD, Run


def test_color(run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    assert "\x1b[" not in run(repo, "check")[1]
    assert "\x1b[" in run(repo, "check", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run(repo, "check")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run(repo, "check")[1]
    assert "\x1b[" not in run(repo, "check", "--color", "never")[1]


def test_a_second_run_uses_the_cache_and_prints_the_same(run: Run, repo: Path) -> None:
    (repo / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    first = run(repo, "check")
    assert (repo / ".fep_cache" / "facts.sqlite3").is_file()
    assert run(repo, "check") == first
    assert run(repo, "check", "--no-cache") == first


def test_in_ci_there_is_no_cache_in_the_repository(
    run: Run, repo: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    run(repo, "check")
    assert not (repo / ".fep_cache").exists()
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FEP_CACHE_DIR", str(folder))
    run(repo, "check")
    assert (folder / "facts.sqlite3").is_file()

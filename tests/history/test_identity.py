"""Who the author of a commit is, to git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fep_tools.history.identity import author_identity


@pytest.fixture
def user_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings of git, which are empty; the system has none."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "gitconfig"
    path.touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def configure(root: Path, name: str, value: str) -> None:
    subprocess.run(["git", "-C", str(root), "config", name, value], check=True)


def test_git_knows_nobody(user_settings: Path, repository: Path) -> None:
    assert author_identity(repository) == ("", "")


def test_the_settings_of_the_user(user_settings: Path, repository: Path) -> None:
    user_settings.write_text("[user]\nname = Renée Niño\nemail = r@example.org\n", "utf-8")
    assert author_identity(repository) == ("Renée Niño", "r@example.org")
    assert author_identity(repository / "not" / "there") == ("Renée Niño", "r@example.org")
    assert author_identity(user_settings.parent) == ("Renée Niño", "r@example.org")


def test_the_settings_of_the_repository_come_first(user_settings: Path, repository: Path) -> None:
    user_settings.write_text("[user]\nname = Ada\nemail = ada@example.org\n")
    configure(repository, "user.name", "Ada Lovelace")
    assert author_identity(repository) == ("Ada Lovelace", "ada@example.org")


def test_an_author_may_differ_from_the_committer(user_settings: Path, repository: Path) -> None:
    user_settings.write_text("[user]\nname = Bot\n[author]\nname = Ada\n")
    assert author_identity(repository) == ("Ada", "")


def test_the_environment_comes_first(
    user_settings: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_settings.write_text("[user]\nname = Bot\nemail = bot@example.org\n")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada")
    assert author_identity(repository) == ("Ada", "bot@example.org")


@pytest.mark.parametrize(
    ("written", "name"), [(" Ada <", "Ada"), ("<>", ""), ("Sam Roe Jr.", "Sam Roe Jr.")]
)
def test_a_name_loses_what_git_takes_from_it(
    user_settings: Path, repository: Path, written: str, name: str
) -> None:
    configure(repository, "user.name", written)
    assert author_identity(repository)[0] == name


def test_without_git(user_settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert author_identity(tmp_path) == ("", "")

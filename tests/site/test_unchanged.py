"""Which builds are left out because nothing has changed, and which never are."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from fep_tools.site import unchanged
from fep_tools.site.options import BuildOptions, BuildReport
from fep_tools.site.unchanged import LastBuild, Recorder

WARNING = "a.rst:1: WARNING: odd\n"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuildOptions:
    """Return the options of a build that was made once, of files that are old enough."""
    monkeypatch.setattr(unchanged, "RACY_SECONDS", -60.0)
    root = tmp_path / "repository"
    for path, text in {
        "a.rst": "one",
        "objects/b.rst": "two",
        "objects/__pycache__/b.txt": "two",
        "objects/.fep_cache/b.png": "two",
        ".git/HEAD": "ref: refs/heads/main",
        ".git/refs/heads/main": "1234",
        ".git/objects/12/34": "an object",
        ".fep_cache/facts.sqlite3": "facts",
        "build/site/index.html": "page",
        "build/site/objects/index.html": "page",
    }.items():
        root.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        root.joinpath(path).write_text(text, "utf-8")
    doctrees = tmp_path / "doctrees"
    doctrees.mkdir()
    options = BuildOptions(root, root / "build" / "site", "pep", doctrees=doctrees)
    keep(options)
    assert again(options) is not None
    return options


def report_of(options: BuildOptions) -> BuildReport:
    index = options.output / "index.html"
    return BuildReport(2, 3, read=3, written=3, unreadable=0, errors=0, warnings=1, index=index)


def keep(options: BuildOptions, errors: int = 0) -> None:
    """Record a build."""
    LastBuild(options).keep(replace(report_of(options), errors=errors), WARNING)


def again(options: BuildOptions) -> BuildReport | None:
    """Return the report of a build that is left out, if it is."""
    return LastBuild(options).report(StringIO())


def test_it_repeats_the_report_and_the_warnings(options: BuildOptions) -> None:
    output = StringIO()
    report = LastBuild(options).report(output)
    assert report == replace(report_of(options), read=0, written=0)
    assert output.getvalue() == WARNING


def test_warnings_are_printed_and_kept() -> None:
    output = StringIO()
    recorder = Recorder(output)
    recorder.write(WARNING)
    recorder.flush()
    assert recorder.text == output.getvalue() == WARNING


def write(path: str, text: str) -> Callable[[BuildOptions], None]:
    return lambda options: void(options.root.joinpath(path).write_text(text, "utf-8"))


def void(_value: object) -> None:
    """Return nothing."""


@pytest.mark.parametrize(
    "change",
    [
        write("a.rst", "eno"),
        write("objects/b.rst", "owt"),
        write("new.toml", ""),
        write(".git/HEAD", "ref: refs/heads/next"),
        write(".git/refs/heads/main", "4321"),
        write("build/site/index.html", "epag"),
        write("build/site/objects/index.html", "epag"),
        write("build/site/other.html", ""),
        write("conf.py", ""),
        write("objects/__pycache__/b.txt", "owt"),
        write("objects/.fep_cache/b.png", "owt"),
        lambda options: options.root.joinpath("a.rst").chmod(0o700),
        lambda options: options.root.joinpath("a.rst").unlink(),
        lambda options: options.output.joinpath("index.html").unlink(),
        lambda options: options.root.joinpath("link").symlink_to(options.root / "build"),
        lambda options: void(options.doctrees and (options.doctrees / unchanged.RECORD).unlink()),
        lambda options: void(
            options.doctrees and (options.doctrees / unchanged.RECORD).write_text("[]")
        ),
    ],
)
def test_a_change_is_built(options: BuildOptions, change: Callable[[BuildOptions], None]) -> None:
    change(options)
    assert again(options) is None


@pytest.mark.parametrize(
    "path", [".git/objects/56", ".fep_cache/facts.sqlite3", "b.pyc", ".git/logs"]
)
def test_caches_and_objects_of_git_are_no_change(options: BuildOptions, path: str) -> None:
    file = options.root / path
    if file.suffix:
        file.write_text("other", "utf-8")
    else:
        file.mkdir()
        file.joinpath("78").write_text("other", "utf-8")
    assert again(options) is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [("SOURCE_DATE_EPOCH", "1795219200"), ("GIT_CONFIG_GLOBAL", "x"), ("LANG", "xx")],
)
def test_another_day_or_environment_is_built(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert again(options) is None


@pytest.mark.parametrize(
    "changes", [{"base": "https://example.org/"}, {"local": True}, {"builder": "linkcheck"}]
)
def test_other_options_are_built(options: BuildOptions, changes: dict[str, object]) -> None:
    assert again(replace(options, **changes)) is None  # type: ignore[arg-type]


def test_another_program_is_built(options: BuildOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [str(options.root)])
    assert again(options) is None


def test_a_build_with_errors_is_made_again(options: BuildOptions) -> None:
    keep(options, errors=1)
    assert again(options) is None


def test_a_file_that_may_change_unseen_is_built(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "RACY_SECONDS", 60.0)
    keep(options)
    monkeypatch.setattr(unchanged, "RACY_SECONDS", -60.0)
    assert again(options) is None


def test_a_file_that_changes_during_the_build_is_built(options: BuildOptions) -> None:
    last = LastBuild(options)
    options.root.joinpath("a.rst").write_text("three", "utf-8")
    last.keep(report_of(options), WARNING)
    assert again(options) is None


def test_a_worktree_of_git_is_always_built(options: BuildOptions) -> None:
    git = options.root / ".git"
    os.rename(git, options.root / "data")
    git.write_text("gitdir: data", "utf-8")
    keep(options)
    assert again(options) is None


def test_too_many_files_are_built(options: BuildOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "MAX_FILES", 2)
    keep(options)
    assert again(options) is None


def test_the_own_virtual_environment_is_not_looked_at(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = options.root / ".venv"
    environment.mkdir()
    environment.joinpath("pyvenv.cfg").write_text("", "utf-8")
    assert again(options) is None
    monkeypatch.setattr("sys.prefix", str(environment))
    assert again(options) is not None


def test_a_change_beside_the_settings_of_an_environment_is_built(options: BuildOptions) -> None:
    options.root.joinpath("objects", "pyvenv.cfg").write_text("", "utf-8")
    keep(options)
    assert again(options) is not None
    options.root.joinpath("objects", "b.rst").write_text("three", "utf-8")
    assert again(options) is None


def test_the_target_of_a_link_counts(options: BuildOptions, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("one", "utf-8")
    options.root.joinpath("link.rst").symlink_to(target)
    keep(options)
    assert again(options) is not None
    target.write_text("eno", "utf-8")
    assert again(options) is None

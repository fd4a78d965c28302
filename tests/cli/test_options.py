"""Options that all commands share."""

from __future__ import annotations

import time
from pathlib import Path

import click
import pytest

from fep_tools.cli import options, storage

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


# Azure Pipelines, TeamCity and AWS CodeBuild do not set CI.
@pytest.mark.parametrize("name", ["CI", "TF_BUILD", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID"])
def test_in_ci_there_is_no_cache_in_the_repository(
    run: Run, repo: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:  # fmt: skip
    monkeypatch.setenv(name, "true")
    run(repo, "check")
    assert not (repo / ".fep_cache").exists()
    assert storage.index_directory() is None
    directory = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FEP_CACHE_DIR", str(directory))
    run(repo, "check")
    assert (directory / "facts.sqlite3").is_file()


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ((), ()),
        (("H103",), ("H103",)),
        (("H,S", "header-date"), ("H", "S", "header-date")),
        ((" H , ,S,",), ("H", "S")),
    ],
)
def test_split_codes(values: tuple[str, ...], codes: tuple[str, ...]) -> None:
    assert options.split_codes(values) == codes


@pytest.mark.parametrize(
    ("files", "process", "expected"),
    [
        ((), None, "a/b"),
        (("a/fep/process.toml",), None, "a"),
        (("a/.git", "fep/process.toml"), None, "a"),
        (("a/fep/process.toml", ".git"), None, "a"),
        # A repository whose process is named on the command line need not have its own.
        (("a/fep/process.toml", ".git"), "pep", ""),
        (("a/fep/process.toml",), "pep", "a/b"),
    ],
)
def test_find_root(
    tmp_path: Path, files: tuple[str, ...], process: str | None, expected: str
) -> None:
    start = tmp_path / "a" / "b"
    start.mkdir(parents=True)
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    assert options.find_root(start, process) == tmp_path / expected


def test_find_root_does_not_look_where_anybody_may_write(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    for directory in (shared / "fep", shared / "mine"):
        directory.mkdir(parents=True)
    shared.joinpath("fep/process.toml").touch()
    shared.chmod(0o1777)
    assert options.find_root(shared / "mine", None) == shared / "mine"
    assert options.find_root(shared / "missing", None) == shared / "missing"
    assert options.find_root(shared, None) == shared


def test_find_root_of_a_link_to_the_proposals(tmp_path: Path) -> None:
    (tmp_path / "r" / "fep").mkdir(parents=True)
    (tmp_path / "r" / "proposals").mkdir()
    (tmp_path / "r" / "fep" / "process.toml").touch()
    (tmp_path / "link").symlink_to(tmp_path / "r" / "proposals")
    assert options.find_root(tmp_path / "link", None) == tmp_path / "r"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.rst", "sub/a.rst"), ("../a.rst", "a.rst"), ("./x/../a.rst", "sub/a.rst"), ("..", ".")],
)
def test_path_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, expected: str
) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert options.path_inside(tmp_path, path) == expected
    with pytest.raises(click.UsageError, match="is not inside"):
        options.path_inside(tmp_path, "../../a.rst")


@pytest.mark.parametrize("root", ["real", "link", "real/../link", "real/sub/.."])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("real/sub/a.rst", "sub/a.rst"),
        ("link/sub/a.rst", "sub/a.rst"),
        ("link/./sub/../sub/a.rst", "sub/a.rst"),
        ("real/there/a.rst", "sub/a.rst"),  # a link in the repository to another directory of it
        ("link/there", "sub"),
        ("link/not-yet.rst", "not-yet.rst"),
        ("link/alias.rst", "alias.rst"),  # a proposal that is a link is reported as one
        ("outside.rst", "sub/a.rst"),  # a link from elsewhere to a proposal
        ("link/circle", "circle"),
        ("link", "."),
        ("link/..", None),
        ("real/out/a.rst", None),
    ],
)
def test_links_on_the_way_to_a_file_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: str, path: str, expected: str | None
) -> None:
    (tmp_path / "real" / "sub").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "real" / "sub" / "a.rst").write_bytes(b"")
    for name, target in {
        "link": "real",
        "real/there": "sub",
        "real/alias.rst": "sub/a.rst",
        "real/circle": "circle",
        "real/out": "../elsewhere",
        "outside.rst": "real/sub/a.rst",
    }.items():
        (tmp_path / name).symlink_to(target)
    monkeypatch.chdir(tmp_path)
    for typed in (path, str(tmp_path / path)):
        for directory in (Path(root), tmp_path / root):
            if expected is None:
                with pytest.raises(click.UsageError, match="is not inside"):
                    options.path_inside(directory, typed)
            else:
                assert options.path_inside(directory, typed) == expected


@pytest.mark.parametrize(("epoch", "expected"), [("0", "1970-01-01"), ("1795219200", "2026-11-21")])
def test_today_is_the_day_of_source_date_epoch(
    monkeypatch: pytest.MonkeyPatch, epoch: str, expected: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert options.today().isoformat() == expected


@pytest.mark.parametrize(
    ("epoch", "message"),
    [
        ("1795219200000", "it has milliseconds, so set it to 1795219200"),
        ("253402300800", "after the year 9999; set it to the seconds since 1970"),
        ("9" * 30, "after the year 9999; set it to the seconds since 1970"),
        ("-1", 'is "-1"; set it to the seconds since 1970, such as 1795219200'),
        ("1795219200.5", 'is "1795219200.5"; set it to the seconds since 1970'),
        ("2026-11-21", 'is "2026-11-21"; set it to'),
        ("\u0661", "set it to the seconds since 1970"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("build",), ("new", "X", "--author", "A")])
def test_a_wrong_source_date_epoch_is_refused(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...], epoch: str, message: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status, out, err = run(repo, *command)
    assert (status, out) == (2, "")
    assert err.startswith("fep: SOURCE_DATE_EPOCH is ")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("epoch", ["", " "])
def test_an_empty_source_date_epoch_is_none(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    today = options.today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert (options.today() - today).days in (0, 1)
    assert options.author_day() is not None


def test_the_day_of_an_author_is_that_of_the_author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    days = []
    for zone in ("EAST-14", "WEST+12"):  # never the same day: 26 hours lie between them
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        days.append(options.author_day())
    monkeypatch.undo()
    time.tzset()
    assert days[0] > days[1]


def test_the_day_of_an_author_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert options.author_day().isoformat() == "2023-11-14"

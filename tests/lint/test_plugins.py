"""Rules and report formats of a community; the package is the one in the handbook."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from flit_core import buildapi

from fep_tools import config
from fep_tools.errors import ConfigError
from fep_tools.lint import plugins

from ..cli.conftest import run as run
from ..cli.drafts import Run

HANDBOOK = Path(__file__).parents[2] / "docs" / "plugins.rst"
NAMED = '[tool.fep]\nplugins = ["acme-proposals"]\n'
PROPOSAL = """\
FEP: 7
Title: TYPED VIEWS
Author: Ada Lovelace
Status: Draft
Type: Process
Created: 2026-11-01

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license,
whichever is more permissive.
"""
_FILE = re.compile(r"(?m)^    :caption: (?P<name>\S+)\n\n(?P<text>(?:    .*\n|\n)+)")


def example_files() -> dict[str, str]:
    """Return the files of the package in the handbook."""
    blocks = _FILE.finditer(HANDBOOK.read_text("utf-8"))
    return {block["name"]: textwrap.dedent(block["text"]).strip() + "\n" for block in blocks}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a function that builds the package with some files replaced, and installs it."""
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.setattr(plugins, "_directories", lambda: [str(packages)])
    monkeypatch.syspath_prepend(packages)
    source = tmp_path / "acme"
    source.mkdir()

    def install(**changed: str) -> None:
        for name, text in (example_files() | changed).items():
            (source / name).write_text(text, "utf-8")
        here = Path.cwd()
        os.chdir(source)
        try:
            wheel = buildapi.build_wheel(str(tmp_path))
        finally:
            os.chdir(here)
        with ZipFile(tmp_path / wheel) as archive:
            archive.extractall(packages)
        importlib.invalidate_caches()

    yield install
    plugins._load_rules.cache_clear()
    plugins._load_reporters.cache_clear()
    sys.modules.pop("acme_proposals", None)


@pytest.fixture
def repo(checkout: Callable[..., Path]) -> Path:
    """A repository with a proposal, and the package in its settings."""
    root = checkout({"fep-0007.rst": PROPOSAL})
    (root / "pyproject.toml").write_text(NAMED, "utf-8")
    return root


def test_the_package_of_the_handbook(install: Callable[..., None], repo: Path, run: Run) -> None:
    install()
    message = "H900 [title-shouts]: 'Title' is in capitals; write Typed views"
    status, out, _err = run(repo, "check", "--format", "concise", "--select", "H")
    assert (status, message in out) == (0, True)
    assert run(repo, "check", "--select", "H900", "--format", "codes") == (
        0, "H900 proposals/fep-0007.rst\n", "",
    )  # fmt: skip
    assert "H900  title-shouts" in run(repo, "rules")[1]
    assert run(repo, "explain", "h900")[1].startswith("H900 title-shouts (level warning, ")
    assert "did you mean codes?" in run(repo, "check", "--format", "code")[2]
    (repo / "pyproject.toml").write_text(f'{NAMED}severity = {{ H900 = "error" }}\n', "utf-8")
    assert run(repo, "check", "--select", "title-shouts")[0] == 1
    ignored = PROPOSAL.replace("\n\nCopyright", "\n\n.. fep: ignore[H900] A brand.\n\nCopyright")
    (repo / "proposals" / "fep-0007.rst").write_text(ignored, "utf-8")
    status, out, _err = run(repo, "check", "--select", "H900,C015,C022")
    assert "no findings" in out
    assert run(repo, "check", "--format", "sarif", "--no-baseline")[0] == 0


RULES, PROJECT = example_files()["acme_proposals.py"], example_files()["pyproject.toml"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"acme_proposals.py": '"""X."""\n1 / 0\n'}, "fails with ZeroDivisionError: division"),
        ({"acme_proposals.py": '"""X."""\nraise SystemExit("no")\n'}, "fails with SystemExit: no"),
        ({"acme_proposals.py": '"""X."""\nimport nope\n'}, "fails with ModuleNotFoundError: "),
        ({"acme_proposals.py": '"""X."""\n'}, "no rule is in one of its entry points"),
        ({"acme_proposals.py": RULES.replace("H900", "H103")}, "use the letter of a family"),
        ({"acme_proposals.py": RULES.replace("H900", "X900")},
         "TypeError: title_shouts: the code X900 does not begin with the letter of a family"),
        ({"acme_proposals.py": RULES.replace("title_shouts", "header_date")},
         "its rule H900 [header-date] is there already, as H103 [header-date]"),
        ({"acme_proposals.py": RULES.replace("Good::", "Fine::")},
         "fails with TypeError: title_shouts: the docstring needs"),
        ({"acme_proposals.py": RULES.replace("field = ", "field = 1 / 0 or ")},
         "the rule H900 [title-shouts] of the plugin acme-proposals failed on proposals/fep-"),
        ({"acme_proposals.py": RULES.replace("yield Finding(field.span(), message)", "yield 7")},
         "failed on proposals/fep-0007.rst with TypeError: it yielded something else"),
        ({"pyproject.toml": PROJECT.split("[project.entry")[0]},
         "it has no entry point in fep_tools.rules or fep_tools.reporters"),
    ],
)  # fmt: skip
def test_a_broken_package_is_one_message(
    install: Callable[..., None], repo: Path, run: Run, changed: dict[str, str], message: str
) -> None:
    install(**changed)
    status, out, err = run(repo, "check")
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_broken_report_is_one_message(install: Callable[..., None], repo: Path, run: Run) -> None:
    install(**{"acme_proposals.py": RULES.replace('return "".join', "return 7 or str")})
    status, out, err = run(repo, "check", "--format", "codes")
    assert (status, out) == (2, "")
    assert "the format codes of the plugin acme-proposals failed with TypeError: it returned" in err


def test_a_package_that_is_not_installed(repo: Path, run: Run) -> None:
    status, _out, err = run(repo, "check")
    assert status == 2
    assert "pyproject.toml:2: the plugin acme-proposals cannot be used: it is not installed" in err


def test_the_repository_itself_is_no_place_of_packages(
    repo: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    information = repo / "acme_proposals-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: acme-proposals\nVersion: 1.0\n", "utf-8")
    entry = "[fep_tools.rules]\nacme = acme_proposals\n"
    (information / "entry_points.txt").write_text(entry, "utf-8")
    (repo / "acme_proposals.py").write_text("raise AssertionError", "utf-8")
    monkeypatch.syspath_prepend(repo)  # as `python -m` does
    assert "it is not installed" in run(repo, "check")[2]


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


def test_a_change_cannot_add_or_remove_a_plugin(
    install: Callable[..., None], repo: Path, run: Run
) -> None:
    install(**{"acme_proposals.py": '"""X."""\nraise AssertionError("it was loaded")\n'})
    settings = repo / "pyproject.toml"
    settings.unlink()
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    git(repo, "init", "-q", "-b", "main")
    git(repo, "add", "-A")
    git(repo, *identity, "commit", "-q", "-m", "base")
    git(repo, "checkout", "-q", "-b", "change")
    settings.write_text(NAMED, "utf-8")
    git(repo, "add", "-A")
    git(repo, *identity, "commit", "-q", "-m", "change")
    for arguments in ((), ("--format", "sarif"), ("--fix",), ("--diff",), ("--format", "codes")):
        _status, _out, err = run(repo, "check", "--base", "main", *arguments)
        assert "it was loaded" not in err
        assert "the plugin acme-proposals" not in err
    assert "it was loaded" in run(repo, "check")[2]
    git(repo, "checkout", "-q", "-b", "removal")
    settings.unlink()
    git(repo, *identity, "commit", "-q", "-a", "-m", "removal")
    assert "it was loaded" in run(repo, "check", "--base", "change")[2]


def test_settings_that_name_no_list() -> None:
    with pytest.raises(ConfigError, match="'plugins' must be a list of strings"):
        config.parse('[tool.fep]\nplugins = "x"\n')

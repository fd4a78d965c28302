"""``[tool.fep]``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools import config
from fep_tools.errors import ConfigError
from fep_tools.repository import Repository


def test_settings_have_defaults() -> None:
    assert config.parse("").process == "fep/process.toml"


def test_settings_are_read() -> None:
    settings = config.parse('[tool.fep]\nignore = ["H004"]\nstrict = true\n')
    assert settings.ignore == ("H004",)
    assert settings.strict is True
    assert settings.select == ()


@pytest.mark.parametrize(
    ("path", "location"),
    [
        (("ignore",), "pyproject.toml:2"),
        (("ignore", "H004"), "pyproject.toml:3"),
        (("ignore", "header-url"), "pyproject.toml:4"),
        (("per-file-ignores", "a.rst", "H1"), "pyproject.toml:8"),
        (("per-file-ignores", "b.rst", "H1"), "pyproject.toml:10"),
        (("select",), None),
    ],
)
def test_settings_have_locations(path: tuple[str, ...], location: str | None) -> None:
    settings = config.parse(
        '[tool.fep]\nignore = [\n    "H004",\n    "header-url",\n]\n\n'
        '[tool.fep.per-file-ignores]\n"a.rst" = ["H1"]\n"b.rst" = [\n    "H1",\n]\n'
    )
    assert settings.location(*path) == location


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[tool.fep]\n\nignored = []\n",
            ":3: unknown key 'ignored'.*did you mean ignore",
        ),
        ("[tool.fep]\nzzz = 1\n", "pyproject.toml:2: unknown key 'zzz'.*use process, select"),
        ("[tool.fep]\nstrict = 1\n", "pyproject.toml:2: 'strict' must be true or false"),
        ("[tool.fep]\nignore = [1]\n", "pyproject.toml:2: 'ignore' must be a list of strings"),
        ("[tool.fep]\nseverity = []\n", ":2: 'severity' must be a table, such as { B020 = "),
        (
            '[tool.fep]\nseverity = { B020 = "fatal" }\n',
            ':2: "fatal" is not a level; use error, warning or style, or turn the rule off',
        ),
        ('[tool.fep.severity]\nB020 = "error"\nH = "off"\n', ':3: "off" is not a level; use'),
        ("[tool.fep.severity]\nB020 = 1\n", ':2: "1" is not a level; use'),
        ("[tool.fep.severity]\nB020 = { a = 1 }\n", ":2: .* is not a level; use"),
        (
            '[tool.fep]\nprocess = "."\n',
            ":2: 'process' must name a file inside .*: process = \"fep/process.toml\"",
        ),
        ('[tool.fep]\nprocess = ""\n', ":2: 'process' must name a file inside the repository"),
        ('[tool.fep]\nprocess = "../a.toml"\n', ":2: 'process' must name a file inside"),
        ('[tool.fep]\nprocess = "fep/.."\n', ":2: 'process' must name a file inside"),
        (
            '[tool.fep]\nbaseline = "./"\n',
            ":2: 'baseline' must name a file inside .*: baseline = \".fep-baseline.json\"",
        ),
        ("[tool.fep\n", "pyproject.toml:1: not valid TOML"),
        ("tool = 3\n", "pyproject.toml:1: 'tool' must be a table"),
        ("[tool]\nfep = 3\n", "pyproject.toml:2: 'fep' must be a table"),
    ],
)
def test_errors_have_the_line_and_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config.parse(text)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "pyproject.toml: is a directory"),
        (lambda path: path.write_bytes(b"\xff"), "pyproject.toml: cannot be read: it is not UTF-8"),
        (lambda path: path.symlink_to("/dev/zero"), "pyproject.toml: is a link"),
        (os.mkfifo, "pyproject.toml: is a pipe"),
    ],
)
def test_a_settings_file_must_be_a_text_file(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    make(tmp_path / config.FILE)
    with pytest.raises(ConfigError, match=message):
        Repository.open(tmp_path, "pep")


def test_page_of_the_rules_is_a_page_of_the_documented_site() -> None:
    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"{project['urls']['Documentation']}rules/" == config.RULES_URL
    assert ".. fep-rules::" in (root / "docs" / "rules.rst").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", config.RULES_URL),
        ('[tool.fep]\nrules-url = "https://example.org/rules/"\n', "https://example.org/rules/"),
        ('[tool.fep]\nrules-url = ""\n', ""),
    ],
)
def test_rules_have_a_page_without_settings(text: str, url: str) -> None:
    assert config.parse(text).rules_url == url

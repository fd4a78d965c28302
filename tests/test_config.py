"""``[tool.fep]``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools import config
from fep_tools.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / config.FILE).write_text(text, "utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert config.read(tmp_path)["process"] == "fep/process.toml"


def test_settings_are_read(tmp_path: Path) -> None:
    root = write(tmp_path, '[tool.fep]\nignore = ["H004"]\nstrict = true\n')
    settings = config.read(root)
    assert settings["ignore"] == ["H004"]
    assert settings["strict"] is True
    assert settings["select"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.fep]\n\nignored = []\n", "pyproject.toml:3: unknown key 'ignored'.*write ignore"),
        ("[tool.fep]\nzzz = 1\n", "pyproject.toml:2: unknown key 'zzz'.*write process, select"),
        ("[tool.fep]\nstrict = 1\n", "pyproject.toml:2: 'strict' is true or false"),
        ("[tool.fep]\nignore = [1]\n", "pyproject.toml:2: 'ignore' is a list of texts"),
        ("[tool.fep\n", "pyproject.toml: not valid TOML"),
        ("tool = 3\n", "pyproject.toml:1: 'tool' is a table"),
        ("[tool]\nfep = 3\n", "pyproject.toml:2: 'fep' is a table"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config.read(write(tmp_path, text))


def test_an_unreadable_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / config.FILE).mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        config.read(tmp_path)
    (tmp_path / config.FILE).rmdir()
    (tmp_path / config.FILE).write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="cannot be read"):
        config.read(tmp_path)

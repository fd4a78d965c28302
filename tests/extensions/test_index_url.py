"""The URL of the package index comes from the configuration of uv and pip."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.errors import FepError
from fep_tools.extensions.index_url import _configuration_files, find_index_url
from fep_tools.sandbox import toolchain

FILES = {
    "uv.toml": '[[index]]\nurl = "https://other.example/simple"\n'
    '[[index]]\nurl = "https://uv.example/simple/"\ndefault = true\n',
    "old/uv.toml": 'index-url = "https://old.example/simple"\n',
    "pip.conf": "[global]\nindex-url = https://pip.example/simple\n",
    "none/uv.toml": 'index = "x"\n',
    "bad/uv.toml": "[",
    "bad/pip.conf": "x",
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("variable", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"])
def test_variables_come_first(variable: str, directory: Path) -> None:
    environment = {variable: "https://variable.example/simple/"}
    found = find_index_url(environment, [directory / "pip.conf"])
    assert found == "https://variable.example/simple"


@pytest.mark.parametrize(
    ("names", "url"),
    [
        (["uv.toml", "pip.conf"], "https://uv.example/simple"),
        (["old/uv.toml"], "https://old.example/simple"),
        (["missing.toml", "none/uv.toml", "pip.conf"], "https://pip.example/simple"),
        (["bad/uv.toml", "bad/pip.conf", "pip.conf"], "https://pip.example/simple"),
    ],
)
def test_files_are_read_in_order(names: list[str], url: str, directory: Path) -> None:
    assert find_index_url({}, [directory / name for name in names]) == url


def test_without_configuration_uv_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The default package index (by default: <https://uv.example/simple>) [env: X]"
    monkeypatch.setattr(toolchain, "find_uv", lambda: "uv")
    monkeypatch.setattr(toolchain, "run_tool", lambda command: text)
    assert find_index_url({}, []) == "https://uv.example/simple"
    monkeypatch.setattr(toolchain, "run_tool", lambda command: "")
    with pytest.raises(FepError, match="no package index is configured; set UV_DEFAULT_INDEX"):
        find_index_url({}, [])


def test_the_installed_uv_states_a_default() -> None:
    assert find_index_url({}, []).startswith("https://")


@pytest.mark.parametrize(
    "url", ["http://index.example/simple", "file:///simple", "x", "https://", "http://localhost.x/"]
)
def test_other_urls_are_refused_without_showing_them(url: str) -> None:
    with pytest.raises(FepError) as error:
        find_index_url({"PIP_INDEX_URL": url}, [])
    assert str(error.value) == (
        "PIP_INDEX_URL: the package index must be a URL that starts with https://"
    )


def test_a_server_on_this_machine_may_use_http() -> None:
    url = "http://localhost:3141/root/pypi/+simple"
    assert find_index_url({"PIP_INDEX_URL": url}, []) == url


def test_the_files_of_the_user_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    environment = {"UV_CONFIG_FILE": "/u.toml", "PIP_CONFIG_FILE": "/p.conf"}
    assert list(_configuration_files(environment)) == [
        Path("/u.toml"),
        tmp_path / ".config/uv/uv.toml",
        Path("/etc/uv/uv.toml"),
        Path("/p.conf"),
        tmp_path / ".config/pip/pip.conf",
        tmp_path / ".pip/pip.conf",
        Path("/etc/pip.conf"),
    ]
    paths = list(_configuration_files({"XDG_CONFIG_HOME": "/config"}))
    assert paths[0] == Path("/config/uv/uv.toml")

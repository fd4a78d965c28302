"""Where files and commits can be read: addresses made of a pattern, whatever the host."""

from __future__ import annotations

import pytest

from fep_tools.errors import ProcessError
from fep_tools.process.loader import parse_process
from fep_tools.process.schema import Hosting

from ..site.sites import ROOT


def test_most_hosts_are_alike() -> None:
    host = Hosting(url="https://code.example/us/it/")
    assert host.url_of_file("a/b.rst") == "https://code.example/us/it/blob/HEAD/a/b.rst"
    assert host.url_of_history("a/b.rst") == "https://code.example/us/it/commits/HEAD/a/b.rst"
    assert host.url_of_commit("0" * 40) == f"https://code.example/us/it/commit/{'0' * 40}"


def test_others_say_how_they_differ() -> None:
    host = Hosting(url="https://code.example/it", commit_url="{url}/-/commit/{commit}?view=raw")
    assert host.url_of_commit("ab") == "https://code.example/it/-/commit/ab?view=raw"


def test_a_path_does_not_leave_its_place() -> None:
    host = Hosting(url="https://code.example/it")
    assert host.url_of_file('a"b#{commit}?.rst').endswith("/a%22b%23%7Bcommit%7D%3F.rst")


def test_a_misspelt_key_is_told() -> None:
    text = (ROOT / "fep" / "process.toml").read_text("utf-8")
    with pytest.raises(ProcessError, match="adress"):
        parse_process(text.replace("\n[files]", '\n[repository]\nadress = "x"\n\n[files]', 1))

"""``fep lsp`` before the server starts; sessions are in tests/lsp."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.cli import main
from fep_tools.cli.commands import lsp


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lsp, "find_spec", lambda _name: None)
    assert main.run(["lsp"]) == 2
    message = 'fep: pygls is not installed; run: pip install "fep-tools[lsp]"\n'
    assert capsys.readouterr() == ("", message)


def test_bad_options_are_reported_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["lsp", "--root", str(tmp_path), "--process", "pepp"]) == 2
    assert capsys.readouterr().err == "fep: there is no process pepp; did you mean pep?\n"

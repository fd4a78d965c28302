"""``fep check`` on proposals in Markdown, with the extra that reads them and without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.proposals import loader

from ..drafts import Run

PROCESSES = Path(__file__).parents[2] / "conformance" / "processes"
TEXT = """\
---
eip: 7
title: Views
author: Ada Lovelace (@ada)
status: {status}
category: ERC
---

## Abstract

A <b>view</b>.
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Path]:
    def write(status: str) -> Path:
        for path, text in {
            "fep/process.toml": PROCESSES.joinpath("eip.toml").read_text("utf-8"),
            "EIPS/eip-7.md": TEXT.format(status=status),
        }.items():
            tmp_path.joinpath(path).parent.mkdir(exist_ok=True)
            tmp_path.joinpath(path).write_text(text, "utf-8")
        return tmp_path

    return write


def test_texts_are_checked(run: Run, make: Callable[[str], Path]) -> None:
    status, out, err = run(make("Moved"), "check")
    assert (status, err) == (0, "")
    assert "EIPS/eip-7.md:11:3: warning B078 [html-text]" in out


@pytest.mark.parametrize("name", ["Moved", "Mvoed"])
def test_without_the_extra_only_headers_are_checked(
    name: str, run: Run, make: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "find_spec", lambda _name: None)
    status, out, err = run(make(name), "check")
    assert status == 2
    assert err == (
        "fep: 1 text not checked, only headers: each is in Markdown, which needs MyST-Parser; "
        "run: pip install 'fep-tools[markdown]'\n"
    )
    assert ("H104" in out) is (name == "Mvoed")
    assert "B078" not in out

"""``fep process``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.source import BUILTIN_DIRECTORY

from ..drafts import Run


@pytest.mark.parametrize("format_", ["text", "toml", "json", "dot", "mermaid", "svg"])
def test_process(run: Run, repo: Path, format_: str) -> None:
    status, out, _err = run(repo, "process", "--format", format_)
    assert status == 0
    assert "Superseded" in out


def test_toml_is_the_process_file(run: Run, tmp_path: Path) -> None:
    status, out, _err = run(tmp_path, "process", "--process", "glep", "--format", "toml")
    assert status == 0
    written = load_process(BUILTIN_DIRECTORY / "glep.toml")
    assert parse_process(out).model_dump() == written.model_dump()


def test_the_process_may_be_an_argument(run: Run, tmp_path: Path) -> None:
    for arguments in (("glep",), ("glep", "--process", "glep")):
        named = run(tmp_path, "process", *arguments, "--format", "toml")
        assert named == run(tmp_path, "process", "--process", "glep", "--format", "toml")
    status, _out, err = run(tmp_path, "process", "glep", "--process", "pep")
    assert (status, "name one process: glep, or --process pep" in err) == (2, True)
    assert "did you mean glep?" in run(tmp_path, "process", "gelp")[2]

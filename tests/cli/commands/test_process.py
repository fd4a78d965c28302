"""``fep process``."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drafts import Run


@pytest.mark.parametrize("format_", ["text", "json", "dot", "mermaid", "svg"])
def test_process(run: Run, repo: Path, format_: str) -> None:
    status, out, _err = run(repo, "process", "--format", format_)
    assert status == 0
    assert "Superseded" in out

"""Extensions that broke, and their fixes, with packages of the real index."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fep_tools.cli import main
from fep_tools.errors import FepError
from fep_tools.sandbox import isolation

ROOT = Path(__file__).parents[2]


@pytest.mark.frameworks
@pytest.mark.skipif(not os.environ.get("FEP_FRAMEWORKS"), reason="FEP_FRAMEWORKS is not set")
@pytest.mark.parametrize(
    ("version", "day", "outcome", "at"),
    [
        ("0.6.2", "2023-09-30", "breaks", "flask_login/utils.py:14"),
        ("0.6.3", "2023-10-31", "works", None),
    ],
)
def test_flask_login_breaks_with_flask_3_until_it_was_fixed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    version: str,
    day: str,
    outcome: str,
    at: str | None,
) -> None:
    try:
        isolation.find()
    except FepError as problem:
        pytest.skip(str(problem))
    monkeypatch.setenv("FEP_CACHE_DIR", str(tmp_path))
    arguments = ["--flask", "3.0.0", "--as-of", day, f"Flask-Login=={version}", "--format", "json"]
    status = main.run(["extensions", "test", "--root", str(ROOT), *arguments])
    captured = capsys.readouterr()
    assert captured.out, captured.err
    (test,) = json.loads(captured.out)["tests"]
    assert (test["version"], test["outcome"], test["at"]) == (version, outcome, at)
    assert status == (1 if outcome == "breaks" else 0)

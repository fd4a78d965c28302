"""Run the snippets of this repository on the real frameworks, and compare the saved results."""

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
def test_every_saved_result_is_reproduced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    try:
        isolation.find()
    except FepError as problem:
        pytest.skip(str(problem))
    monkeypatch.setenv("FEP_CACHE_DIR", str(tmp_path))
    status = main.run(["notes", "run", "--all", "--root", str(ROOT), "--format", "json"])
    captured = capsys.readouterr()
    assert captured.out, captured.err
    document = json.loads(captured.out)
    different = [
        (row["name"], row["state"], row["kept"], row["reason"])
        for row in document["snippets"]
        if (row["state"], row["kept"]) != ("verified", "same")
    ]
    assert different == []
    assert status == 0
    frameworks = {row["framework"] for row in document["snippets"] if row["number"] == 11}
    assert frameworks == {"flask", "sanic", "fastapi", "hug"}

"""``fep rules`` and ``fep explain``."""

from __future__ import annotations

import json
from pathlib import Path

from ..drafts import Run


def test_rules_and_explain(run: Run, repo: Path) -> None:
    listed = run(repo, "rules")[1]
    assert "H103  header-date" in listed
    assert ":Stance: is not one of the allowed words." in listed
    assert "``" not in listed
    rows = json.loads(run(repo, "rules", "--format", "json")[1])
    assert len(rows) == len(listed.strip().split("\n"))
    page = run(repo, "explain", "header-date")[1]
    assert page.startswith("H103 header-date (level error, family headers, fixed by --fix)\n")
    assert "    Created: 3 March 2025\n" in page

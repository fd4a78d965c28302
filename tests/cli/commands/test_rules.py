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


def test_levels_are_those_of_the_repository(run: Run, repo: Path) -> None:
    (repo / "pyproject.toml").write_text('[tool.fep.severity]\nH103 = "warning"\n', "utf-8")
    rows = json.loads(run(repo, "rules", "--format", "json")[1])
    levels = {row["code"]: row["severity"] for row in rows}
    assert (levels["H103"], levels["H104"]) == ("warning", "error")
    page = run(repo, "explain", "H103")[1]
    assert page.startswith("H103 header-date (level warning, error by default, ")
    assert (
        "(level error, warning by default, " in run(repo, "explain", "B020", "--process", "pep")[1]
    )


def test_rules_can_be_looked_up_outside_of_a_repository(run: Run, tmp_path: Path) -> None:
    status, page, err = run(tmp_path, "explain", "H103")
    assert (status, page.split(", ")[0], err) == (0, "H103 header-date (level error", "")


def test_rules_can_be_looked_up_while_the_settings_are_wrong(run: Run, repo: Path) -> None:
    (repo / "pyproject.toml").write_text('[tool.fep.severity]\nH103 = "off"\n', "utf-8")
    status, page, err = run(repo, "explain", "H103")
    assert (status, page.split(", ")[0]) == (0, "H103 header-date (level error")
    assert err.startswith("fep: the levels are those of the tool: pyproject.toml:2: ")

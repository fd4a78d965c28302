"""What this repository tells other programs to do: workflows, the action, hooks, and the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PLACES = [*WORKFLOWS, ROOT / "action.yml", *sorted((ROOT / "docs").glob("*.rst"))]
USES = re.compile(r"uses: +(?P<action>[^\s@]+)@(?P<pin>\S+)(?: # (?P<version>\S+))?")


def used() -> list[tuple[str, str, str | None]]:
    texts = (path.read_text("utf-8") for path in PLACES)
    return [(m["action"], m["pin"], m["version"]) for text in texts for m in USES.finditer(text)]


def test_every_action_is_pinned_to_one_commit() -> None:
    pins: dict[str, set[str]] = {}
    for action, pin, _version in used():
        assert re.fullmatch("[0-9a-f]{40}", pin), action
        pins.setdefault(action, set()).add(pin)
    assert {action for action, found in pins.items() if len(found) > 1} == set()


def test_a_pin_says_its_version() -> None:
    told = {action: version for action, pin, version in used() if int(pin, 16)}
    assert all(version and version.startswith("v") for version in told.values()), told


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_nothing_unless_a_job_says_so(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "\npermissions: {}\n" in text
    assert "pull_request_target" not in text
    assert text.count("timeout-minutes:") == text.count("runs-on:")


def test_snippets_of_a_pull_request_run_in_what_the_base_branch_has() -> None:
    text = (ROOT / ".github" / "workflows" / "notes.yml").read_text("utf-8")
    assert "ref: ${{ github.event.pull_request.base.sha }}" in text
    assert "cp -R base/fep base/pyproject.toml change/" in text
    assert text.index("rm -rf change/fep") < text.index("notes run --root change")
    for word in ("secrets.", "write #", "upload-artifact", "actions/cache", "--update"):
        assert word not in text


def test_what_runs_snippets_may_not_write_and_what_writes_runs_none() -> None:
    text = (ROOT / ".github" / "workflows" / "notes-scheduled.yml").read_text("utf-8")
    run, propose = text.split("\n  propose:\n")
    assert "write #" not in run
    assert "github.token" not in run
    assert "notes run" not in propose
    assert "setup-python" not in propose


def test_every_checkout_leaves_no_token() -> None:
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        assert text.count("actions/checkout@") == text.count("persist-credentials: false"), path


def test_the_page_about_read_the_docs_shows_the_file() -> None:
    """All but the comments, and when to build nothing."""
    shown = (ROOT / "docs" / "readthedocs.rst").read_text("utf-8")
    told = (ROOT / ".readthedocs.yaml").read_text("utf-8")
    for command in re.findall(r"- ((?:python|git|fep) .*)", shown):
        assert f"- {command}\n" in told

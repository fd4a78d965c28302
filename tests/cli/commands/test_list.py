"""``fep list`` and ``fep show``."""

from __future__ import annotations

import json
from pathlib import Path

from fep_tools.repository import Repository

from ..drafts import Run


def test_list_and_show(run: Run, git_repo: Path) -> None:
    assert run(git_repo, "list")[1] == (
        "10  Draft  Process  Title 10\n11  Draft  Process  Title 11\n12  Draft  Process  Title 12\n"
    )
    assert run(git_repo, "list", "--status", "final") == (0, "", "fep: no proposals match\n")
    listed = run(git_repo, "list", "--topic", "x", "--format", "json")
    assert listed == (0, "[]\n", "fep: no proposals match\n")
    assert json.loads(run(git_repo, "list", "--author", "love", "--format", "json")[1])
    assert run(git_repo, "list", "--topic", "core", "--format", "csv")[1].startswith("number,")
    shown = run(git_repo, "show", "10")[1]
    assert shown.startswith("FEP 10: Title 10\n")
    assert "Authors:       Ada Lovelace" in shown
    assert json.loads(run(git_repo, "show", "10", "--format", "json")[1])["number"] == 10


def test_list_at_a_commit_and_on_a_day(run: Run, git_repo: Path) -> None:
    (git_repo / "proposals" / "fep-0011.rst").unlink()
    assert len(run(git_repo, "list")[1].split("\n")) == 3
    assert len(run(git_repo, "list", "--at", "HEAD")[1].split("\n")) == 4
    assert len(run(git_repo, "list", "--at", "2999-01-01")[1].split("\n")) == 4
    assert run(git_repo, "list", "--at", "1999-01-01")[0] == 2
    assert run(git_repo, "list", "--at", "--output=x")[0] == 2


def test_list_as_json_is_what_the_site_publishes(run: Run, git_repo: Path) -> None:
    listed = json.loads(run(git_repo, "list", "--format", "json")[1])
    catalog = Repository.open(git_repo).catalog()
    assert listed == [entry.as_json() for entry in catalog.proposals]
    assert all(entry["history"] for entry in listed)


def test_list_at_a_commit_has_the_history_up_to_it(run: Run, git_repo: Path) -> None:
    at = json.loads(run(git_repo, "list", "--at", "HEAD", "--format", "json")[1])
    assert at == json.loads(run(git_repo, "list", "--format", "json")[1])

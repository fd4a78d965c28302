"""``fep announce``."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest

from fep_tools.cli.render.announcements import HEADINGS
from fep_tools.editorial.announcements import AnnouncementKind, KINDS
from fep_tools.history import git as git_module

from ...catalog.test_schemas import assert_matches
from ..drafts import Run

TEXT = """\
FEP: {number}
Title: Typed *views*
Author: Ada Lovelace
Status: {status}
Type: Standards Track
Discussions-To: https://example.org/thread
Created: 2020-01-02
{headers}
Abstract
========

Views {verb} be typed.
"""
DECISION = "Resolution: 2021-02-01 https://example.org/decision\n"


def commit(root: Path, day: str) -> None:
    moment = f"{day}T00:00:00Z"
    environment = {**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    identity = ("-c", "user.name=Ada", "-c", "user.email=a@example.org")
    for arguments in (["add", "--all"], ["commit", "--quiet", "--message", day]):
        command = ["git", *identity, *arguments]
        subprocess.run(command, cwd=root, check=True, env=environment)


def write(root: Path, number: int, status: str, headers: str = "", verb: str = "may") -> None:
    text = TEXT.format(number=number, status=status, headers=headers, verb=verb)
    (root / "proposals" / f"fep-{number:04}.rst").write_text(text, "utf-8")


@pytest.fixture
def moved(git_repo: Path) -> Path:
    """A repository in which FEP 20 was accepted, FEP 21 is in review, and FEP 22 is new."""
    write(git_repo, 20, "Review", "Review-Until: 2021-01-30\n")
    write(git_repo, 21, "Draft")
    commit(git_repo, "2021-01-01")
    write(git_repo, 20, "Accepted", f"Flask-Version: 3.2\n{DECISION}")
    write(git_repo, 21, "Review", "Review-Until: 2021-02-20\n")
    commit(git_repo, "2021-02-01")
    write(git_repo, 20, "Accepted", f"Flask-Version: 3.3\n{DECISION}", "must")
    write(git_repo, 22, "Draft")
    commit(git_repo, "2021-02-14")
    return git_repo


def test_text(run: Run, moved: Path) -> None:
    status, out, err = run(moved, "announce", "2021-01-15..2021-02-01")
    assert (status, err) == (0, "")
    assert (
        out
        == """\
Flask Enhancement Proposals, 2021-01-15 to 2021-02-01

In review
  FEP 21: Typed *views*
    is now Review (before: Draft), open for comments until 2021-02-20
    Discussion: https://example.org/thread

Decided
  FEP 20: Typed *views*
    is now Accepted (before: Review), for version 3.2
    Decision: https://example.org/decision
"""
    )


def test_without_an_end_it_is_the_last_commit(run: Run, moved: Path) -> None:
    _status, out, _err = run(moved, "announce", "HEAD~1")
    assert (
        out
        == """\
Flask Enhancement Proposals, 2021-02-01 to 2021-02-14

Last days for comments
  FEP 21: Typed *views*
    is open for comments until 2021-02-20
    Discussion: https://example.org/thread

New
  FEP 22: Typed *views*
    is new (Standards Track, Draft), by Ada Lovelace
    Discussion: https://example.org/thread

Text changed after the decision
  FEP 20: Typed *views*
    was edited after the decision: 1 word removed, 1 word added

Version changed
  FEP 20: Typed *views*
    is for version 3.3 (before: 3.2)
"""
    )


def test_a_text_that_changed_after_a_decision_in_the_same_range(run: Run, moved: Path) -> None:
    """FEP 20 was accepted with "may" and then edited; what came before the decision is none."""
    write(moved, 23, "Accepted", DECISION)
    commit(moved, "2021-02-15")
    write(moved, 23, "Accepted", DECISION, "should")
    write(moved, 22, "Review", "Review-Until: 2021-02-20\n", "could")
    commit(moved, "2021-02-16")
    write(moved, 22, "Accepted", DECISION, "could")
    commit(moved, "2021-02-21")
    _status, out, _err = run(moved, "announce", "2021-01-15..2021-02-28")
    assert (
        out.partition("Text changed after the decision\n")[2]
        == """\
  FEP 20: Typed *views*
    was edited after the decision: 1 word removed, 1 word added
  FEP 23: Typed *views*
    was edited after the decision: 1 word removed, 1 word added
"""
    )
    _status, out, _err = run(moved, "announce", "2021-02-15..2021-02-28")
    assert [line for line in out.split("\n") if line.startswith("  FEP")] == [
        "  FEP 22: Typed *views*",
        "  FEP 23: Typed *views*",
    ]


def test_nothing_to_announce(run: Run, moved: Path) -> None:
    assert run(moved, "announce", "HEAD..HEAD")[1].endswith("\n\nNothing to announce.\n")


def test_markdown(run: Run, moved: Path) -> None:
    arguments = ("announce", "HEAD~1", "--format", "markdown", "--base-url", "https://example.org/")
    _status, out, _err = run(moved, *arguments)
    assert out.startswith("# Flask Enhancement Proposals, 2021-02-01 to 2021-02-14\n\n## Last days")
    item, abstract = out.partition("\n## New\n\n")[2].split("\n\n")[:2]
    assert item == (
        "- **[FEP 22: Typed \\*views\\*](<https://example.org/fep-0022/>)** is new "
        "(Standards Track, Draft), by Ada Lovelace. [Discussion](<https://example.org/thread>)."
    )
    assert abstract == "  Views may be typed."


def test_json(run: Run, moved: Path) -> None:
    _status, out, _err = run(moved, "announce", "2021-01-15..HEAD", "--format", "json")
    assert_matches("announce", out)
    document = json.loads(out)
    assert document["head"]["date"] == "2021-02-14"
    found = {(e["kind"], e["number"]): e for e in document["entries"]}
    decided = found["decided", 20]
    assert (decided["before"], decided["after"]) == ("Review", ["Accepted"])
    assert decided["resolution"] == {"date": "2021-02-01", "url": "https://example.org/decision"}
    assert (decided["removed_words"], decided["added_words"]) == (None, None)


def test_atom(run: Run, moved: Path) -> None:
    arguments = ("announce", "2021-01-15..HEAD", "--format", "atom")
    _status, out, _err = run(moved, *arguments, "--base-url", "https://example.org/feps")
    feed = feedparser.parse(out.encode())
    assert not feed.bozo
    assert [entry.updated[:10] for entry in feed.entries] == sorted(
        (entry.updated[:10] for entry in feed.entries), reverse=True
    )
    decided = next(entry for entry in feed.entries if "Accepted" in entry.title)
    assert (
        decided.title == "FEP 20: Typed *views* is now Accepted (before: Review), for version 3.3"
    )
    assert decided.link == "https://example.org/feps/fep-0020/"
    assert {link.rel: link.href for link in decided.links}["related"].endswith("/decision")


@pytest.mark.parametrize("format_", ["text", "markdown", "json", "atom"])
def test_the_same_range_gives_the_same_output(run: Run, moved: Path, format_: str) -> None:
    arguments = ("announce", "HEAD~2..HEAD", "--format", format_, "--no-cache")
    assert run(moved, *arguments) == run(moved, *arguments)


def test_a_month_announces_what_its_weeks_announce(run: Run, moved: Path) -> None:
    def ids(range_: str) -> list[str]:
        out = run(moved, "announce", range_, "--format", "json")[1]
        return [entry["id"] for entry in json.loads(out)["entries"]]

    weeks = [*ids("HEAD~2..HEAD~1"), *ids("HEAD~1..HEAD")]
    assert len(set(weeks)) == len(weeks)
    assert set(ids("HEAD~2..HEAD")) <= set(weeks)


@pytest.mark.parametrize(
    ("range_", "message"),
    [
        ("..HEAD", "write the range as BASE..HEAD, such as 2026-11-01..2026-12-01"),
        ("HEAD~1...HEAD", "write the range as BASE..HEAD"),
        ("nonsense", 'there is no commit "nonsense"'),
        ("HEAD..--all", '"--all" is not the name of a revision'),
        ("2019-01-01", "there is no commit on 2019-01-01 or earlier"),
    ],
)
def test_ranges_that_do_not_exist(run: Run, moved: Path, range_: str, message: str) -> None:
    status, out, err = run(moved, "announce", range_)
    assert (status, out) == (2, "")
    assert message in err


def test_git_is_not_asked_for_each_proposal(
    run: Run, moved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count() -> int:
        calls: list[str] = []

        def counted(function: Callable[..., object]) -> Callable[..., object]:
            def call(root: Path, *arguments: str, **options: Any) -> object:
                calls.append(arguments[0])
                return function(root, *arguments, **options)

            return call

        with monkeypatch.context() as patch:
            for name in ("run_git", "stream_git"):
                patch.setattr(git_module, name, counted(getattr(git_module, name)))
            assert run(moved, "announce", "2021-01-15..HEAD", "--no-cache")[0] == 0
        return len(calls)

    few = count()
    for number in range(30, 50):
        write(moved, number, "Draft")
    commit(moved, "2021-02-15")
    assert 0 < count() == few


def test_each_kind_has_a_heading() -> None:
    headings: dict[AnnouncementKind, str] = HEADINGS
    assert tuple(headings) == KINDS


def test_a_shallow_clone_is_said(run: Run, moved: Path, tmp_path_factory: Any) -> None:
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=2", f"file://{moved}", clone], check=True)
    status, out, err = run(clone, "announce", "HEAD~1")
    assert status == 0
    assert "FEP 22: Typed *views*\n    is new" in out
    assert err.startswith("fep: the clone is shallow, so statuses in between are missing; run: ")


def test_why_a_proposal_was_given_up(run: Run, moved: Path) -> None:
    write(moved, 22, "Withdrawn", "Reason: Nobody *has* time.\n")
    commit(moved, "2021-03-01")
    _status, out, _err = run(moved, "announce", "HEAD~1")
    assert "is now Withdrawn (before: Draft)\n    Reason: Nobody *has* time.\n" in out
    _status, out, _err = run(moved, "announce", "HEAD~1", "--format", "markdown")
    assert "is now Withdrawn (before: Draft). Reason: Nobody \\*has\\* time." in out
    _status, out, _err = run(moved, "announce", "HEAD~1", "--format", "json")
    assert [entry["reason"] for entry in json.loads(out)["entries"]] == ["Nobody *has* time."]
    _status, out, _err = run(moved, "announce", "HEAD~1", "--format", "atom")
    assert "Reason: Nobody *has* time. Views may be typed." in " ".join(out.split())


def test_days_in_the_wrong_order_are_an_error(run: Run, moved: Path) -> None:
    status, out, err = run(moved, "announce", "2021-03-01..2021-01-01")
    assert (status, out) == (2, "")
    assert "2021-03-01 is after 2021-01-01; write the earlier date first" in err

"""``fep overdue``, ``fep ready`` and ``fep agenda``: their output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ...catalog.test_schemas import assert_matches
from ..drafts import Run

TEXT = """\
FEP: 20
Title: A *b*
Author: Ada Lovelace
Status: {status}
Type: Standards Track
Created: 2026-01-02
Flask-Version: 3.1
{more}
Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license, whichever is
more permissive.
"""


@pytest.fixture
def desk(repo: Path) -> Path:
    text = TEXT.format(status="Review", more="Review-Until: 2026-05-01\n")
    for path in (repo / "proposals").iterdir():
        path.unlink()
    (repo / "proposals" / "fep-0020.rst").write_text(text)
    return repo


OPTIONS = ("--today", "2026-05-20", "--released", "3.1")


def test_overdue(run: Run, desk: Path) -> None:
    status, out, _err = run(desk, "overdue", *OPTIONS)
    assert status == 0
    assert out == (
        "FEP 20: A *b* (Review)\n"
        "  review-ended since 2026-05-02: "
        "the review ended on 2026-05-01, and there is no decision\n"
        "    editors: run: fep ready 20\n"
        "  no-sponsor: it is in review, and has no 'Sponsor'\n"
        "    authors (Ada Lovelace): ask for one, and write 'Sponsor: NAME'\n"
        "  version-passed: it was planned for 3.1, which is released, and it is not decided\n"
        "    authors (Ada Lovelace): write the next version into 'Flask-Version', "
        "or run: fep transition 20 Deferred\n"
        "\n"
        "3 reminders for 1 proposal\n"
        "Not known: the history in git is not complete, so some days are not known\n"
    )


def test_overdue_as_a_task_list(run: Run, desk: Path) -> None:
    _status, out, _err = run(desk, "overdue", *OPTIONS, "--format", "markdown")
    assert (
        "- [ ] FEP 20: A \\*b\\*: the review ended on 2026-05-01, and there is no decision "
        "(since 2026-05-02). editors: run: fep ready 20\n"
    ) in out


def test_overdue_as_json(run: Run, desk: Path) -> None:
    _status, out, _err = run(desk, "overdue", *OPTIONS, "--format", "json")
    table = json.loads(out)
    assert (table["today"], table["released"]) == ("2026-05-20", "3.1")
    assert {row["kind"] for row in table["reminders"]} == {
        "no-sponsor",
        "review-ended",
        "version-passed",
    }


@pytest.mark.parametrize(("day", "expected"), [("2026-05-02", 1), ("2026-05-01", 0)])
def test_overdue_fails_if_asked_to(run: Run, desk: Path, day: str, expected: int) -> None:
    sponsored = (
        (desk / "proposals" / "fep-0020.rst")
        .read_text()
        .replace("Status:", "Sponsor: Grace Hopper\nStatus:")
    )
    (desk / "proposals" / "fep-0020.rst").write_text(sponsored)
    assert run(desk, "overdue", "--today", day)[0] == 0
    assert run(desk, "overdue", "--today", day, "--fail")[0] == expected


def test_a_version_must_be_one(run: Run, desk: Path) -> None:
    status, _out, err = run(desk, "overdue", "--released", "next")
    assert status == 2
    assert '"next" is not a version; write it as 3.2 or 3.2.1' in err


def test_ready(run: Run, desk: Path) -> None:
    status, out, _err = run(desk, "ready", "20", "rejected", "--today", "2026-05-20")
    assert status == 1
    assert out.startswith(
        "FEP 20: A *b*: Review -> Rejected\n\n[ ] proposals/fep-0020.rst:4: a Rejected FEP"
    )
    assert "\n[x] the review ended on 2026-05-01\n" in out
    assert out.endswith("not ready for Rejected\n")


def test_ready_as_a_task_list(run: Run, desk: Path) -> None:
    _status, out, _err = run(
        desk, "ready", "20", "rejected", "--today", "2026-05-20", "--format", "markdown"
    )
    assert out.startswith(
        "FEP 20: A \\*b\\*: Review -> Rejected\n\n- [ ] proposals/fep-0020.rst:4: "
    )
    assert "\n- [x] the review ended on 2026-05-01\n" in out


def test_ready_as_json(run: Run, desk: Path) -> None:
    _status, out, _err = run(desk, "ready", "20", "deferred", "--format", "json")
    assert json.loads(out)["target"] == "Deferred"


def test_agenda(run: Run, desk: Path) -> None:
    _status, out, _err = run(desk, "agenda", *OPTIONS)
    assert out == (
        "# Agenda of 2026-05-20\n\n"
        "## In review\n\n"
        "- FEP 20: A \\*b\\*: the review ended on 2026-05-01\n\n"
        "## Due\n\n"
        "- FEP 20: A \\*b\\*: it is in review, and has no 'Sponsor' (author: Ada Lovelace)\n"
        "- FEP 20: A \\*b\\*: it was planned for 3.1, which is released, and it is not decided "
        "(author: Ada Lovelace)\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("overdue",),
        ("agenda",),
        ("ready", "20", "rejected"),
        ("ready", "20", "deferred"),
    ],
)
def test_json_is_what_the_schemas_say(run: Run, desk: Path, arguments: tuple[str, ...]) -> None:
    (desk / "fep" / "extensions.toml").touch()
    more = ("--today", "2026-05-20") if arguments[0] == "ready" else OPTIONS
    _status, out, _err = run(desk, *arguments, *more, "--format", "json")
    assert_matches(arguments[0], out)


def test_a_reminder_that_is_about_no_proposal(run: Run, desk: Path) -> None:
    (desk / "proposals" / "fep-0020.rst").unlink()
    (desk / "fep" / "extensions.toml").touch()
    record = desk / "fep" / "extensions" / "2026-01-31.json"
    record.parent.mkdir()
    record.touch()
    _status, out, _err = run(desk, "overdue", "--today", "2026-08-01", "--released", "3.1")
    assert out.startswith(
        "Extensions\n"
        "  extensions-unrecorded since 2026-08-01: the last record is of 2026-01-31\n"
        "    editors: keep the next one in fep/extensions/, or run: "
        "fep extensions report --format json --output fep/extensions/2026-08-01.json\n"
        "\n"
        "1 reminder\n"
    )
    options = ("--today", "2026-08-01", "--format", "markdown")
    _status, out, _err = run(desk, "overdue", *options)
    assert out.startswith("- [ ] Extensions: the last record is of 2026-01-31 (since 2026-08-01). ")
    _status, out, _err = run(desk, "agenda", *options)
    assert out.endswith("\n- Extensions: the last record is of 2026-01-31 (editor)\n")

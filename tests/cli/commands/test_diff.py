"""``fep diff``."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from ..drafts import Run

TEXT = """\
{label}
Title: Typed views
Author: Ada Lovelace
Status: {status}
Type: Informational
Created: 2020-01-02

Abstract
========

{body}
"""
BODIES = (("Draft", "Views may be typed."), ("Accepted", "Views must be typed."))


def commit(
    root: Path,
    day: str,
    status: str,
    body: str,
    name: str = "fep-0020.rst",
    label: str = "FEP: 20",
) -> None:
    for path in (root / "proposals").glob("*0020*"):
        path.unlink()
    (root / "proposals" / name).write_text(TEXT.format(label=label, status=status, body=body))
    moment = f"{day}T00:00:00Z"
    environment = {**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    identity = ("-c", "user.name=Ada", "-c", "user.email=a@example.org")
    for arguments in (["add", "--all"], ["commit", "--quiet", "--message", status]):
        command = ["git", *identity, *arguments]
        subprocess.run(command, cwd=root, check=True, env=environment)


@pytest.fixture
def decided(git_repo: Path) -> Path:
    """A repository with a proposal that was accepted, and changed since."""
    commit(git_repo, "2021-01-01", *BODIES[0])
    commit(git_repo, "2021-02-01", *BODIES[1])
    commit(git_repo, "2021-03-01", "Accepted", "Views must not be typed.")
    return git_repo


def test_the_text_of_the_decision_is_the_default(run: Run, decided: Path) -> None:
    status, out, _err = run(decided, "diff", "20")
    assert status == 0
    first, *rest = out.splitlines()
    assert first.startswith("FEP 20: 0 words removed, 1 word added since Accepted of 2021-02-01 (")
    assert rest == ["", "@@ line 11: Abstract @@", "Views must {+not +}be typed."]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("Draft", "Views [-may-]{+must not+} be typed."),
        ("2021-01-15", "Views [-may-]{+must not+} be typed."),
        ("HEAD~1", "Views must {+not +}be typed."),
        ("HEAD", "FEP 20: the text has not changed since HEAD ("),
    ],
)
def test_other_texts(run: Run, decided: Path, since: str, expected: str) -> None:
    _status, out, _err = run(decided, "diff", "20", "--since", since)
    assert expected in out


def test_a_draft_is_compared_with_its_first_version(run: Run, git_repo: Path) -> None:
    commit(git_repo, "2021-01-01", *BODIES[0])
    commit(git_repo, "2021-02-01", "Draft", "Views may never be typed.")
    assert "since Draft of 2021-01-01" in run(git_repo, "diff", "20")[1]


@pytest.fixture
def retroactive(git_repo: Path) -> Path:
    """A repository with a proposal that declares its history."""
    declared = (
        "Accepted\nRetroactive: yes\nStatus-History: 2011-01-01 Draft https://example.org/1,\n"
        "    2011-06-28 Accepted https://example.org/2"
    )
    commit(git_repo, "2021-01-01", declared, "Views may be typed.")
    commit(git_repo, "2021-02-01", declared, "Views must be typed.")
    return git_repo


@pytest.mark.parametrize("since", [(), ("--since", "Accepted")])
def test_a_retroactive_proposal_is_compared_with_its_first_version(
    run: Run, retroactive: Path, since: tuple[str, ...]
) -> None:
    status, out, err = run(retroactive, "diff", "20", *since)
    assert (status, err) == (0, "")
    assert "since the first version of 2021-01-01 (" in out
    assert "Views [-may-]{+must+} be typed." in out


def test_a_status_before_the_first_version_has_no_text(run: Run, retroactive: Path) -> None:
    status, _out, err = run(retroactive, "diff", "20", "--since", "Draft")
    assert status == 2
    assert err == (
        "fep: FEP 20 was never Draft in a commit of this repository; "
        "leave out --since to compare with its first version\n"
    )


@pytest.mark.parametrize(
    ("label", "name"), [("PEP: 20", "fep-0020.rst"), ("FEP: 30", "fep-0030.rst")]
)
def test_a_proposal_that_had_another_number_or_none(
    run: Run, git_repo: Path, label: str, name: str
) -> None:
    commit(git_repo, "2021-01-01", *BODIES[0], name, label)
    (git_repo / "proposals" / name).unlink()
    commit(git_repo, "2021-02-01", "Draft", "Views must be typed.")
    status, out, _err = run(git_repo, "diff", "20", "--since", "HEAD~1")
    assert (status, out.splitlines()[-1]) == (0, "Views [-may-]{+must+} be typed.")
    assert "Views [-may-]{+must+} be typed." in run(git_repo, "diff", "20")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("99",), "there is no FEP 99"),
        (("20", "--since", "Rejected"), "FEP 20 was never Rejected in a commit of this repository"),
        (("20", "--since", "HEAD~3"), "there was no FEP 20 at "),
        (("20", "--since", "nonsense"), "there is no commit"),
    ],
)
def test_what_cannot_be_compared(
    run: Run, decided: Path, arguments: tuple[str, ...], message: str
) -> None:
    status, out, err = run(decided, "diff", *arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_markdown(run: Run, decided: Path) -> None:
    arguments = ("diff", "20", "--since", "Draft", "--format", "markdown")
    _status, out, _err = run(decided, *arguments)
    assert "### Abstract\n\nViews ~~may~~**must not** be typed.\n" in out


def test_markdown_shows_markup_as_it_is_written(run: Run, git_repo: Path) -> None:
    commit(git_repo, "2021-01-01", "Draft", "One.")
    commit(git_repo, "2021-02-01", "Draft", "One *<b>* two.")
    _status, out, _err = run(git_repo, "diff", "20", "--format", "markdown")
    assert "One~~.~~ **\\*\\<b>\\* two.**" in out


def test_json(run: Run, decided: Path) -> None:
    _status, out, _err = run(decided, "diff", "20", "--format", "json")
    document = json.loads(out)
    assert document["since"]["reason"] == "Accepted"
    (change,) = document["changes"]
    assert (change["section"], change["added_words"], change["removed_words"]) == ("Abstract", 1, 0)
    assert [piece["kind"] for piece in change["pieces"]] == ["equal", "added", "equal"]


def test_colours(run: Run, decided: Path) -> None:
    _status, out, _err = run(decided, "diff", "20", "--color", "always")
    assert "Views must \x1b[32m{+not +}\x1b[0mbe typed." in out


def test_long_unchanged_text_is_cut(run: Run, git_repo: Path) -> None:
    words = " ".join(f"w{n}" for n in range(60))
    commit(git_repo, "2021-01-01", "Draft", f"{words} old.")
    commit(git_repo, "2021-02-01", "Draft", f"{words} new.")
    _status, out, _err = run(git_repo, "diff", "20")
    assert "\n... w49 " in out
    assert "w48" not in out

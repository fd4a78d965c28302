"""``fep transition``."""

from __future__ import annotations

import re
from pathlib import Path

from ..drafts import Run


def test_transition(run: Run, git_repo: Path) -> None:
    file = git_repo / "proposals" / "fep-0010.rst"
    before = file.read_text("utf-8")
    why = ("--why", "No sponsor was found.")
    status, out, err = run(git_repo, "transition", "10", "withdrawn", *why, "--dry-run")
    assert status == 0
    assert err == "fep: nothing was changed (dry run)\n"
    assert "-Status: Draft\n+Status: Withdrawn\n" in out
    assert file.read_text("utf-8") == before
    status, out, err = run(git_repo, "transition", "10", "Final")
    assert status == 1
    assert "FEP 10 goes from Draft to Final; from Draft, it can only go to Review" in out
    assert err == "fep: nothing was changed\n"
    assert file.read_text("utf-8") == before
    status, out, _err = run(git_repo, "transition", "10", "Withdrawn")
    assert status == 1
    assert "Reason" in out
    status, _out, err = run(git_repo, "transition", "10", "Withdrawn", *why)
    assert (status, err) == (0, "fep: proposals/fep-0010.rst: changed\n")
    after = before.replace("Status: Draft", "Status: Withdrawn")
    assert file.read_text("utf-8") == re.sub(
        "(Created: .*\n)", r"\1Reason: No sponsor was found.\n", after
    )


def test_day_of_the_decision(run: Run, git_repo: Path) -> None:
    status, out, err = run(git_repo, "transition", "10", "Withdrawn", "--on", "2999-01-01")
    assert (status, out) == (2, "")
    assert "--on 2999-01-01 is in the future; use 20" in err
    assert (
        "--on soon is not a date" in run(git_repo, "transition", "10", "Final", "--on", "soon")[2]
    )

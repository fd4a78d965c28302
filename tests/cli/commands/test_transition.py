"""``fep transition``."""

from __future__ import annotations

import re
from pathlib import Path

from ...editing.test_transition_plan import TEXT as DEP
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


def test_a_file_in_the_directory_of_its_status_moves(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft").mkdir()
    (tmp_path / "draft/0007-views.rst").write_text(DEP, "utf-8")
    (tmp_path / "draft/0007-views-flow.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    options = ("--process", "dep")
    status, out, err = run(tmp_path, "transition", *options, "7", "Accepted", "--dry-run")
    assert status == 0, err
    assert "rename from draft/0007-views.rst\nrename to accepted/0007-views.rst\n" in out
    assert "-:Status: Draft\n+:Status: Accepted\n" in out
    assert out.endswith(
        "draft/0007-views.rst -> accepted/0007-views.rst\n"
        "draft/0007-views-flow.png -> accepted/0007-views-flow.png\n"
    )
    assert not (tmp_path / "accepted").exists()
    assert run(tmp_path, "transition", *options, "7", "Accepted")[0] == 0
    assert (tmp_path / "accepted/0007-views.rst").is_file()
    assert not (tmp_path / "draft").exists()

"""``fep renumber``."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drafts import GOOD, Run


def test_renumber(run: Run, git_repo: Path) -> None:
    old, new = (git_repo / "proposals" / f"fep-00{number}.rst" for number in (10, 14))
    other = git_repo / "proposals" / "fep-0011.rst"
    other.write_text(other.read_text("utf-8").replace("Topic: ", "Requires: 10\nTopic: "), "utf-8")
    diff = """\
--- a/proposals/fep-0010.rst
+++ b/proposals/fep-0014.rst
@@ -1,4 +1,4 @@
-FEP: 10
+FEP: 14
"""
    status, planned, err = run(git_repo, "renumber", "10", "14", "--dry-run")
    assert (status, err) == (0, "fep: nothing was changed (dry run)\n")
    assert diff in planned
    assert planned.endswith("\nproposals/fep-0010.rst -> proposals/fep-0014.rst\n")
    assert old.exists()
    assert not new.exists()
    status, out, err = run(git_repo, "renumber", "10", "14")
    assert (status, out) == (0, planned)
    assert err == ("fep: proposals/fep-0011.rst: changed\nfep: proposals/fep-0014.rst: changed\n")
    assert new.exists()
    assert not old.exists()


@pytest.mark.parametrize("typed", ["fep-0012-b.rst", "./fep-0012-b.rst", "{root}/fep-0012-b.rst"])
def test_the_path_is_one_from_the_current_directory(run: Run, repo: Path, typed: str) -> None:
    directory = repo / "proposals"
    (directory / "fep-0012-b.rst").write_text(GOOD.format(n=12), "utf-8")
    path = typed.format(root=directory)
    status, out, err = run(directory, "renumber", "12", "13", "--path", path, "--dry-run")
    assert status == 0, err
    assert "proposals/fep-0012-b.rst -> proposals/fep-0013-b.rst\n" in out

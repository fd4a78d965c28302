"""``fep renumber``."""

from __future__ import annotations

from pathlib import Path

from ..drafts import Run


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

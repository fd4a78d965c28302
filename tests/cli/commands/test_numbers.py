"""Numbers of proposals on the command line, in every form that people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drafts import GOOD, Run


@pytest.fixture
def large(git_repo: Path) -> Path:
    """A repository whose proposals are numbered like issues."""
    link = "\nSee :fep:`43651`, :fep:`10000` and :fep:`10`.\n"
    for number in (10000, 43651, 123456):
        text = GOOD.format(n=number).replace("Topic:", "Requires: 10, 10000\nTopic:")
        text = text.replace("Requires: 10, 10000", "Requires: 10") if number == 10000 else text
        (git_repo / "proposals" / f"fep-{number:04}.rst").write_text(text + link, "utf-8")
    return git_repo


def test_numbers_beyond_9999_are_numbers(run: Run, large: Path) -> None:
    assert run(large, "check", "--strict")[1:] == (
        "6 files checked: no findings\n",
        "",
    )
    listed = run(large, "list")[1].splitlines()
    assert [int(line.split()[0]) for line in listed] == [10, 11, 12, 10000, 43651, 123456]
    assert run(large, "next")[1] == "123457\n"
    assert "Required by" in run(large, "show", "10000")[1]
    status, out, err = run(large, "renumber", "10000", "200000")
    assert status == 0, err
    assert "proposals/fep-10000.rst -> proposals/fep-200000.rst" in out
    assert run(large, "check", "--strict")[0] == 0

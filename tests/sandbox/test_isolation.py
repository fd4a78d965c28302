"""Which sandbox is chosen, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.sandbox import isolation
from fep_tools.sandbox.isolation import Bubblewrap, find, IsolationUnavailable, Unshare


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    find.cache_clear()


def test_the_first_that_works_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bubblewrap, "probe", lambda self: "")
    assert find().name == "bubblewrap"
    find.cache_clear()
    monkeypatch.setattr(Bubblewrap, "probe", lambda self: "bwrap is not installed")
    monkeypatch.setattr(Unshare, "probe", lambda self: "")
    assert find().name == "unshare"
    find.cache_clear()


def test_without_a_sandbox_nothing_is_run_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_tool", lambda name: "")
    with pytest.raises(IsolationUnavailable) as told:
        find()
    assert str(told.value) == (
        "no sandbox works here (bwrap is not installed; unshare is not installed), and snippets "
        "are programs of strangers; install bubblewrap, or read them and add --allow-unsandboxed"
    )
    assert find(unsandboxed=True).name == "none"
    find.cache_clear()


def test_what_does_not_work_is_told_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tool = tmp_path / "bwrap"
    tool.write_text("#!/bin/sh\necho 'bwrap: no permissions' >&2\nexit 1\n", "utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(isolation, "_tool", lambda name: str(tool))
    assert Bubblewrap().probe() == "bwrap does not work: bwrap: no permissions"


def test_a_sandbox_that_holds_nothing_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As a wrapper would be that runs the program as it is."""
    tool = tmp_path / "bwrap"
    tool.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift; "$@"\n', "utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(isolation, "_tool", lambda name: str(tool))
    assert "are there" in Bubblewrap().probe() or "is there" in Bubblewrap().probe()

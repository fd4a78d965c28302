"""Bubblewrap is used if it works; without it nothing is run unless the user allows that."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.sandbox import isolation
from fep_tools.sandbox.isolation import Bubblewrap, find, IsolationUnavailable


@pytest.fixture(autouse=True)
def clear_cache() -> None:
    find.cache_clear()


@pytest.fixture
def bwrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Install a shell script in place of bwrap."""

    def install(script: str) -> None:
        program = tmp_path / "bwrap"
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(isolation, "_bwrap", lambda: str(program))

    return install


@pytest.mark.parametrize(
    ("problem", "unsandboxed", "expected"),
    [
        ("", False, "bubblewrap"),
        ("", True, "bubblewrap"),
        ("bubblewrap is not installed", True, "none"),
    ],
)
def test_choice_of_isolation(
    problem: str, unsandboxed: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bubblewrap, "probe", lambda self: problem)
    assert find(unsandboxed=unsandboxed).name == expected
    find.cache_clear()


def test_missing_bubblewrap_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_bwrap", lambda: "")
    with pytest.raises(IsolationUnavailable) as error:
        find()
    assert str(error.value) == (
        "bubblewrap is not installed, and snippets are untrusted programs; nothing was run. "
        "Install bubblewrap (apt install bubblewrap, dnf install bubblewrap), or read the snippets "
        "and add --allow-unsandboxed"
    )


def test_probe_changes_the_user_as_a_snippet_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container that has one user, root cannot; every snippet would be recorded as failed."""
    if problem := Bubblewrap().probe():
        pytest.skip(problem)
    monkeypatch.setattr(Bubblewrap, "user", lambda self: 2**32 - 1)
    assert Bubblewrap().probe().startswith("bubblewrap does not work here (")


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("echo 'bwrap: No permissions' >&2; exit 1", "bwrap: No permissions"),
        ("exit 3", "it exited with 3"),
        # Runs the program after "--" without any isolation. If it gives up root, it may not even
        # start a Python below /root.
        (
            'while [ "$1" != -- ]; do shift; done; shift; "$@"',
            "can be rea|Permission denied",
        ),
    ],
)
def test_probe_rejects_a_bubblewrap_that_does_not_isolate(
    script: str, error: str, bwrap: Callable[[str], None]
) -> None:
    bwrap(script)
    problem = Bubblewrap().probe()
    assert problem.startswith("bubblewrap does not work here (")
    assert re.search(error, problem)

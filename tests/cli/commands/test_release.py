"""``fep release``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docutils.core
import pytest

from ...catalog.test_schemas import assert_matches
from ..drafts import Run

TEXT = """\
FEP: {number}
Title: {title}
Author: Ada Lovelace
Status: {status}
Type: Standards Track
{requires}Created: 2020-01-02
Flask-Version: {version}

Abstract
========

Views may be *typed*, and take ``*args``.
"""

LOG = """\
Version 3.2.0
-------------

-   Typed views: FEP 20.
-   Lazy templates: FEP 23.
"""


@pytest.fixture
def planned(checkout: Callable[..., Path]) -> Path:
    """A repository in which version 3.2 has one proposal of most states."""

    def text(number: int, status: str, version: str = "3.2", requires: str = "") -> str:
        title = f"Views of the *{number}th kind"
        return TEXT.format(
            number=number, title=title, status=status, version=version,
            requires=f"Requires: {requires}\n" if requires else "",
        )  # fmt: skip

    root = checkout(
        {
            "fep-0020.rst": text(20, "Final"),
            "fep-0021.rst": text(21, "Accepted"),
            "fep-0022.rst": text(22, "Review"),
            "fep-0023.rst": text(23, "Accepted", "3.1"),
            "fep-0024.rst": text(24, "Accepted", requires="22"),
        }
    )
    (root / "CHANGES.rst").write_text(LOG, "utf-8")
    return root


def test_text(run: Run, planned: Path) -> None:
    status, out, err = run(planned, "release", "3.2.0")
    assert (status, err) == (0, "")
    assert (
        out
        == """\
Flask-Version 3.2.0

Forgotten
  FEP 23: Views of the *23th kind
    is for 3.1 and still Accepted

Blocked
  FEP 24: Views of the *24th kind
    requires FEP 22, which is Review

Planned
  FEP 22: Views of the *22th kind
    is not accepted: Review

Accepted
  FEP 21: Views of the *21th kind

Final
  FEP 20: Views of the *20th kind
"""
    )


def test_a_version_that_is_out(run: Run, planned: Path) -> None:
    _status, out, _err = run(planned, "release", "3.2", "--released")
    assert "Forgotten\n  FEP 21: Views of the *21th kind\n    is still Accepted\n" in out
    assert "Blocked" not in out


def test_a_version_that_no_proposal_names(run: Run, planned: Path) -> None:
    assert run(planned, "release", "1.0")[1] == "Flask-Version 1.0\n\nNo FEP is for this version.\n"


def test_a_change_log(run: Run, planned: Path) -> None:
    status, out, _err = run(planned, "release", "3.2", "--changelog", "CHANGES.rst")
    assert status == 1
    assert (
        out.partition("Change log, ")[2]
        == """\
Version 3.2.0: 1 mentioned
  FEP 21: Views of the *21th kind
    this section does not mention it
  FEP 22: Views of the *22th kind
    this section does not mention it
  FEP 24: Views of the *24th kind
    this section does not mention it
  FEP 23: Views of the *23th kind
    is mentioned, but is for 3.1
"""
    )


def test_a_change_log_that_agrees(run: Run, planned: Path) -> None:
    log = "# 3.1\n\n- Lazy templates, FEP 23\n"
    (planned / "CHANGES.md").write_text(log, "utf-8")
    status, out, _err = run(planned, "release", "3.1", "--changelog", "CHANGES.md")
    assert (status, out.partition("Change log")[2]) == (0, ", 3.1: 1 mentioned\n")


def test_json(run: Run, planned: Path) -> None:
    arguments = ("release", "3.2", "--format", "json", "--changelog", "CHANGES.rst")
    _status, out, _err = run(planned, *arguments)
    assert_matches("release", out)
    document = json.loads(out)
    assert [(p["number"], p["state"]) for p in document["proposals"]] == [
        (23, "forgotten"), (24, "blocked"), (22, "planned"), (21, "accepted"), (20, "final"),
    ]  # fmt: skip
    assert document["changelog"]["agreed"] == [20]
    assert document["changelog"]["unexpected"] == [{"number": 23, "versions": ["3.1"]}]
    assert_matches("release", run(planned, "release", "3.2", "--format", "json")[1])


def test_a_page_in_markdown(run: Run, planned: Path) -> None:
    arguments = ("release", "3.2", "--format", "markdown", "--base-url", "https://example.org")
    assert (
        run(planned, *arguments)[1]
        == """\
# What's new in 3.2

## Views of the \\*20th kind

Views may be typed, and take \\*args.

See [FEP 20](<https://example.org/fep-0020/>).

## Views of the \\*21th kind

Views may be typed, and take \\*args.

See [FEP 21](<https://example.org/fep-0021/>).
"""
    )


def test_a_page_in_rst(run: Run, planned: Path) -> None:
    arguments = ("release", "3.2", "--format", "rst", "--base-url", "https://example.org")
    _status, out, _err = run(planned, *arguments)
    settings = {"report_level": 1, "halt_level": 1}
    tree = docutils.core.publish_doctree(out, settings_overrides=settings)
    assert tree.astext().split("\n\n")[:5] == [
        "What's new in 3.2",
        "Views of the *20th kind",
        "Views may be typed, and take *args.",
        "See FEP 20.",
        "Views of the *21th kind",
    ]
    assert "`FEP 20 <https://example.org/fep-0020/>`__" in out


def test_a_change_log_without_the_version(run: Run, planned: Path) -> None:
    status, out, err = run(planned, "release", "9.9", "--changelog", "CHANGES.rst")
    assert (status, out) == (2, "")
    assert err == "fep: CHANGES.rst: no section is on version 9.9\n"


def test_a_process_without_versions(run: Run, planned: Path) -> None:
    process = planned / "fep" / "process.toml"
    text = process.read_text("utf-8").replace('role = "version"\n', "")
    process.write_text(text, "utf-8")
    status, _out, err = run(planned, "release", "3.2")
    assert status == 2
    assert 'no header for versions; give one role = "version" in the process file' in err

"""Transitions that move files, because directories stand for statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.editing.file_changes import write_changes
from fep_tools.editing.transition import StatusChange
from fep_tools.editing.transition_plan import plan_transition
from fep_tools.editorial.readiness import assess
from fep_tools.errors import FepError, RepositoryError
from fep_tools.lint import baseline
from fep_tools.repository import Repository

from ..conftest import TODAY

HEADERS = """\
:DEP: 7
:Author: Ada Lovelace
:Implementation Team: Ada Lovelace
:Shepherd: Grace Hopper
:Status: Draft
:Type: Feature
:Created: 2026-01-02
:Last-Modified: 2026-01-02
"""
TEXT = f"""\
============
DEP 7: Views
============

{HEADERS}
.. contents:: Table of Contents
   :depth: 3
   :local:

Abstract
========

As ``shown``.

.. figure:: 0007-views-flow.png
   :alt: The flow.

Specification
=============

All.

Motivation
==========

Use.

Rationale
=========

Why.

Backwards Compatibility
=======================

None.

Reference Implementation
========================

None.

Copyright
=========

This document has been placed in the public domain per the Creative Commons CC0 1.0 Universal
license (http://creativecommons.org/publicdomain/zero/1.0/deed).
"""
ACCEPTED = StatusChange(7, "Accepted", TODAY)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "draft/0007-views").mkdir(parents=True)
    (tmp_path / "accepted").mkdir()
    (tmp_path / "draft/0007-views.rst").write_text(TEXT, "utf-8")
    (tmp_path / "draft/0007-views-flow.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "draft/0007-views/example.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "draft/0008-other.rst").write_text(TEXT.replace("7", "8"), "utf-8")
    return tmp_path


def files(root: Path) -> set[str]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in found} - {".fep_cache"}


def test_the_file_moves_with_everything_that_belongs_to_it(root: Path) -> None:
    repository = Repository.open(root, "dep")
    changes, result = plan_transition(repository, ACCEPTED)
    assert not result.fails(), result.diagnostics
    write_changes(repository, changes)
    assert files(root) == {
        "accepted/0007-views.rst", "accepted/0007-views-flow.png", "accepted/0007-views/example.py",
        "draft/0008-other.rst",
    }  # fmt: skip
    text = (root / "accepted/0007-views.rst").read_text("utf-8")
    assert text == TEXT.replace("Status: Draft", "Status: Accepted")
    options = CheckOptions(TODAY)
    found = Repository.open(root, "dep").check(options).diagnostics
    assert not [d for d in found if d.number == 7 and d.code in {"S002", "B013"}]


def test_accepted_findings_stay_accepted(root: Path) -> None:
    path = root / "draft/0007-views.rst"
    path.write_text(TEXT.replace("``shown``", "`shown`"), "utf-8")
    entries = Repository.open(root, "dep").baseline_entries(TODAY)
    (root / ".fep-baseline.json").write_text(baseline.dump(entries), "utf-8")
    before = Repository.open(root, "dep").check(CheckOptions(TODAY))
    repository = Repository.open(root, "dep")
    changes, _result = plan_transition(repository, ACCEPTED)
    write_changes(repository, changes)
    after = Repository.open(root, "dep").check(CheckOptions(TODAY))
    assert after.baselined == before.baselined > 0
    assert [d.code for d in after.diagnostics] == [d.code for d in before.diagnostics]


def test_no_file_is_overwritten(root: Path) -> None:
    repository = Repository.open(root, "dep")
    changes, _result = plan_transition(repository, ACCEPTED)
    (root / "accepted/0007-views-flow.png").write_bytes(b"mine")
    with pytest.raises(RepositoryError, match="already exists; it was not overwritten"):
        write_changes(repository, changes)
    message = r"draft/0007-views.rst cannot be moved: accepted/0007-views-flow.png already exists"
    with pytest.raises(FepError, match=message):
        plan_transition(Repository.open(root, "dep"), ACCEPTED)
    assert "draft/0007-views.rst" in files(root)


def test_text_that_is_written_meanwhile_is_not_lost(root: Path) -> None:
    repository = Repository.open(root, "dep")
    changes, _result = plan_transition(repository, ACCEPTED)
    (root / "draft/0007-views.rst").write_text(TEXT + "\nMore.\n", "utf-8")
    with pytest.raises(RepositoryError, match="nothing was written, run it again"):
        write_changes(repository, changes)
    assert "accepted/0007-views.rst" not in files(root)
    assert (root / "draft/0007-views.rst").read_text("utf-8").endswith("More.\n")


def test_a_file_that_is_there_already_stays(root: Path) -> None:
    """Its author has moved it, but not changed its header."""
    (root / "draft/0007-views.rst").rename(root / "accepted/0007-views.rst")
    (root / "draft/0007-views-flow.png").rename(root / "accepted/0007-views-flow.png")
    changes, result = plan_transition(Repository.open(root, "dep"), ACCEPTED)
    assert not result.fails()
    assert changes.moved == {}
    assert list(changes.texts) == ["accepted/0007-views.rst"]


def test_readiness_does_not_ask_for_the_move(root: Path) -> None:
    readiness = assess(Repository.open(root, "dep"), 7, "Accepted", TODAY)
    assert not [item for item in readiness.items if item.code == "S002"]


def test_a_link_is_named_as_the_obstacle(root: Path) -> None:
    file = root / "draft/0007-views.rst"
    file.rename(root / "views.rst")
    file.symlink_to("../views.rst")
    with pytest.raises(RepositoryError, match=r"^draft/0007-views\.rst: the file is a link; put"):
        plan_transition(Repository.open(root, "dep"), ACCEPTED)

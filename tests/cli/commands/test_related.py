"""``fep related``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..drafts import Run

TEXT = """\
FEP: {n}
Title: {title}
Author: Ada Lovelace
Status: {status}

Abstract
========

{body}
"""


NOTHING = "No proposal has these words; words that nearly all proposals have do not count."


@pytest.fixture
def related_repo(repo: Path) -> Path:
    rows = [
        (20, "Typed views", "Draft", "A view may declare what it returns."),
        (21, "Async views", "Rejected", "A view may be a coroutine."),
    ]
    for n, title, status, body in rows:
        text = TEXT.format(n=n, title=title, status=status, body=body)
        (repo / "proposals" / f"fep-{n:04}.rst").write_text(text)
    return repo


@pytest.mark.parametrize("query", ["20", "FEP 20", "fep-0020", "proposals/fep-0020.rst"])
def test_a_number(run: Run, related_repo: Path, query: str) -> None:
    status, out, _err = run(related_repo, "related", query)
    assert status == 0
    assert out.startswith("100%  FEP 21: Async views (Rejected)\n      view")


def test_a_text(run: Run, related_repo: Path) -> None:
    _status, out, _err = run(related_repo, "related", "coroutine views")
    assert out.startswith("100%  FEP 21: Async views")


@pytest.mark.parametrize("word", ["coroutine", "coroutines", "Async"])
def test_a_word_that_one_proposal_has(run: Run, related_repo: Path, word: str) -> None:
    _status, out, _err = run(related_repo, "related", word)
    assert [line for line in out.splitlines() if "FEP" in line] == [
        "100%  FEP 21: Async views (Rejected)"
    ]


def test_a_file(run: Run, related_repo: Path) -> None:
    (related_repo / "idea.txt").write_text("Views that are coroutines.\n")
    _status, out, _err = run(related_repo, "related", "idea.txt")
    assert "FEP 21: Async views" in out


def test_a_text_that_is_too_long_for_a_file_name(run: Run, related_repo: Path) -> None:
    status, out, _err = run(related_repo, "related", "coroutine " * 500)
    assert (status, out.splitlines()[0]) == (0, "100%  FEP 21: Async views (Rejected)")


def test_json(run: Run, related_repo: Path) -> None:
    _status, out, _err = run(related_repo, "related", "20", "--format", "json", "--limit", "1")
    (found,) = json.loads(out)["proposals"]
    assert (found["number"], found["title"], found["status"]) == (21, "Async views", "Rejected")


def test_nothing_is_related(run: Run, related_repo: Path) -> None:
    assert run(related_repo, "related", "xyzzy") == (0, f"{NOTHING}\n", "")


def test_a_number_that_nobody_has(run: Run, related_repo: Path) -> None:
    status, _out, err = run(related_repo, "related", "999")
    assert status == 2
    assert "there is no FEP 999" in err

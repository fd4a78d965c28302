"""What other communities see: nothing of this repository's own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ...communities import BUILTIN, foreign_words
from ..drafts import Run

COMMANDS = (
    ("process",), ("process", "--format", "svg"), ("rules",), ("list",), ("show", "1"), ("next",),
    ("check",), ("check", "--format", "sarif"), ("stats",), ("log", "--all"), ("agenda",),
    ("export", "atom", "--base", "https://example.org/"), ("explain", "image-outside"),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("path", BUILTIN, ids=lambda path: path.stem)
def test_nothing_names_another_community(run: Run, tmp_path: Path, path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    options = ("--process", path.stem)
    assert run(tmp_path, "new", "Views", "--author", "Ada Lovelace", *options)[0] == 0
    (proposal,) = tmp_path.rglob("*.rst")
    with proposal.open("a", encoding="utf-8") as file:
        file.write("\n.. image:: ../../secret.png\n")
    for command in COMMANDS:
        _status, out, err = run(tmp_path, *command, *options)
        assert (command, foreign_words(out + err)) == (command, [])
    assert run(tmp_path, "build", "--output", "site", *options)[0] == 0
    pages = [page for page in tmp_path.joinpath("site").rglob("*") if page.is_file()]
    assert {page.name for page in pages} >= {"index.html", "404.html"}
    texts = {page: page.read_bytes().decode("utf-8", "replace") for page in pages}
    assert {page: words for page, text in texts.items() if (words := foreign_words(text))} == {}


def test_packages_are_links_in_peps(run: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert run(tmp_path, "new", "Views", "--author", "Ada", "--process", "pep")[0] == 0
    with (tmp_path / "peps" / "pep-0001.rst").open("a", encoding="utf-8") as file:
        file.write("\nSee :pypi:`flit-core` and :pypi:`the tool <flit>`.\n")
    assert run(tmp_path, "build", "--output", "site", "--process", "pep")[0] == 0
    page = (tmp_path / "site" / "pep-0001" / "index.html").read_text("utf-8")
    assert 'href="https://pypi.org/project/flit-core/">flit-core</a>' in page
    assert 'href="https://pypi.org/project/flit/">the tool</a>' in page

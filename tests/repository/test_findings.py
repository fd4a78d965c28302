"""A check that takes findings of unchanged files from the cache finds what one without it does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.repository.test_checking import draft, git, OPTIONS

from fep_tools.diagnostics import CheckOptions, CheckResult
from fep_tools.lint import testing
from fep_tools.proposals import loader
from fep_tools.proposals.model import Proposal
from fep_tools.proposals.pool import EarlyWorkers
from fep_tools.repository import Repository

LINKING = draft(
    1,
    more="""

See :fep:`2#copyright`, :fep:`3`, :fep:`12`, ``FEP 2``, FEP 3, :ref:`elsewhere` and :ref:`label`.

.. image:: fep-0001/a.svg

.. include:: fep-0001/code.rst

.. code-block:: pyhton

   app = 1
""",
)
SETTLED = draft(2, "Superseded", "\nSuperseded-By: 3", created="02-Jan-2026")
SUPPRESSING = draft(
    3, more="\nReplaces: 2\n\n.. fep: ignore[B020] It is an example.\n\nSee this.\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
EXEMPT = '\n[[exempt]]\nnumber = 2\ncode = "H103"\nreason = "It is old."\n'
"""Appended to the process."""


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def put(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")

    return change


def append(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: put(path, (root / path).read_text("utf-8") + text)(root)


ONE, TWO, THREE = (f"proposals/fep-000{n}.rst" for n in (1, 2, 3))

CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda root: None,
    "a paragraph": append(TWO, "\nMore.\n"),
    "a paragraph with a mistake": append(TWO, "\nMore `text`.\n"),
    "a link to what is linked": edit(TWO, "Copyright\n=========", "Rights\n======"),
    "a status": edit(TWO, "Superseded\n", "Draft\n"),
    "a status that does not exist": edit(THREE, "Draft", "Drfat"),
    "a number": edit(TWO, "FEP: 2", "FEP: 12"),
    "a title that another has": edit(TWO, "Title 2", "Title 1"),
    "a relation": edit(THREE, "Replaces: 2", "Replaces: 1"),
    "a label": append(TWO, "\n.. _elsewhere:\n\nThere\n=====\n\nText.\n"),
    "a language": append(TWO, "\n.. code-block:: pyhton\n\n   x = 1\n"),
    "languages": lambda root: (
        append(TWO, "\n.. code-block:: pyhton\n\n   x = 1\n")(root),
        append(THREE, "\n.. code-block:: pyhton\n\n   x = 1\n")(root),
    ),
    "a comment less": edit(THREE, ".. fep: ignore[B020] It is an example.\n\n", ""),
    "a comment more": append(TWO, "\n.. fep: ignore[B010] None.\n\nText.\n"),
    "a file less": lambda root: (root / TWO).unlink(),
    "another name": lambda root: (root / TWO).rename(root / "proposals/fep-0012.rst"),
    "no name of a proposal": lambda root: (root / TWO).rename(root / "proposals/fep-two.rst"),
    "a file that cannot be read": lambda root: (root / TWO).write_bytes(b"\xff\0"),
    "another file": put("proposals/fep-0012.rst", draft(12)),
    "an image": put("proposals/fep-0001/a.svg", SVG.replace("/>", "><script/></svg>")),
    "an image less": lambda root: (root / "proposals/fep-0001/a.svg").unlink(),
    "an included file": put("proposals/fep-0001/code.rst", "An `included` text.\n"),
    "an included file less": lambda root: (root / "proposals/fep-0001/code.rst").unlink(),
    "people": put("fep/people.toml", '[[person]]\nname = "Ada Lovelace"\nroles = ["editor"]\n'),
    "the process": edit("fep/process.toml", 'title = "Copyright"', 'title = "Rights"'),
    "the process, on a rule": edit("fep/process.toml", "[severity]", '[severity]\nB010 = "error"'),
    "an exemption": append("fep/process.toml", EXEMPT),
    "settings": put("pyproject.toml", '[tool.fep]\nignore = ["B010"]\n'),
    "settings for a file": put(
        "pyproject.toml", '[tool.fep.per-file-ignores]\n"proposals/fep-0001.rst" = ["B"]\n'
    ),
    "settings of levels": put("pyproject.toml", '[tool.fep.severity]\nB = "warning"\n'),
}
"""What can change between two checks."""


@pytest.fixture
def root(checkout: Callable[..., Path]) -> Path:
    """Return a repository with findings of many kinds, under git."""
    root = checkout({"fep-0001.rst": LINKING, "fep-0002.rst": SETTLED, "fep-0003.rst": SUPPRESSING})
    edit("fep/process.toml", "[files]\n", '[files]\nincluded = ["proposals/fep-*/*.rst"]\n')(root)
    put("proposals/fep-0001/code.rst", "Some `text`.\n")(root)
    put("proposals/fep-0001/a.svg", SVG)(root)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "main")
    return root


def check(
    root: Path, cache: Path | None, options: CheckOptions = OPTIONS, base: str | None = None
) -> CheckResult:
    return Repository.open(root, cache_directory=cache).check(options, base=base)


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_findings_are_those_of_a_check_without_a_cache(
    root: Path, tmp_path: Path, change: str
) -> None:
    cache = tmp_path / "cache"
    assert check(root, cache) == check(root, None)
    before = {d.code for d in check(root, None).diagnostics}
    assert {"B010", "B021", "B037", "B041"} <= before
    CHANGES[change](root)
    later = testing.TODAY + timedelta(days=900)
    for options in (
        OPTIONS,
        OPTIONS._replace(select=("ALL",), today=later),
        OPTIONS._replace(select=("H", "S", "L"), paths=(ONE, TWO)),
    ):
        assert check(root, cache, options) == check(root, None, options)
    fixed = Repository.open(root, cache_directory=cache).fixed_texts(OPTIONS)
    assert fixed == Repository.open(root).fixed_texts(OPTIONS)
    assert check(root, cache, base="HEAD") == check(root, None, base="HEAD")
    git(root, "checkout", "--quiet", ".")
    git(root, "clean", "--quiet", "--force", "-d", "--", "proposals", "fep")
    (root / "pyproject.toml").unlink(missing_ok=True)
    assert check(root, cache) == check(root, None)


def test_workers_start_before_the_headers_are_read(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[int, int]] = []
    monkeypatch.setattr(EarlyWorkers, "start", lambda _self, *numbers: started.append(numbers))
    check(root, None, OPTIONS._replace(jobs=3))
    check(root, None, OPTIONS._replace(select=("H",)))  # needs no body
    check(root, tmp_path / "cache")
    check(root, tmp_path / "cache")  # from the cache of results
    append(ONE, "\nMore.\n")(root)
    check(root, tmp_path / "cache")
    assert started == [(5, 3), (5, 1), (1, 1)]  # there are five files


def test_bodies_of_unchanged_files_are_not_read(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    original = loader.with_bodies

    def reading(proposals: Sequence[Proposal], *others: Any, **options: Any) -> list[Proposal]:
        read.extend(proposal.path for proposal in proposals)
        return original(proposals, *others, **options)

    monkeypatch.setattr(loader, "with_bodies", reading)

    def paths_read(base: str | None = None) -> list[str]:
        read.clear()
        check(root, tmp_path / "cache", OPTIONS, base)
        return read

    assert paths_read() == [ONE, TWO, THREE]
    append(ONE, "\nMore.\n")(root)
    # The third one has a comment that suppresses a rule.
    assert paths_read() == [ONE, THREE]
    append(TWO, "\nMore.\n")(root)
    # The first one links to the second.
    assert paths_read() == [ONE, TWO, THREE]
    append(ONE, "\nMore.\n")(root)
    # The second one is settled: both of its versions are compared.
    assert paths_read("HEAD")[:-2] == [THREE, TWO, TWO, ONE, THREE]


@pytest.mark.parametrize("value", ["", "[]", "nonsense", "[" * 10**5, 7, None, b"\0", '{"a": 1}'])
def test_what_is_damaged_is_found_again(root: Path, tmp_path: Path, value: object) -> None:
    expected = check(root, tmp_path / "cache")
    with closing(sqlite3.connect(tmp_path / "cache/facts.sqlite3")) as database, database:
        database.execute("UPDATE facts SET value = ?", (value,))
    assert check(root, tmp_path / "cache") == expected


def test_markdown_that_cannot_be_read_any_more_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Path(__file__).parents[1] / "conformance/processes/eip.toml"
    put("fep/process.toml", process.read_text("utf-8"))(tmp_path)
    put("EIPS/eip-7.md", "---\neip: 7\ntitle: A\n---\n\n## Abstract\n\nText.\n")(tmp_path)
    assert check(tmp_path, tmp_path / "cache").complete
    monkeypatch.setattr(loader, "find_spec", lambda _name: None)
    put("EIPS/eip-8.md", "---\neip: 8\ntitle: B\n---\n")(tmp_path)
    assert check(tmp_path, tmp_path / "cache") == check(tmp_path, None)
    assert not check(tmp_path, None).complete

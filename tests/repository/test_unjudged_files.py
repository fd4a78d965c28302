"""Files of a change that no rule judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools._cache import Cache
from fep_tools.process.loader import load_process
from fep_tools.process.schema import Files, PageDirectory
from fep_tools.proposals.loader import load_corpus
from fep_tools.proposals.model import Corpus
from fep_tools.repository.unjudged_files import notes

PROCESS = load_process(Path(__file__).parents[2] / "fep" / "process.toml")

TEXT = "FEP: {number}\nStatus: {status}\n\n.. image:: {image}\n"


def read() -> Corpus:
    texts = (TEXT.format(number=7, status="Final", image="a.png"),
             TEXT.format(number=8, status="Draft", image="b.png"),
             TEXT.format(number=9, status="Rejected", image="img/d%20e.svg"),
             TEXT.format(number=10, status="Final", image="sub/fig\n   ure\\1.png"))  # fmt: skip
    sources = {f"proposals/fep-{n:04}.rst": text.encode() for n, text in enumerate(texts, start=7)}
    return load_corpus(sources, PROCESS, Cache(None), bodies=False)


def changed(path: str) -> list[str]:
    return [*notes(PROCESS, {path: "old"}, {path: "new"}, read)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("proposals/sub/fep-0050.rst", True),
        ("proposals/FEP-0050.RST", True),
        ("proposals/fep-0050.md", True),
        ("proposal/fep-0050.txt", True),
        ("fep-0050.rst", True),
        ("proposals/fep-0050.rst", False),
        ("proposals/views.rst", False),  # the rule file-name reports it
        ("proposals/fep-0050.png", False),
        ("docs/fep-50.rst", False),
        ("proposals/fep-0050-views.rst", False),
        ("proposals/fep-0050/data.txt", False),
    ],
)
def test_files_that_are_named_like_proposals(path: str, expected: bool) -> None:
    begin = f"not checked: {path}; the name is that of a FEP"
    assert [note[: len(begin)] for note in changed(path)] == [begin] * expected


def test_a_removed_file_needs_no_check() -> None:
    assert [*notes(PROCESS, {"fep-0050.rst": "old"}, {}, read)] == []
    assert len([*notes(PROCESS, {}, {"fep-0050.rst": "new"}, read)]) == 1


def test_files_with_the_names_of_excluded_proposals_are_meant_to_be_elsewhere() -> None:
    table = {"pattern": "fep-{number:04}.rst", "include": ["*.rst"], "exclude": ["old/*"]}
    files = Files.model_validate(table)
    assert files.is_misplaced("new/fep-0050.rst")
    assert not files.is_misplaced("old/fep-0050.rst")


def test_the_number_may_be_in_the_name_of_a_directory() -> None:
    table = {"pattern": "sleps/slep{number:03}/proposal.rst", "include": ["sleps/*/*.rst"]}
    files = Files.model_validate(table)
    assert files.is_misplaced("slep007/proposal.md")
    assert not files.is_misplaced("sleps/slep007/proposal.rst")
    assert not files.is_misplaced("other/proposal.rst")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("proposals/a.png", True),
        ("proposals/img/d e.svg", True),
        ("proposals/sub/figure1.png", True),
        ("proposals/b.png", False),
        ("proposals/c.png", False),
        ("locales/fr/LC_MESSAGES/fep-0007.po", True),
        ("locales/fr/LC_MESSAGES/proposals/fep-0009.po", True),
        ("locales/fr/LC_MESSAGES/proposals.po", True),
        ("locales/fr/LC_MESSAGES/fep-0008.po", False),
        ("locales/fr/LC_MESSAGES/docs.po", False),
    ],
)
def test_images_and_translations_of_settled_proposals(path: str, expected: bool) -> None:
    begin = f"this change also affects what settled proposals show: {path}; a maintainer"
    assert [note[: len(begin)] for note in changed(path)] == [begin] * expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("proposals/fep-0007/appendix-a.rst", True),
        ("proposals/fep-0007/more/appendix-a.md", True),
        ("proposals/fep-0007/view.png", True),
        ("locales/fr/LC_MESSAGES/fep-0007/appendix-a.po", True),
        # The page is below that of the proposal on the site.
        ("extra/9/text.rst", True),
        # A draft, and a page of no proposal.
        ("proposals/fep-0008/appendix-a.rst", False),
        ("proposals/fep-0008/view.png", False),
        ("locales/fr/LC_MESSAGES/fep-0008/appendix-a.po", False),
        ("docs/index.rst", False),
        # No pages of the site.
        ("proposals/fep-0007/data.rst", False),
        ("proposals/fep-0007/appendix-a.json", False),
    ],
)
def test_pages_of_settled_proposals(path: str, expected: bool) -> None:
    pages = tuple(
        PageDirectory.model_validate(table)
        for table in (
            {"directory": "proposals/fep-*", "files": "appendix-*", "path": "fep-*"},
            {"directory": "extra/*", "path": "fep-000*"},
            {"directory": "docs", "path": "docs"},
        )
    )
    process = PROCESS.model_copy(update={"page_directories": pages})
    found = [*notes(process, {path: "old"}, {path: "new"}, read)]
    begin = f"this change also affects what settled proposals show: {path}; a maintainer"
    assert [note[: len(begin)] for note in found] == [begin] * expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("proposals/fep-0007.extensions.json", True),
        ("proposals/fep-0007.notes.json", True),
        ("proposals/fep-0009.extensions.json", True),
        # A draft, no proposal, and no results.
        ("proposals/fep-0008.extensions.json", False),
        ("proposals/fep-0008.notes.json", False),
        ("proposals/fep-0006.extensions.json", False),
        ("proposals/more/fep-0007.extensions.json", False),
        ("proposals/fep-0007.json", False),
    ],
)
def test_results_of_settled_proposals(path: str, expected: bool) -> None:
    begin = f"this change also affects what settled proposals show: {path}; a maintainer"
    for before, after in (({path: "1"}, {path: "2"}), ({}, {path: "1"}), ({path: "1"}, {})):
        found = [*notes(PROCESS, before, after, read)]
        assert [note[: len(begin)] for note in found] == [begin] * expected


def test_results_are_shown_only_if_the_process_has_them() -> None:
    process = PROCESS.model_copy(update={"extensions": None, "notes": None})
    for suffix in (".extensions.json", ".notes.json"):
        after = {f"proposals/fep-0007{suffix}": "new"}
        assert [*notes(process, {}, after, read)] == []


def test_results_may_move_with_their_proposal() -> None:
    table = {"pattern": "{status}/{number:04}.rst", "include": ["*/*.rst"]}
    process = PROCESS.model_copy(update={"files": Files.model_validate(table)})
    sources = {"final/0007.rst": TEXT.format(number=7, status="Final", image="a.png").encode()}
    corpus = load_corpus(sources, process, Cache(None), bodies=False)
    after = {"old/0007.rst": "1", "old/0007.notes.json": "1", "old/0008.notes.json": "1"}
    (note,) = notes(process, {"final/0007.rst": "1"}, after, lambda: corpus)
    assert ": old/0007.notes.json; a maintainer" in note


def test_a_new_image_replaces_none_and_a_new_translation_says_something() -> None:
    assert [*notes(PROCESS, {}, {"proposals/a.png": "new"}, read)] == []
    page = "locales/fr/LC_MESSAGES/fep-0007.po"
    assert len([*notes(PROCESS, {}, {page: "new"}, read)]) == 1

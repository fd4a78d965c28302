"""Pages in directories of pages, and the proposals that they belong to."""

from __future__ import annotations

import pytest

from fep_tools._cache import Cache
from fep_tools._files import Refusal
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.process.schema import PageDirectory
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.loader import load_corpus
from fep_tools.proposals.page_files import (
    directories_above,
    directories_of_pages,
    is_page,
    judge_page_files,
    name_problem,
)


def builtin(name: str) -> Process:
    return parse_process(BUILTIN_DIRECTORY.joinpath(f"{name}.toml").read_text("utf-8"), name)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("peps/pep-0012/appendix-a.rst", True),
        ("peps/pep-0012/more/appendix-a.md", True),
        ("peps/docs/index.rst", True),
        ("peps/pep-0012/data.rst", False),
        ("peps/pep-0012/appendix-a.json", False),
        ("peps/pep-0012.rst", False),
        ("docs/index.rst", False),
    ],
)
def test_pages(path: str, expected: bool) -> None:
    assert is_page(path, builtin("pep")) is expected


def test_a_proposal_is_no_page() -> None:
    pages = (PageDirectory(directory="slep*", path="slep*"),)
    process = builtin("slep").model_copy(update={"page_directories": pages})
    assert is_page("slep007/appendix.rst", process)
    assert not is_page("slep007/proposal.rst", process)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("peps/pep-0012/appendix-a.rst", {"peps", "peps/pep-0012", "pep-0012"}),
        (
            "peps/pep-0012/a/b.png",
            {"peps", "peps/pep-0012", "peps/pep-0012/a", "pep-0012", "pep-0012/a"},
        ),
        ("peps/docs/index.rst", {"peps", "peps/docs", "docs"}),
        ("peps/pep-0012.rst", set()),
        ("other/pep-0012/appendix-a.rst", set()),
    ],
)
def test_directories_above_a_page(path: str, expected: set[str]) -> None:
    assert directories_above(path, builtin("pep")) == expected


@pytest.mark.parametrize(
    ("process", "path", "expected"),
    [
        ("pep", "peps/pep-0012.rst", {"peps/pep-0012", "pep-0012"}),
        ("pep", "peps/pep-views.rst", {"peps/pep-views"}),
        ("slep", "slep007/proposal.rst", {"slep007", "slep-0007"}),
        ("dep", "final/0007-views.rst", {"final/0007-views", "dep-0007"}),
    ],
)
def test_directories_of_pages_of_a_proposal(process: str, path: str, expected: set[str]) -> None:
    assert directories_of_pages(path, builtin(process)) == expected


def test_a_proposal_may_have_a_number_that_is_not_whole() -> None:
    pep = builtin("pep")
    files = pep.files.model_copy(update={"written_numbers": True})
    process = pep.model_copy(update={"files": files})
    found = directories_of_pages("peps/pep-0022a.rst", process)
    assert found == {"peps/pep-0022a", "pep-22a"}


def test_pages_belong_to_the_text_of_a_proposal() -> None:
    sources: dict[str, bytes | Refusal] = {
        "peps/pep-0012.rst": b"PEP: 12\n",
        "peps/pep-0013.rst": b"PEP: 13\n",
        "peps/pep-0012/appendix-b.rst": b"Bees.\n",
        "peps/pep-0012/appendix-a.rst": b"Ants.\r\n",
        "peps/pep-0012/appendix-c.rst": Refusal("is a link"),
        "peps/docs/index.rst": b"Cats.\n",
    }
    twelve, thirteen = load_corpus(sources, builtin("pep"), Cache(None), bodies=False)
    expected = "appendix-a.rst\nAnts.\n\nappendix-b.rst\nBees.\n\nappendix-c.rst\n"
    assert twelve.whole_text == ("PEP: 12\n", expected)
    assert thirteen.whole_text == ("PEP: 13\n", "")


@pytest.mark.parametrize("name", ["a\x1b[31m", "guides/a\u202eb", "a\nb", "a\u2028/b"])
def test_names_with_invisible_characters(name: str) -> None:
    assert name_problem(name) == "has a name with an invisible character"


@pytest.mark.parametrize(
    "name", [r"docs/b}\input{zz}{", "a}^^5cinput{b}{", "100%", 'a"><img src=x>']
)
def test_names_that_tex_or_html_would_obey(name: str) -> None:
    problem = "has a name with one of the characters \\ { } ^ % \" ' & < > `"
    assert name_problem(name) == problem


def test_names_like_urls() -> None:
    problem = "has a name that begins like a URL, to which links to it would lead"
    assert name_problem("javascript:alert(1)") == problem


@pytest.mark.parametrize("name", ["a b", "guides/été", "日本/index", "v1.0/setup", "html/a"])
def test_names_of_pages(name: str) -> None:
    assert name_problem(name) == ""


@pytest.mark.parametrize("name", ["api/peps.json", "api/proposals/0001.json/x", "badge/1.svg"])
def test_names_of_files_of_the_site(name: str) -> None:
    problem = "has the name of a file that is no page, such as index.html or robots.txt"
    assert name_problem(name) == problem
    assert name_problem(f"docs/{name}") == ""


def test_of_two_files_for_one_page_the_first_is_published() -> None:
    paths = ["peps/docs/guide.md", "peps/docs/guide.rst", "peps/docs/guide/index.rst"]
    found = judge_page_files(paths, builtin("pep"), lambda _path: False, lambda _path: b"Text.\n")
    problem = "is for the same page as peps/docs/guide.rst"
    assert found == dict(zip(paths, (problem, "", problem), strict=True))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a/" * 100 + "b", "is in more than 100 directories"),
        ("a/" * 99 + "b", ""),
        (f"{'a' * 200}/" * 5 + "b", "has a path of more than 1,000 bytes"),
        (f"{'a' * 200}/" * 4 + "b", ""),
    ],
)
def test_paths_that_are_too_long_for_a_build(name: str, problem: str) -> None:
    assert name_problem(name) == problem


@pytest.mark.parametrize("name", ["search", "404", "Genindex", "nav"])
def test_names_of_pages_of_the_site(name: str) -> None:
    assert name_problem(name) == "has the name of a page of the site itself"
    assert name_problem(f"docs/{name}") == ""


@pytest.mark.parametrize("end", [".doctree", ".rst.txt", ".fjson", ".xhtml", ".html.tmp"])
def test_directories_like_files_that_builders_make(end: str) -> None:
    problem = "is in a directory with the name of a file that builders make, such as a.doctree"
    assert name_problem(f"guides/a{end}/b") == problem
    assert name_problem(f"guides/a{end}") == ""

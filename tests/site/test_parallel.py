"""Reading pages in several processes, each with its own pages alone."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fep_tools._garbage import free_trees
from fep_tools.site import builder, parallel
from fep_tools.site.parallel import divide
from fep_tools.site.processes import run_in_processes
from fep_tools.site.search import Search

from .sites import proposal, SiteMaker

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "fork" not in multiprocessing.get_all_start_methods(), reason="Sphinx forks its processes"
    ),
]


def test_no_process_sends_the_pages_of_another(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[frozenset[str]] = []
    merge = BuildEnvironment.merge_info_from

    def count_and_merge(
        env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment, app: Sphinx
    ) -> None:
        shares.append(frozenset(other.all_docs))
        assert other.project is None  # which knows all pages
        merge(env, pages, other, app)

    monkeypatch.setattr(BuildEnvironment, "merge_info_from", count_and_merge)
    site = make_site({number: proposal(number) for number in range(1, 31)})
    report = site.build(jobs=2)
    processes = set(shares)
    assert sum(map(len, processes)) == len(frozenset().union(*processes)) == report.read
    assert len(shares) == len(processes) == 2


def test_pages_are_written_in_as_many_processes_as_jobs(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not in one less, as in Sphinx, whose first process resolves links for the others."""
    pytest.importorskip("pagefind")
    processes: list[int] = []

    def count_and_run(
        shares: Sequence[Any], queues: Sequence[Iterable[int]], *others: Any
    ) -> list[Any]:
        processes.append(len(queues))
        return run_in_processes(shares, queues, *others)

    monkeypatch.setattr(parallel, "run_in_processes", count_and_run)
    make_site({number: proposal(number) for number in range(1, 31)}).build(
        jobs=2, search="pagefind"
    )
    assert processes == [2, 2, 2]  # reading, writing, and the pages without a source


def test_no_process_keeps_the_tree_of_a_page(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("pagefind")
    site = make_site({number: proposal(number) for number in range(1, 31)})
    counts = tmp_path / "counts"

    def free_and_count() -> None:
        free_trees()
        trees = [each for each in gc.get_objects() if isinstance(each, nodes.document)]
        pages = [tree for tree in trees if tree["source"].startswith(str(site.root))]
        with counts.open("a") as file:  # by several processes
            file.write(f"{len(pages)}\n")

    for module in (builder, parallel):
        monkeypatch.setattr(module, "free_trees", free_and_count)
    report = site.build(jobs=2, search="pagefind")
    trees = [int(line) for line in counts.read_text().splitlines()]
    assert len(trees) >= report.read + report.written
    # Docutils keeps the tree of a page that is no proposal until it parses the next one.
    assert max(trees) <= 1
    assert sum(trees) <= report.read - 30


@pytest.mark.parametrize(
    ("sizes", "count", "groups"),
    [
        ({}, 2, []),
        ({"a": 5}, 2, [["a"]]),
        ({"a": 5, "b": 0}, 2, [["a"], ["b"]]),
        ({"d": 1, "c": 2, "b": 3, "a": 4}, 2, [["a"], ["b", "c", "d"]]),
        ({"d": 9, "c": 2, "b": 3, "a": 4}, 2, [["a", "b", "c"], ["d"]]),
        ({"a": 9, "b": 1, "c": 1, "d": 1}, 3, [["a"], ["b", "c", "d"]]),
        ({"b": 1, "a": 1}, 1, [["a", "b"]]),
        ({"a": 0, "b": 0, "c": 0}, 2, [["a"], ["b", "c"]]),
    ],
)
def test_processes_get_pages_of_the_same_size(
    sizes: dict[str, int], count: int, groups: list[list[str]]
) -> None:
    assert divide(sizes, count) == groups


def test_a_page_that_is_gone_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text("text", "utf-8")
    assert parallel._size(tmp_path / "a.rst") == 4
    assert parallel._size(tmp_path / "b.rst") == 0


@pytest.mark.parametrize("search", ["sphinx", "pagefind"])
def test_the_site_is_that_of_one_process(make_site: SiteMaker, search: Search) -> None:
    """Also its pictures, and each warning about links, which are resolved late, once."""
    if search == "pagefind":
        pytest.importorskip("pagefind")
    body = "See :fep:`{0}`.\n\n.. image:: {1}.png\n   :alt: One\n"
    texts = {
        number: proposal(number, body=body.format(31 - number, number), Requires="99")
        for number in range(1, 31)
    }
    site = make_site(texts)
    for number in texts:
        site.write(f"proposals/{number}.png", b"\x89PNG\r\n\x1a\n" + bytes(number))
    site.build(jobs=2, search=search)
    alone = site.with_output("alone")
    alone.build(jobs=1, search=search)
    assert site.files() == alone.files()
    assert "_images/30.png" in site.files()
    assert "there is no FEP 99" in site.warnings
    assert sorted(site.warnings.split("\n")) == sorted(alone.warnings.split("\n"))
    assert site.build(jobs=2, search=search).read == 0


ROLES = "Page\n====\n\n.. role:: kbd(strong)\n.. role:: mine(strong)\n\n:mine:`x`\n"
USES = "Page\n====\n\n:mine:`x`\n"
NUMBERED = "Ours\n====\n\n.. toctree::\n   :numbered:\n\n   docs/a\n   docs/b\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_has_nothing_of_the_page_before(make_site: SiteMaker, jobs: int) -> None:
    body = "Abstract\n========\n\nPress :kbd:`K`.\n"
    site = make_site({number: proposal(number, body=body) for number in range(1, 7)})
    site.write("conf.py", "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n")
    for name, text in {"index": NUMBERED, "docs/a": ROLES, "docs/b": USES}.items():
        site.write(f"{name}.rst", text)
    site.build(jobs=jobs)
    # Docutils keeps roles for all pages.
    assert site.warnings.startswith('docs/b.rst:4: ERROR: Unknown interpreted text role "mine".')
    assert [page for page in range(1, 7) if "<kbd" not in site.html(f"fep-{page:04}")] == []
    # Sphinx keeps the numbers of sections of the page that it has written last.
    assert 'class="section-number">2. <' in site.html("docs/b")
    assert "section-number" not in site.html("number")


LABELS = "{more}.. _x:\n\nPage\n====\n\nText.\n"
LINK = "Ours\n====\n\nSee :ref:`x`.\n\n.. toctree::\n\n   docs/a\n   docs/b\n"


def test_what_two_pages_define_does_not_depend_on_the_number_of_processes(
    make_site: SiteMaker,
) -> None:
    """The last page by name has the label, and the first one the name of the image."""
    shown = "Abstract\n========\n\n{text}.. image:: {name}/x.png\n"
    texts = {1: proposal(1, body=shown.format(text="", name="a"))}
    texts[2] = proposal(2, body=shown.format(text="Text.\n\n" * 99, name="b"))
    site = make_site(texts | {number: proposal(number) for number in range(3, 7)})
    site.write("conf.py", "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n")
    site.write("index.rst", LINK)
    site.write("docs/a.rst", LABELS.format(more="Text.\n\n" * 99))
    site.write("docs/b.rst", LABELS.format(more=""))
    for name in "ab":
        site.write(f"proposals/{name}/x.png", b"\x89PNG\r\n\x1a\n" + name.encode())
    files = {}
    for jobs in (1, 2, 5):
        built = site.with_output(f"output{jobs}")
        built.cache = site.cache.with_name(f"cache{jobs}")
        built.build(jobs=jobs)
        assert built.warnings.count("duplicate label x, other instance in ") == 1
        assert built.warnings.startswith("docs/b.rst")
        files[jobs] = built.files()
    assert files[1] == files[2] == files[5]

"""Search with pagefind, and the 404 page."""

from __future__ import annotations

import errno
import json
import shutil
from html import unescape
from pathlib import Path

import pytest

from fep_tools.catalog.model import CatalogEntry
from fep_tools.errors import RepositoryError
from fep_tools.site import pagefind, search

from .sites import proposal, SiteMaker


def test_404_page_works_at_any_url(make_site: SiteMaker) -> None:
    """Links start at the top of the host, or at the path of the site URL."""
    site = make_site({7: proposal(7)})
    site.build()
    page = site.output.joinpath("404.html").read_text("utf-8")
    assert 'data-content_root="/"' in page
    assert 'href="/_static/base.css"' in page
    assert 'action="/search.html"' in page
    site.build(base="https://example.org/feps/")
    page = site.output.joinpath("404.html").read_text("utf-8")
    assert 'href="/feps/_static/base.css"' in page
    assert 'rel="canonical"' not in page


def test_pagefind_is_not_installed(make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "find_spec", lambda _name: None)
    with pytest.raises(RepositoryError, match="pip install 'fep-tools"):
        make_site({7: proposal(7)}).build(search="pagefind")


def test_pagefind_index_is_written_once_and_removed(make_site: SiteMaker) -> None:
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7, Topic="Core")})
    site.build(search="pagefind")
    entry_file = site.output / "pagefind" / "pagefind-entry.json"
    before = entry_file.stat().st_mtime_ns
    site.build(search="pagefind")
    assert entry_file.stat().st_mtime_ns == before
    script = site.output / "pagefind" / "pagefind.js"
    whole = script.read_bytes()
    script.write_bytes(whole[:10])
    site.build(search="pagefind")
    assert script.read_bytes() == whole
    site.build(search="sphinx")
    assert not entry_file.parent.exists()
    assert "pagefind" not in site.html("fep-0007")


def test_files_that_no_build_has_written_stay(make_site: SiteMaker) -> None:
    """A site can be built into a directory that has others."""
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7)})
    names = ("pagefind/notes.txt", "pagefind/fragment/notes.txt", "searchindex.js")
    for name in names:
        site.write(f"../output/{name}", "mine")
    site.build(search="pagefind")
    assert site.output.joinpath("pagefind", "pagefind.js").is_file()
    assert site.output.joinpath("searchindex.js").read_text("utf-8") == "mine"
    site.write("proposals/fep-0007.rst", proposal(7, "Zebras"))
    site.build(search="pagefind")
    site.build(search="sphinx")
    left = sorted(path for path in site.output.joinpath("pagefind").rglob("*") if path.is_file())
    assert left == [site.output / name for name in sorted(names[:2])]


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("print('no memory'); raise SystemExit(3)", "fails (no memory)"),
        ("raise SystemExit(3)", "fails (exit code 3)"),
        ("print('nothing to index')", "fails (nothing to index)"),
        ("import time; time.sleep(60)", "takes more than 1 seconds"),
    ],
)
def test_pagefind_fails(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, program: str, problem: str
) -> None:
    """The build says so, the site is there, and the next build tries again."""
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7)})
    with monkeypatch.context() as patch:
        patch.setattr(pagefind, "MAX_SECONDS", 1.0)
        patch.setattr(pagefind, "PROGRAM", ("-c", program))
        report = site.build(search="pagefind")
        assert report.errors == 1
        expected = f"pagefind {problem}, so the search finds numbers and titles only"
        assert expected in site.warnings
    assert "FEP 7" in site.html("fep-0007")
    assert site.output.joinpath("searchpages.js").is_file()
    assert not site.output.joinpath("pagefind").exists()
    assert site.build(search="pagefind").errors == 0
    assert site.output.joinpath("pagefind", "pagefind.js").is_file()


def test_the_disk_is_full_when_the_index_is_moved(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names one file, and the next build tries again."""
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7)})

    def fail(_file: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "move", fail)
        with pytest.raises(OSError, match="No space") as caught:
            site.build(search="pagefind")
    assert caught.value.errno == errno.ENOSPC
    assert caught.value.filename.startswith(str(site.output / "pagefind"))
    assert site.build(search="pagefind").errors == 0
    assert site.output.joinpath("pagefind", "pagefind.js").is_file()


def test_an_interrupted_build_stops_pagefind(tmp_path: Path) -> None:
    scratch, index = tmp_path / "scratch", tmp_path / "index"
    index.mkdir()
    index.joinpath("pagefind.js").write_bytes(b"")
    scratch.with_suffix(".json").write_text('["pagefind.js"]', "utf-8")
    pages = [("7/index.html", "<html><body><main>Views</main></body></html>")]
    with (
        pytest.raises(KeyboardInterrupt),
        pagefind.indexing(pages, index, scratch, keeps_names=False),
    ):
        raise KeyboardInterrupt
    assert not scratch.exists()
    assert not index.exists()


def test_sphinx_makes_no_index_for_pagefind(make_site: SiteMaker) -> None:
    """Its index is removed, since its pages would be those of an earlier build."""
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7)})
    site.build(search="sphinx")
    assert site.output.joinpath("searchindex.js").is_file()
    site.build(search="pagefind")
    assert not site.output.joinpath("searchindex.js").exists()


def test_pagefind_filters_are_escaped() -> None:
    entry = CatalogEntry(number=7, title="", path="", status='"><script>', topics=("A & B",))
    page = pagefind.prepare_for_pagefind('<main id="fep.content">', "fep-0007/", entry)
    assert page.startswith('<main id="fep.content"><meta data-pagefind-filter="page[content]"')
    assert "<script>" not in page
    assert 'content=""><script>"' in unescape(page)
    assert 'content="A &amp; B"' in page


def test_pagefind_does_not_get_what_it_would_leave_out() -> None:
    code = "<p>Before</p><pre class='x'>one\n<b>two</b></pre><p>between</p><svg>\n<g/></svg>after"
    page = pagefind.prepare_for_pagefind(f"<main>{code}</main>", "", None)
    assert page.endswith("<p>Before</p><p>between</p>after</main>")
    assert {"pre", "svg"} <= set(pagefind.NOT_PROSE)


def test_pagefind_is_used_if_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "find_spec", lambda _name: True)
    for setting in ("auto", "pagefind"):
        # Other themes have a page of their own.
        assert search.choose_engine(setting, is_own_theme=False, is_local=False) == "sphinx"
        assert search.choose_engine(setting, is_own_theme=True, is_local=False) == "pagefind"
    assert search.choose_engine("sphinx", is_own_theme=True, is_local=False) == "sphinx"
    assert search.choose_engine("auto", is_own_theme=True, is_local=True) == "sphinx"
    assert search.choose_engine("pagefind", is_own_theme=True, is_local=True) == "pagefind"
    monkeypatch.setattr(pagefind, "find_spec", lambda name: None if name == "pagefind_bin" else 1)
    assert search.choose_engine("auto", is_own_theme=True, is_local=False) == "sphinx"


def test_titles_numbers_and_words_are_published(make_site: SiteMaker) -> None:
    """Both engines need them, and the box of every page."""
    site = make_site({7: proposal(7, "Typed <views>", Topic="Core")})
    site.build(search="sphinx")
    text = site.output.joinpath("searchpages.js").read_text("ascii")
    data = json.loads(text.removeprefix("FepSearch.setPages(").removesuffix(");\n"))
    assert data["acronym"] == "FEP"
    assert data["pages"][0] == {
        "url": "fep-0007/",
        "title": "FEP 7: Typed <views>",
        "number": "7",
        "status": "Draft",
        "stage": "open",
        "type": "Process",
        "topics": ["Core"],
    }
    assert data["words"][0] == "views"

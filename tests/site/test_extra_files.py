"""Exports beside the pages, and the heads of pages that link to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from xml.dom import minidom
from xml.etree import ElementTree

import feedparser
import html5lib
import icalendar
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from fep_tools.catalog.exports import atom, sitemap
from fep_tools.errors import ConfigError

from ..history.repositories import Made
from .sites import proposal, Reader, Site, SiteMaker

BASE = "https://example.org/feps/"
HOSTILE = "</title></script><script>alert(1)</script>\"'&<!-- ]]>"


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    """A site with a known URL, built from a repository with a history."""
    site = make_site({99: proposal(99, "Late"), 8: proposal(8, HOSTILE, Topic="Core")})
    repository = Made(site.root)
    repository.commit()
    repository.move("proposals/fep-0099.rst", "proposals/fep-0007.rst")
    late = proposal(7, "Late", Status="Review", Review_Until="2026-03-09")
    repository.commit({"proposals/fep-0007.rst": late})
    site.build(base=BASE)
    return site


def head(site: Site, page: str) -> list[dict[str, str]]:
    read = site.page(page)
    return [*read.all("meta"), *read.all("link")]


def data(site: Site, page: str) -> Any:
    """The JSON-LD of a page."""
    document = html5lib.parse(site.html(page), namespaceHTMLElements=False)
    (script,) = document.iterfind(".//script[@type='application/ld+json']")
    return json.loads(script.text or "")


def test_every_page_is_valid_html(site: Site) -> None:
    for file in site.output.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(file.read_bytes())


def test_exports_can_be_parsed(site: Site) -> None:
    files = site.files()
    for path, content in files.items():
        if path.endswith((".atom", ".xml")):
            minidom.parseString(content)
        if path.endswith(".atom"):
            assert not feedparser.parse(content).bozo, path
        if path.endswith(".json"):
            json.loads(content)
    assert len(icalendar.Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")) == 1
    # The examples of rules show addresses; the proposal's own is published nowhere.
    others = {path: content for path, content in files.items() if not path.startswith("rules/")}
    assert not [path for path, content in others.items() if b"@example.org" in content]


def test_head_of_a_proposal(site: Site) -> None:
    elements = head(site, "fep-0007")
    for element in (
        {"name": "description", "content": "Views should have types."},
        {"property": "og:title", "content": "FEP 7: Late"},
        {"property": "og:type", "content": "article"},
        {"property": "og:description", "content": "Views should have types."},
        {"property": "og:url", "content": f"{BASE}fep-0007/"},
        {"rel": "canonical", "href": f"{BASE}fep-0007/"},
    ):
        assert element in elements
    alternates = {e["href"]: e["type"] for e in elements if e.get("rel") == "alternate"}
    assert alternates == {
        "../feeds/all.atom": "application/atom+xml",
        "../feeds/proposals/0007.atom": "application/atom+xml",
        "../calendar.ics": "text/calendar",
        "../api/proposals/0007.json": "application/json",
    }
    for href in alternates:
        assert site.output.joinpath("fep-0007", href).is_file()


def test_head_of_another_page(site: Site) -> None:
    elements = head(site, "process")
    assert {"property": "og:type", "content": "website"} in elements
    assert all("src" in script for script in site.page("process").all("script"))


def test_lists_link_to_their_feeds(site: Site) -> None:
    feeds = {"status/review": "status/review", "topic/core": "topic/core"}
    for page, feed in feeds.items():
        elements = head(site, page)
        assert f"../../feeds/{feed}.atom" in [e.get("href") for e in elements]
        assert site.output.joinpath("feeds", f"{feed}.atom").is_file()
        assert {"rel": "canonical", "href": f"{BASE}{page}/"} in elements


def test_alternates_of_pages_exist(site: Site) -> None:
    for file in site.output.rglob("index.html"):
        for link in Reader(file.read_text("utf-8")).all("link"):
            if link["rel"] == "alternate":
                assert file.parent.joinpath(link["href"]).is_file(), file


def test_json_ld_cannot_end_its_element(site: Site) -> None:
    assert data(site, "fep-0007") == {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": "Late",
        "identifier": "FEP 7",
        "description": "Views should have types.",
        "author": [{"@type": "Person", "name": "Ada Lovelace"}],
        "creativeWorkStatus": "Review",
        "dateCreated": "2025-03-09",
        "dateModified": "2020-09-15",
        "url": f"{BASE}fep-0007/",
    }
    assert data(site, "fep-0008")["headline"] == HOSTILE


def test_redirects_lead_to_the_page(site: Site) -> None:
    for short in ("7", "0007", "fep-7", "99", "0099", "fep-99", "fep-0099"):
        (refresh,) = (e for e in head(site, short) if e.get("http-equiv") == "refresh")
        assert refresh["content"] == "0; url=../fep-0007/"
    assert '<a href="../fep-0007/">FEP 7</a>' in site.html("0099")


def test_redirects_are_not_in_the_sitemap_or_search_index(site: Site) -> None:
    name = f"{{{sitemap.NAMESPACE}}}"
    urls = ElementTree.fromstring(site.files()["sitemap.xml"])
    listed = {url.findtext(f"{name}loc", ""): url.findtext(f"{name}lastmod") for url in urls}
    assert listed[f"{BASE}fep-0007/"] == "2020-09-15"
    assert listed[BASE] is None
    assert not {url for url in listed if "search" in url or "/7/" in url}
    for url in listed:
        assert site.output.joinpath(url.removeprefix(BASE), "index.html").is_file()
    assert b'"7/' not in site.files()["searchindex.js"]
    assert f"Sitemap: {BASE}sitemap.xml\n".encode() in site.files()["robots.txt"]


def test_without_a_site_url_absolute_urls_are_left_out(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    assert "sitemap.xml" not in site.files()
    assert b"Sitemap" not in site.files()["robots.txt"]
    assert not [e for e in head(site, "fep-0007") if e.get("property") == "og:url"]
    assert not [e for e in head(site, "fep-0007") if e.get("rel") == "canonical"]
    assert "url" not in data(site, "fep-0007")


def test_site_url_from_conf_py(make_site: SiteMaker) -> None:
    site = make_site(
        {7: proposal(7), "conf.py": "html_theme = 'fep'\nhtml_baseurl = 'https://e.org'\n"}
    )
    site.build()
    assert {"rel": "canonical", "href": "https://e.org/fep-0007/"} in head(site, "fep-0007")
    site.build(base=BASE)
    assert {"rel": "canonical", "href": f"{BASE}fep-0007/"} in head(site, "fep-0007")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", f"{BASE}?x", '"><b>'])
def test_invalid_site_url(make_site: SiteMaker, url: str) -> None:
    site = make_site({7: proposal(7)})
    with pytest.raises(ConfigError, match="html_baseurl"):
        site.build(base=url)


def test_a_page_takes_precedence_over_a_redirect(make_site: SiteMaker) -> None:
    site = make_site(
        {
            7: proposal(7),
            "conf.py": "html_theme = 'fep'\ninclude_patterns = ['*.rst']\n",
            "index.rst": "Index\n=====\n\n.. toctree::\n\n   7\n",
            "7.rst": "Seven\n=====\n\nA page.\n",
        }
    )
    site.build()
    assert "A page." in site.page("7").text
    assert "refresh" in site.html("0007")


def test_stale_exports_are_removed(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, Topic="Core"), 8: proposal(8)})
    site.build()
    assert {"7/index.html", "feeds/proposals/0007.atom", "feeds/topic/core.atom"} <= set(
        site.files()
    )
    site.root.joinpath("proposals/fep-0007.rst").unlink()
    site.build()
    fresh = site.with_output("fresh")
    fresh.build()
    assert site.files() == fresh.files()
    assert not site.output.joinpath("7").exists()


@pytest.mark.parametrize("left", [None, b"", b"<feed>"])
def test_missing_and_cut_exports_are_written_again(
    make_site: SiteMaker, left: bytes | None
) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    before = site.files()
    feed = site.output.joinpath("feeds/all.atom")
    feed.unlink()
    if left is not None:
        feed.write_bytes(left)
    assert site.build().written == 0
    assert site.files() == before


def test_unchanged_exports_are_not_rendered(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    monkeypatch.setattr(atom, "files", None)
    assert site.build().written == 0


CONF = """\
extensions = ["sphinx.ext.intersphinx", "fep_tools.site.intersphinx"]
intersphinx_mapping = {{"feps": ("{base}", "{inventory}")}}
"""
TEXT = """\
Elsewhere
=========

One :fep:`0007`, two :fep:`views <7>`, three :external+feps:fep:proposal:`7`,
four :external+feps:doc:`fep-0007`.
"""


def test_other_projects_link_to_proposals_through_intersphinx(site: Site, tmp_path: Path) -> None:
    source = tmp_path / "docs"
    source.mkdir()
    inventory = site.output / "objects.inv"
    source.joinpath("conf.py").write_text(CONF.format(base=BASE, inventory=inventory), "utf-8")
    source.joinpath("index.rst").write_text(TEXT, "utf-8")
    warnings = StringIO()
    with docutils_namespace():
        out, trees = tmp_path / "out", tmp_path / "trees"
        app = Sphinx(source, source, out, trees, "html", status=None, warning=warnings)
        app.build()
    assert warnings.getvalue() == ""
    page = Site(source, tmp_path / "out", tmp_path).html("")
    links = html5lib.parse(page, namespaceHTMLElements=False).iterfind(".//a")
    texts = ["".join(link.itertext()) for link in links if link.get("href") == f"{BASE}fep-0007/"]
    assert texts == ["FEP 7: Late", "views", "FEP 7: Late", "FEP 7: Late"]


def test_exports_are_reproducible(site: Site, tmp_path: Path) -> None:
    clone = Site(tmp_path / "clone", tmp_path / "output", site.cache)
    subprocess.run(["git", "clone", "-q", site.root, clone.root], check=True)
    clone.build(jobs=2, base=BASE)
    assert clone.files() == site.files()


@pytest.mark.slow
def test_exports_do_not_depend_on_hash_seeds(site: Site, tmp_path: Path) -> None:
    """Python orders sets by a number that it draws when it starts."""
    script = "from fep_tools.cli.main import main; main()"
    published = []
    for seed in ("1", "2"):
        output = tmp_path / seed
        arguments = ["build", "--root", str(site.root), "--output", str(output), "--base-url", BASE]
        subprocess.run(
            [sys.executable, "-c", script, *arguments, "--jobs", seed],
            env=os.environ | {"PYTHONHASHSEED": seed, "FEP_CACHE_DIR": str(tmp_path / "cache")},
            check=True,
            capture_output=True,
        )
        published.append(Site(site.root, output, site.cache).files())
    assert published[0] == published[1]

"""What stands beside the pages of a site: feeds, the calendar, redirects, and what heads say."""

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
from .sites import contents, Maker, proposal, Reader, Site

BASE = "https://example.org/feps/"
HOSTILE = "</title></script><script>alert(1)</script>\"'&<!-- ]]>"


@pytest.fixture(scope="module")
def site(make_site: Maker) -> Site:
    """A site with an address, made of a repository with a past."""
    site = make_site({99: proposal(99, "Late"), 8: proposal(8, HOSTILE, Topic="Core")})
    kept = Made(site.root)
    kept.commit()
    kept.move("proposals/fep-0099.rst", "proposals/fep-0007.rst")
    late = proposal(7, "Late", Status="Review", Review_Until="2026-03-09")
    kept.commit({"proposals/fep-0007.rst": late})
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


def test_every_page_is_sound_html(site: Site) -> None:
    for file in site.output.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(file.read_bytes())


def test_everything_can_be_read(site: Site) -> None:
    files = site.files()
    for path, content in files.items():
        if path.endswith((".atom", ".xml")):
            minidom.parseString(content)
        if path.endswith(".atom"):
            assert not feedparser.parse(content).bozo, path
        if path.endswith(".json"):
            json.loads(content)
    assert len(icalendar.Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")) == 1
    assert not [path for path, content in files.items() if b"@example.org" in content]


def test_a_head_says_what_the_page_is(site: Site) -> None:
    told = head(site, "fep-0007")
    for element in (
        {"name": "description", "content": "Views should have types."},
        {"property": "og:title", "content": "FEP 7: Late"},
        {"property": "og:type", "content": "article"},
        {"property": "og:description", "content": "Views should have types."},
        {"property": "og:url", "content": f"{BASE}fep-0007/"},
        {"rel": "canonical", "href": f"{BASE}fep-0007/"},
    ):
        assert element in told
    alternates = {e["href"]: e["type"] for e in told if e.get("rel") == "alternate"}
    assert alternates == {
        "../feeds/all.atom": "application/atom+xml",
        "../feeds/proposals/0007.atom": "application/atom+xml",
        "../calendar.ics": "text/calendar",
        "../api/proposals/0007.json": "application/json",
    }
    for href in alternates:
        assert site.output.joinpath("fep-0007", href).is_file()


def test_a_page_that_is_no_proposal_has_a_head_too(site: Site) -> None:
    told = head(site, "process")
    assert {"property": "og:type", "content": "website"} in told
    assert not site.page("process").all("script")


def test_a_list_names_the_feed_about_it(site: Site) -> None:
    feeds = {"status/review": "status/review", "topic/core": "topic/core"}
    for page, feed in feeds.items():
        told = head(site, page)
        assert f"../../feeds/{feed}.atom" in [e.get("href") for e in told]
        assert site.output.joinpath("feeds", f"{feed}.atom").is_file()
        assert {"rel": "canonical", "href": f"{BASE}{page}/"} in told


def test_every_other_form_that_a_page_names_is_there(site: Site) -> None:
    for file in site.output.rglob("index.html"):
        for link in Reader(file.read_text("utf-8")).all("link"):
            if link["rel"] == "alternate":
                assert file.parent.joinpath(link["href"]).is_file(), file


def test_the_data_of_a_page_is_data(site: Site) -> None:
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


def test_addresses_lead_to_the_page(site: Site) -> None:
    for short in ("7", "0007", "fep-7", "99", "0099", "fep-99", "fep-0099"):
        (refresh,) = (e for e in head(site, short) if e.get("http-equiv") == "refresh")
        assert refresh["content"] == "0; url=../fep-0007/"
    assert '<a href="../fep-0007/">FEP 7</a>' in site.html("0099")


def test_redirects_are_in_no_map_and_no_search(site: Site) -> None:
    name = f"{{{sitemap.NAMESPACE}}}"
    urls = ElementTree.fromstring(site.files()["sitemap.xml"])
    listed = {url.findtext(f"{name}loc", ""): url.findtext(f"{name}lastmod") for url in urls}
    assert listed[f"{BASE}fep-0007/"] == "2020-09-15"
    assert listed[BASE] is None
    assert not {address for address in listed if "search" in address or "/7/" in address}
    for address in listed:
        assert site.output.joinpath(address.removeprefix(BASE), "index.html").is_file()
    assert b'"7/' not in site.files()["searchindex.js"]
    assert f"Sitemap: {BASE}sitemap.xml\n".encode() in site.files()["robots.txt"]


def test_without_an_address_what_needs_one_is_left_out(make_site: Maker) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    assert "sitemap.xml" not in site.files()
    assert b"Sitemap" not in site.files()["robots.txt"]
    assert not [e for e in head(site, "fep-0007") if e.get("property") == "og:url"]
    assert not [e for e in head(site, "fep-0007") if e.get("rel") == "canonical"]
    assert "url" not in data(site, "fep-0007")


def test_an_address_may_stand_in_conf_py(make_site: Maker) -> None:
    site = make_site(
        {7: proposal(7), "conf.py": "html_theme = 'fep'\nhtml_baseurl = 'https://e.org'\n"}
    )
    site.build()
    assert {"rel": "canonical", "href": "https://e.org/fep-0007/"} in head(site, "fep-0007")
    site.build(base=BASE)
    assert {"rel": "canonical", "href": f"{BASE}fep-0007/"} in head(site, "fep-0007")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", f"{BASE}?x", '"><b>'])
def test_an_address_that_is_none(make_site: Maker, address: str) -> None:
    site = make_site({7: proposal(7)})
    with pytest.raises(ConfigError, match="html_baseurl"):
        site.build(base=address)


def test_a_page_that_is_there_goes_before_a_redirect(make_site: Maker) -> None:
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


def test_what_is_no_longer_there_is_taken_away(make_site: Maker) -> None:
    site = make_site({7: proposal(7, Topic="Core"), 8: proposal(8)})
    site.build()
    assert {"7/index.html", "feeds/proposals/0007.atom", "feeds/topic/core.atom"} <= set(
        site.files()
    )
    site.root.joinpath("proposals/fep-0007.rst").unlink()
    site.build()
    fresh = site.beside("fresh")
    fresh.build()
    assert site.files() == fresh.files()
    assert not site.output.joinpath("7").exists()


def test_what_was_taken_away_comes_back(make_site: Maker) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    before = site.files()
    site.output.joinpath("feeds/all.atom").unlink()
    assert site.build().written == 0
    assert site.files() == before


def test_nothing_is_made_where_nothing_is_new(
    make_site: Maker, monkeypatch: pytest.MonkeyPatch
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


def test_others_link_to_proposals_through_intersphinx(site: Site, tmp_path: Path) -> None:
    source = tmp_path / "docs"
    source.mkdir()
    inventory = site.output / "objects.inv"
    source.joinpath("conf.py").write_text(CONF.format(base=BASE, inventory=inventory), "utf-8")
    source.joinpath("index.rst").write_text(TEXT, "utf-8")
    told = StringIO()
    with docutils_namespace():
        out, trees = tmp_path / "out", tmp_path / "trees"
        app = Sphinx(source, source, out, trees, "html", status=None, warning=told)
        app.build()
    assert told.getvalue() == ""
    page = Site(source, tmp_path / "out", tmp_path).html("")
    links = html5lib.parse(page, namespaceHTMLElements=False).iterfind(".//a")
    found = ["".join(link.itertext()) for link in links if link.get("href") == f"{BASE}fep-0007/"]
    assert found == ["FEP 7: Late", "views", "FEP 7: Late", "FEP 7: Late"]


def test_other_processes_and_clones_make_no_difference(site: Site, tmp_path: Path) -> None:
    clone = Site(tmp_path / "clone", tmp_path / "output", site.cache)
    subprocess.run(["git", "clone", "-q", site.root, clone.root], check=True)
    clone.build(jobs=2, base=BASE)
    assert clone.files() == site.files()


def test_the_order_of_sets_makes_no_difference(site: Site, tmp_path: Path) -> None:
    """Python orders sets by a number that it draws when it starts."""
    script = "from fep_tools.cli.main import main; main()"
    for seed in ("1", "2"):
        output = tmp_path / seed
        asked = ["build", "--root", str(site.root), "--output", str(output), "--base-url", BASE]
        subprocess.run(
            [sys.executable, "-c", script, *asked, "--jobs", seed],
            env=os.environ | {"PYTHONHASHSEED": seed, "FEP_CACHE_DIR": str(tmp_path / "cache")},
            check=True,
            capture_output=True,
        )
        assert contents(output, without=".doctrees") == site.files()

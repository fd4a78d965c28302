"""The sitemap and robots.txt."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from fep_tools.catalog.exports import sitemap
from fep_tools.catalog.urls import SiteUrls

HOSTILE = "docs/a&b<script>]]>\x00\ud800/"
URLS = SiteUrls("https://example.org/")


def test_every_page_has_its_url_and_the_day_of_its_last_change() -> None:
    files = sitemap.files({"fep-0011/": date(2025, 3, 9), "": None}, URLS)
    urls = ElementTree.fromstring(files["sitemap.xml"])
    assert [[part.text for part in url] for url in urls] == [
        ["https://example.org/"],
        ["https://example.org/fep-0011/", "2025-03-09"],
    ]
    assert files["robots.txt"].endswith(b"\nSitemap: https://example.org/sitemap.xml\n")


def test_hostile_names_stay_text() -> None:
    data = sitemap.files({HOSTILE: None}, URLS)["sitemap.xml"]
    ((location,),) = ElementTree.fromstring(data)
    assert location.text == "https://example.org/docs/a&b<script>]]>\ufffd\ufffd/"


def test_without_the_url_of_the_site_there_is_no_sitemap() -> None:
    assert set(sitemap.files({"": None}, SiteUrls())) == {"robots.txt"}

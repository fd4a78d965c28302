"""What search engines are told."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from fep_tools.catalog.exports import sitemap
from fep_tools.catalog.urls import SiteUrls

HOSTILE = "docs/a&b<script>]]>\x00\ud800/"
WHERE = SiteUrls("https://example.org/")


def test_every_page_with_the_day_of_its_last_change() -> None:
    files = sitemap.files({"fep-0011/": date(2025, 3, 9), "": None}, WHERE)
    assert [
        [part.text for part in url] for url in ElementTree.fromstring(files["sitemap.xml"])
    ] == [
        ["https://example.org/"],
        ["https://example.org/fep-0011/", "2025-03-09"],
    ]
    assert files["robots.txt"].endswith(b"\nSitemap: https://example.org/sitemap.xml\n")


def test_names_of_strangers_are_text() -> None:
    data = sitemap.files({HOSTILE: None}, WHERE)["sitemap.xml"]
    ((location,),) = ElementTree.fromstring(data)
    assert location.text == "https://example.org/docs/a&b<script>]]>\ufffd\ufffd/"


def test_without_an_address_there_is_no_map() -> None:
    assert set(sitemap.files({"": None}, SiteUrls())) == {"robots.txt"}

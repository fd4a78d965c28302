"""Addresses that lead on: which there are, and where they lead."""

from __future__ import annotations

import re
from typing import Any

import html5lib

from fep_tools.catalog.build import Catalog, CatalogEntry, CatalogEvent
from fep_tools.catalog.exports import redirects
from fep_tools.catalog.urls import SiteUrls
from fep_tools.process.model import Process
from fep_tools.process.schema import Redirect, Reserved


def entry(number: int, *formerly: str | None) -> CatalogEntry:
    history = tuple(CatalogEvent(kind="number", before=before, after="0") for before in formerly)
    return CatalogEntry(number=number, title="T", path=f"{number}.rst", history=history)


def leads(
    process: Process, *entries: CatalogEntry, base: str = "", **changed: Any
) -> dict[str, str]:
    """Where each redirect leads."""
    pages = {entry.number: f"{process.slug(entry.number)}/" for entry in entries}
    catalog = Catalog(tool="t", process="FEP", proposals=entries)
    made = redirects.files(catalog, process.model_copy(update=changed), SiteUrls(base, pages))
    found = {}
    for path, data in made.items():
        html5lib.HTMLParser(strict=True).parse(data)
        link = re.search(rb'<a href="([^"]*)">', data)
        refresh = re.search(rb'url=([^"]*)"', data)
        assert link is not None
        assert refresh is not None
        assert link[1] == refresh[1]
        found[path.removesuffix("/index.html")] = link[1].decode()
    return found


def test_short_forms_lead_to_the_page(process: Process) -> None:
    assert leads(process, entry(11)) == dict.fromkeys(("11", "0011", "fep-11"), "../fep-0011/")


def test_a_former_number_leads_to_the_page_of_today(process: Process) -> None:
    found = leads(process, entry(11, None, "99", "0098", "XXX"))
    assert found["fep-0099"] == found["99"] == found["fep-98"] == "../fep-0011/"
    assert len(found) == 3 + 2 * 4


def test_a_number_that_is_taken_leads_to_whoever_has_it(process: Process) -> None:
    found = leads(process, entry(11, "12"), entry(12))
    assert found["12"] == found["fep-12"] == "../fep-0012/"
    assert "fep-0012" not in found


def test_a_number_that_two_have_had_leads_nowhere(process: Process) -> None:
    assert "9999" not in leads(process, entry(11, "9999"), entry(12, "9999"))


def test_a_number_that_stands_for_none_leads_nowhere(process: Process) -> None:
    reserved = (Reserved(number=9999, reason="For drafts."),)
    assert "9999" not in leads(process, entry(11, "9999"), reserved=reserved)


def test_a_process_may_tell_of_more(process: Process) -> None:
    told = (Redirect(**{"from": 9999, "to": 12}), Redirect(**{"from": 3, "to": 404}))
    found = leads(process, entry(11, "9999"), entry(12, "9999"), redirects=told)
    assert found["9999"] == "../fep-0012/"
    assert "3" not in found


def test_large_numbers_have_no_zeros(process: Process) -> None:
    assert set(leads(process, entry(1234))) == {"1234"}


def test_the_real_address_is_told(process: Process) -> None:
    pages = {11: "fep-0011/"}
    catalog = Catalog(tool="t", process="FEP", proposals=(entry(11),))
    made = redirects.files(catalog, process, SiteUrls("https://example.org/", pages))
    data = made["11/index.html"]
    assert b'<link rel="canonical" href="https://example.org/fep-0011/">' in data
    assert b'<meta name="robots" content="noindex">' in data
    assert b"<script" not in data

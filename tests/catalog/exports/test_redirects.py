"""Redirects: which exist, and where they lead."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest

from fep_tools.catalog.exports import redirects
from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.catalog.urls import SiteUrls
from fep_tools.history.model import Event
from fep_tools.process.model import Process
from fep_tools.process.schema import Redirect, Reserved


def entry(number: int, *former_numbers: str | None) -> CatalogEntry:
    history = tuple(Event("number", former, "0", None) for former in former_numbers)
    return CatalogEntry(number=number, title="T", path=f"{number}.rst", history=history)


def redirect(source: int, target: int) -> Redirect:
    return Redirect(**{"from": source, "to": target})


def targets(
    process: Process, *entries: CatalogEntry, base: str = "", **changed: Any
) -> dict[str, str]:
    """Return the target of each redirect by its directory."""
    pages = {entry.number: f"{process.slug(entry.number)}/" for entry in entries}
    catalog = Catalog(tool="t", process="FEP", proposals=entries)
    files = redirects.files(catalog, process.model_copy(update=changed), SiteUrls(base, pages))
    result = {}
    for path, data in files.items():
        html5lib.HTMLParser(strict=True).parse(data)
        link = re.search(rb'<a href="([^"]*)">', data)
        refresh = re.search(rb'url=([^"]*)"', data)
        assert link is not None
        assert refresh is not None
        assert link[1] == refresh[1]
        result[path.removesuffix("/index.html")] = link[1].decode()
    return result


def test_short_forms_lead_to_the_page(process: Process) -> None:
    assert targets(process, entry(11)) == dict.fromkeys(("11", "0011", "fep-11"), "../fep-0011/")


def test_a_former_number_leads_to_the_current_page_in_every_form(process: Process) -> None:
    found = targets(process, entry(11, None, "99", "0098", "XXX"))
    assert found["fep-0099"] == found["99"] == found["fep-98"] == "../fep-0011/"
    assert len(found) == 3 + 2 * 4


@pytest.mark.parametrize(
    ("entries", "changes", "target"),
    [
        pytest.param([entry(11, "99")], {}, 11, id="former number"),
        pytest.param([entry(11, "99"), entry(99)], {}, None, id="taken number has its own page"),
        pytest.param([entry(11, "99"), entry(12, "99")], {}, None, id="ambiguous former number"),
        pytest.param(
            [entry(11, "99")],
            {"reserved": (Reserved(number=99, reason="For drafts."),)},
            None,
            id="reserved number",
        ),
        pytest.param([entry(12)], {"redirects": (redirect(99, 12),)}, 12, id="process"),
        pytest.param([entry(12)], {"redirects": (redirect(99, 404),)}, None, id="missing target"),
        pytest.param(
            [entry(11, "99"), entry(12)],
            {"redirects": (redirect(99, 12),)},
            12,
            id="process wins over git",
        ),
        pytest.param(
            [entry(11, "99"), entry(12, "99")],
            {"redirects": (redirect(99, 12),)},
            12,
            id="process decides an ambiguous number",
        ),
        pytest.param(
            [entry(11), entry(99)],
            {"redirects": (redirect(99, 11),)},
            None,
            id="current number wins over process",
        ),
    ],
)
def test_precedence(
    process: Process, entries: list[CatalogEntry], changes: dict[str, Any], target: int | None
) -> None:
    """A current number comes first, then process.toml, then former numbers in git."""
    found = targets(process, *entries, **changes)
    assert found.get("fep-0099") == (f"../fep-{target:04}/" if target else None)


def test_the_short_form_of_a_taken_number_leads_to_its_own_page(process: Process) -> None:
    found = targets(process, entry(11, "12"), entry(12), redirects=(redirect(12, 11),))
    assert found["12"] == found["fep-12"] == "../fep-0012/"


def test_numbers_of_four_digits_have_one_short_form(process: Process) -> None:
    assert set(targets(process, entry(1234))) == {"1234"}


def test_redirects_name_the_canonical_url(process: Process) -> None:
    pages = {11: "fep-0011/"}
    catalog = Catalog(tool="t", process="FEP", proposals=(entry(11),))
    files = redirects.files(catalog, process, SiteUrls("https://example.org/", pages))
    data = files["11/index.html"]
    assert b'<link rel="canonical" href="https://example.org/fep-0011/">' in data
    assert b'<meta name="robots" content="noindex">' in data
    assert b"<script" not in data

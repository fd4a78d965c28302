"""Names of groups in URLs."""

from __future__ import annotations

import re

import pytest

from fep_tools.process.schema import Listing
from fep_tools.site.facets import process_list_page, unique_slugs


def test_slugs_do_not_depend_on_the_order() -> None:
    names = ["Ada", "ADA", "Bob", "index", "..", "2.10"]
    forwards = unique_slugs(names)
    assert forwards == unique_slugs(reversed(names))
    assert len(set(forwards.values())) == len(names)
    assert (forwards["Bob"], forwards["2.10"]) == ("bob", "2.10")


@pytest.mark.parametrize("name", ["../../x", "<b>", "x" * 300, ".", "", "a/b", "con\x00"])
def test_a_slug_is_a_directory_name(name: str) -> None:
    [slug] = unique_slugs([name]).values()
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,79}", slug)


@pytest.mark.parametrize(
    ("title", "slug", "page"),
    [
        ("Looking for a sponsor", "", "list/looking-for-a-sponsor"),
        ("Looking for a sponsor", "needs-a-sponsor", "list/needs-a-sponsor"),
    ],
)
def test_url_of_a_list_is_its_slug_or_made_from_its_title(title: str, slug: str, page: str) -> None:
    assert process_list_page(Listing(title=title, slug=slug)) == page

"""Names of groups in URLs."""

from __future__ import annotations

import re

import pytest

from fep_tools.catalog.model import Author, Catalog, CatalogEntry
from fep_tools.process.model import Process
from fep_tools.process.schema import Listing
from fep_tools.site.facets import group_by_facet, process_list_page, unique_slugs


def test_slugs_do_not_depend_on_the_order() -> None:
    names = ["Ada", "ADA", "Bob", "index", "..", "2.10"]
    forwards = unique_slugs(names)
    assert forwards == unique_slugs(reversed(names))
    assert len(set(forwards.values())) == len(names)
    assert (forwards["Bob"], forwards["2.10"]) == ("bob", "2.10")


def test_names_are_sorted_without_regard_to_accents_and_case(process: Process) -> None:
    names = ["Zoë", "Élodie", "eva", "Emil", "e\u0301douard", "2.10", "2.9"]
    entries = tuple(
        CatalogEntry(number=number, path=f"{number}", authors=(Author(name=name),))
        for number, name in enumerate(names)
    )
    catalog = Catalog(tool="", process="FEP", proposals=entries)
    (authors,) = group_by_facet(catalog, process).values()
    expected = ["2.9", "2.10", "e\u0301douard", "Élodie", "Emil", "eva", "Zoë"]
    assert list(authors) == expected


@pytest.mark.parametrize(
    ("proposals", "names", "expected"), [(1, 600, 500), (1, 400, 400), (200, 700, 600)]
)
def test_number_of_values_with_a_page(
    process: Process, proposals: int, names: int, expected: int
) -> None:
    authors = tuple(Author(name=f"Ada {number}") for number in range(names))
    entries = tuple(
        CatalogEntry(number=number, path=f"{number}", authors=authors if number == 0 else ())
        for number in range(proposals)
    )
    catalog = Catalog(tool="", process="FEP", proposals=entries)
    (groups,) = group_by_facet(catalog, process).values()
    assert len(groups) == names
    assert sum(group.page is not None for group in groups.values()) == expected


@pytest.mark.parametrize("name", ["index", "Index.html", "INDEX.HTML"])
def test_no_value_has_the_file_of_the_list(name: str) -> None:
    """The page author/index.html would be a directory where author/ has a file."""
    [slug] = unique_slugs([name]).values()
    assert re.fullmatch(r"[0-9a-f]{8}", slug)


@pytest.mark.parametrize("name", ["../../x", "<b>", "x" * 300, ".", "", "a/b", "con\x00"])
def test_a_slug_is_a_directory_name(name: str) -> None:
    [slug] = unique_slugs([name]).values()
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,79}", slug)


@pytest.mark.parametrize(
    ("title", "slug", "page"),
    [
        ("Looking for a sponsor", "", "list/looking-for-a-sponsor"),
        ("Looking for a sponsor", "looking-for-a-sponsor", "list/looking-for-a-sponsor"),
    ],
)
def test_url_of_a_list_is_its_slug_or_made_from_its_title(title: str, slug: str, page: str) -> None:
    assert process_list_page(Listing(title=title, slug=slug)) == page

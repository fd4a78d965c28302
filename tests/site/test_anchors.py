"""Anchors hang on the title of a section or the label of a note, and on nothing else."""

from __future__ import annotations

import re

import pytest
from sphinx import transforms

from .sites import proposal, Reader, SiteMaker

BODY = """\
Examples
========

Text [#]_, again [#]_, [1]_, [1]_, [ABC]_, [漢]_ and `a link <https://example.org/>`_.

.. [#] One.
.. [#] Two.
.. [1] Of its own.
.. [ABC] A citation.
.. [漢] Another.

.. _old-name:
.. _Further:

Further
-------

See Further_ and old-name_.

Examples
--------

日本
----

日本
----
"""


def anchors(page: Reader) -> list[str]:
    return [part["id"] for _tag, part in page.elements if "id" in part]


@pytest.fixture(scope="module")
def page(make_site: SiteMaker) -> Reader:
    site = make_site({7: proposal(7, body=BODY)})
    site.build()
    return site.page("fep-0007")


def test_section_anchors_come_from_titles(page: Reader) -> None:
    sections = [part.get("id") for part in page.all("section")]
    assert sections[:6] == [
        "fep-7-typed-views", "examples", "further", "examples-2", "section", "section-2",
    ]  # fmt: skip


def test_explicit_targets_stay_anchors(page: Reader) -> None:
    assert "old-name" in anchors(page)


def test_contents_and_links_use_title_anchors(page: Reader) -> None:
    assert {"#examples", "#examples-2", "#further", "#section-2"} <= page.links().keys()
    assert not [link for link in page.links() if re.fullmatch("#id[0-9]+", link)]


def test_note_anchors_come_from_labels(page: Reader) -> None:
    assert {"footnote-1", "footnote-2", "footnote-3", "abc", "citation"} <= {*anchors(page)}


def test_notes_and_references_link_to_each_other(page: Reader) -> None:
    for link in page.links():
        if link.startswith("#") and link != "#":  # which is the top of the page
            assert link[1:] in anchors(page), link
    assert {"#footnote-1", "#footnote-1-reference", "#footnote-1-reference-2"} <= {*page.links()}
    assert "#citation-abc-reference" in page.links()


def test_anchors_are_unique(page: Reader) -> None:
    assert len(anchors(page)) == len({*anchors(page)})


def test_a_new_note_does_not_change_other_anchors(make_site: SiteMaker, page: Reader) -> None:
    """Sections keep their names when a footnote comes before them."""
    site = make_site({7: proposal(7, body="First [#]_.\n\n.. [#] New.\n\n" + BODY)})
    site.build()
    after = [part["id"] for part in site.page("fep-0007").all("section")]
    assert after == [part["id"] for part in page.all("section")]


def test_no_targets_are_sorted_where_there_is_no_index(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sphinx sorts them once for each, which takes minutes for thousands."""
    sort: list[object] = []
    monkeypatch.setattr(transforms, "_reorder_index_target_nodes", sort.append)
    body = "Abstract\n========\n\na_ and b_\n\n.. _a: https://a.example\n.. _b: https://b.example\n"
    site = make_site({7: proposal(7, body=body)})
    site.build()
    assert 'href="https://b.example"' in site.html("fep-0007")
    assert not sort


def test_no_title_has_an_anchor_of_the_page_around_it(make_site: SiteMaker) -> None:
    """A link to the section "Content" led to the top of the page."""
    sections = "".join(f"{t}\n{'=' * 20}\n\nx\n\n" for t in ("Content", "Site search", "Search"))
    site = make_site({7: proposal(7, body=sections)})
    site.build()
    ids = re.findall(r'\bid="([^"]*)"', site.html("fep-0007"))
    assert {"content", "site-search", "search"} < set(ids)
    assert len(ids) == len(set(ids))

"""The builder ``singlehtml``, which writes one page with all proposals."""

from __future__ import annotations

from collections import Counter

import pytest

from .sites import proposal, Reader, Site, SiteMaker

BODY = """\
Abstract
========

Cites [Key]_ and [1]_, and `Notes`_. See :fep:`1` and :eq:`sum`.

.. math:: a + b
   :label: sum

.. [Key] What it means in {0}.
.. [1] What is noted in {0}.

Notes
=====

Said in {0}. See `fep-0001 notes`_, `#document-fep-0001#notes`_ and `another page`_.

.. _another page: https://example.org/#document-fep-0001#notes

#document-fep-0001#notes
------------------------

fep-0001 Notes
--------------

Text.
"""


@pytest.fixture
def page(make_site: SiteMaker) -> Reader:
    site: Site = make_site({n: proposal(n, body=BODY.format(f"FEP {n}")) for n in (1, 2)})
    site.build(builder="singlehtml")
    return Reader((site.output / "index.html").read_text("utf-8"))


def test_it_has_the_text_of_all_proposals(page: Reader) -> None:
    for number in (1, 2):
        assert f"What it means in FEP {number}." in page.text
        assert f"Said in FEP {number}." in page.text


def test_links_of_other_sites_and_titles_are_as_they_are_written(page: Reader) -> None:
    assert "https://example.org/#document-fep-0001#notes" in page.links()
    assert page.text.count("#document-fep-0001#notes") > 2
    assert "#fep-0001-notes" not in page.text


def test_links_stay_in_their_proposal(page: Reader) -> None:
    anchors = Counter(each["id"] for _tag, each in page.elements if "id" in each)
    links = {link.removeprefix("#") for link in page.links() if link.startswith("#")}
    assert links - {""} <= set(anchors)
    own = {anchor: count for anchor, count in anchors.items() if "fep-000" in anchor}
    assert set(own.values()) == {1}
    for page_name in ("fep-0001", "fep-0002"):
        names = {f"{page_name}-{name}" for name in ("key", "footnote-1", "notes", "abstract")}
        assert names | {f"equation-{page_name}-sum"} <= links

"""Labels, citations and footnotes are those of one proposal, and their links stay in it."""

from __future__ import annotations

import re

import pytest

from .sites import proposal, Reader, Site, SiteMaker

BODY = """\
Motivation
==========

As [Ada]_ says [1]_, see :ref:`why`, :ref:`this <why>`, :ref:`it <anchor>` and :ref:`Fig`.

.. _why:

Rationale of {n}
================

.. _anchor:

A paragraph.

.. rubric:: Rubric of {n}
   :name: fig

.. [Ada] Notes, in proposal {n}.
.. [1] A footnote of {n}.
"""


def links(site: Site, page: str) -> dict[str, str]:
    """Return the targets of links in the text of a page, by their text."""
    found = re.findall(r'<a class="[^"]*" href="([^"]*)"[^>]*>(.*?)</a>', site.html(page))
    return {re.sub("<[^>]*>", "", text): url for url, text in found}


@pytest.fixture(scope="module", params=[1, 2])
def site(make_site: SiteMaker, request: pytest.FixtureRequest) -> Site:
    """Two proposals with the same labels, and a page of the site that has them as well."""
    page = "Guide\n=====\n\n.. _why:\n\nOf the site\n-----------\n\n:ref:`why` [Ada]_\n\n"
    site = make_site(
        {
            7: proposal(7, body=BODY.format(n=7)),
            12: proposal(12, body=BODY.format(n=12)),
            13: proposal(13, body=".. _only:\n\nOnly here\n=========\n\nText.\n"),
            "index.rst": f"{page}.. [Ada] Of the site.\n\n.. toctree::\n\n   other\n",
            "conf.py": "extensions = ['fep_tools.site']\n",
            "other.rst": "Other\n=====\n\n:ref:`why`, :ref:`only`, [Ada]_\n",
        }
    )
    site.build(jobs=request.param)
    return site


def test_the_same_names_in_two_proposals_are_no_problem(site: Site) -> None:
    assert site.warnings == ""


@pytest.mark.parametrize("number", [7, 12])
def test_links_stay_in_their_proposal(site: Site, number: int) -> None:
    found = links(site, f"fep-{number:04}")
    assert {
        "[Ada]": "#ada",
        f"Rationale of {number}": f"#rationale-of-{number}",
        "this": f"#rationale-of-{number}",
        "it": "#anchor",
        f"Rubric of {number}": "#fig",
    }.items() <= found.items()
    assert f"Notes, in proposal {number}." in site.page(f"fep-{number:04}").text


def test_pages_of_the_site_share_their_names(site: Site) -> None:
    """A label that a single proposal has is one of the site, too."""
    found = links(site, "other")
    assert found["Of the site"] == "../#why"
    assert found["Only here"] == "../fep-0013/#only-here"
    assert found["[Ada]"].startswith("../#")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (":ref:`nowhere`", 'B041 there is no label "nowhere"'),
        (":ref:`x <python:glossary>`", 'B041 there is no label "python:glossary"'),
        (":ref:`plain`\n\n.. _plain:\n\nText.", 'B041 the label "plain" is above no title'),
        (":ref:`other`", 'B041 there is no label "other"'),
        ("[Bob]_", 'B001 the link "bob" has no target'),
        ("x\n\n.. [Bob] y", 'B040 nothing refers to the citation "[Bob]"'),
        ("x\n\n.. [1] y", 'B040 nothing refers to the footnote "[1]"'),
        (":fep:`12#nope`", 'B023 FEP 12 has no section "nope"'),
        (":fep:`12#other`", ""),
        ("`x <#nope>`__", 'B042 the page has no anchor "#nope"'),
        ("`x <#footnote-1>`__ [1]_\n\n.. [1] y", ""),
        ("|today|", 'B001 the substitution "today" is not defined'),
        ("|release|\n\n.. |release| replace:: 3", ""),
        ("[ada]_\n\n.. [Ada] y", ""),
        ("|prolog|", 'B001 the substitution "prolog" is not defined'),
    ],
)
def test_links_that_lead_nowhere(make_site: SiteMaker, text: str, warning: str) -> None:
    other = ".. _other:\n\nOther\n=====\n\nText.\n"
    site = make_site(
        {
            7: proposal(7, body=f"Abstract\n========\n\n{text}\n"),
            12: proposal(12, body=other),
            "index.rst": "Site\n====\n\n|prolog| |version|\n",
            "conf.py": "rst_prolog = '.. |prolog| replace:: prologue'\nversion = '3'\n"
            "extensions = ['fep_tools.site']\n",
        }
    )
    site.build()
    assert site.warnings.count("\n") == bool(warning)
    assert warning in site.warnings


def test_sections_are_labels_of_their_proposal_only(make_site: SiteMaker) -> None:
    """With ``autosectionlabel``, Sphinx would have a label for every title in the project."""
    files: dict[str | int, str | bytes] = {n: proposal(n, body=BODY.format(n=n)) for n in (7, 12)}
    files["index.rst"] = "Motivation\n==========\n\n:ref:`motivation`\n"
    files["conf.py"] = "extensions = ['fep_tools.site', 'sphinx.ext.autosectionlabel']\n"
    site = make_site(files)
    site.build()
    assert site.warnings == ""


def test_a_link_to_a_label_of_another_proposal_follows_it(make_site: SiteMaker) -> None:
    site = make_site(
        {7: proposal(7, body="A\n=\n\n:ref:`x <other>`\n"), 12: proposal(12), 13: proposal(13)}
    )
    site.build()
    assert "x" not in links(site, "fep-0007")
    label = "\n.. _other:\n\nOther\n=====\n\nText.\n"
    site.write("proposals/fep-0012.rst", proposal(12, body=label))
    site.build()
    assert links(site, "fep-0007")["x"] == "../fep-0012/#other"
    site.write("proposals/fep-0013.rst", proposal(13, body=label))
    site.build()
    assert "x" not in links(site, "fep-0007")


def test_a_link_leads_to_its_formula(make_site: SiteMaker) -> None:
    body = "See :eq:`sum` and product_.\n\n.. math:: a + b\n   :label: sum\n\n.. _product:\n\n"
    site = make_site({7: proposal(7, body=f"{body}.. math:: a b\n\nText.\n")})
    site.build()
    page = Reader(site.html("fep-0007"))
    anchors = {attributes.get("id") for _tag, attributes in page.elements}
    assert {"equation-fep-0007-sum", "product"} <= anchors
    assert {"#equation-fep-0007-sum", "#product"} <= page.links().keys()


LONG = " ".join(["|x|"] * 10)
LONG_TITLE = f".. |x| replace:: {'w' * 200}\n\n.. _long:\n\n{LONG}\n{'=' * 50}\n\n:ref:`long`.\n"
LONG_CAPTION = (
    f".. |x| replace:: {'w' * 200}\n\n.. _long:\n\n.. figure:: i.svg\n\n   {LONG}\n\n"
    ":ref:`long` and :numref:`{name} <long>`.\n"
)


@pytest.mark.parametrize("text", [LONG_TITLE, LONG_CAPTION], ids=["title", "caption"])
def test_a_label_keeps_no_long_title(make_site: SiteMaker, text: str) -> None:
    """3,000 labels above a section of 200,000 characters took 800 MB, for each proposal."""
    image = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    page = f"Page\n####\n\n{text}"
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\nnumfig = True\n"
    site = make_site({7: proposal(7), "docs/a.rst": page, "docs/i.svg": image, "conf.py": conf})
    if text is LONG_TITLE:
        site.write("proposals/fep-0012.rst", proposal(12, body=text))
    site.build()
    names = ["docs/a", "fep-0012"] if text is LONG_TITLE else ["docs/a"]
    for name in names:
        shown = [shown for shown in links(site, name) if shown.startswith("www")]
        assert {len(text) for text in shown} - {2009} == {1000}  # and that in the contents

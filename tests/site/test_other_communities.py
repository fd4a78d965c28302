"""The site of a community whose proposals have few headers, and are ``.txt`` files."""

from __future__ import annotations

import re

from .sites import Site, SiteMaker

PROCESS = """\
acronym = "RFC"
name = "Map Proposal"
plural = "Map Proposals"
dialect = "field-list"
title_source = "heading"
title_format = "MS RFC {number}: {title}"
reference_role = false
literal_roles = ["ref"]

[files]
pattern = "rfc/ms-rfc-{number}.txt"
include = ["rfc/*.txt"]

[[status]]
name = "Draft"
summary = "Being written."
rank = 1

[[status]]
name = "Superseded"
summary = "Replaced."
closed = true

[[header]]
name = "Author"
role = "authors"
kind = "people"
repeated = true

[[header]]
name = "Status"
role = "status"
kind = "choice"
trailing_text = true

[[index]]
title = "All"
statuses = ["Draft", "Superseded"]
"""

RFC = """\
.. _rfc{n}:

===========================
MS RFC {n}: Views of number {n}
===========================

:Author: Ada Lovelace
:Author: Bob Smith
:Status: {status}

Overview
--------

The text of {n}; see :ref:`rfc1`.
"""


def test_pages_and_index(make_site: SiteMaker) -> None:
    site: Site = make_site(
        {
            "fep/process.toml": PROCESS,
            "rfc/ms-rfc-1.txt": RFC.format(n=1, status="Superseded (2009) by :ref:`MS 2 <rfc2>`"),
            "rfc/ms-rfc-2.txt": RFC.format(n=2, status="Draft"),
            "notes.txt": "No proposal\n===========\n",
            "docs/requirements.txt": "sphinx\n",
        }
    )
    report = site.build()
    assert (report.errors, report.warnings) == (0, 0), site.warnings
    first, second = site.page("rfc-0001"), site.page("rfc-0002")
    assert "The text of 1; see rfc1." in first.text
    assert "Superseded (2009) by MS 2" in first.text
    assert "(2009)" not in second.text
    assert "Views of number 1" in first.text
    assert "MS RFC 1: Views" not in first.text
    index = site.page("")
    assert "Ada Lovelace, Bob Smith" in index.text
    classes = {word for element in index.all("th") for word in element.get("class", "").split()}
    assert "fep-col-status" in classes
    assert not classes & {"fep-col-type", "fep-col-created"}
    published = [name for name in site.files() if re.search("notes|requirements", name)]
    assert published == []


def test_a_second_build_reads_nothing_again(make_site: SiteMaker) -> None:
    site = make_site(
        {"fep/process.toml": PROCESS, "rfc/ms-rfc-1.txt": RFC.format(n=1, status="Draft")}
    )
    site.build()
    assert site.build().read == 0


def test_links_in_headers_of_markdown(make_site: SiteMaker) -> None:
    process = PROCESS.replace(".txt", ".md").replace('"field-list"', '"paragraphs"')
    header = '\n[[header]]\nname = "Thread"\nkind = "text"\n\n[[index]]'
    text = (
        "# MS RFC 1: Views\n\nAuthor: Ada Lovelace\n\n"
        "Status: Superseded by [the second](https://example.org/2)\n\n"
        "Thread: <https://example.org/thread> and [no link](javascript:x)\n\n## Overview\n\nText.\n"
    )
    site = make_site(
        {
            "fep/process.toml": process.replace("\n[[index]]", header),
            "rfc/ms-rfc-1.md": text,
        }
    )
    site.build()
    page = site.page("rfc-0001")
    links = {element.get("href") for element in page.all("a")}
    assert {"https://example.org/2", "https://example.org/thread"} <= links
    assert "Superseded by the second" in page.text
    assert "and [no link](javascript:x)" in page.text


def test_without_authors_the_lists_have_no_column_for_them(make_site: SiteMaker) -> None:
    process = PROCESS.replace('role = "authors"\n', "")
    texts = {f"rfc/ms-rfc-{n}.txt": RFC.format(n=n, status="Draft") for n in (1, 2)}
    site = make_site({"fep/process.toml": process, **texts})
    site.build()
    index = site.page("")
    classes = {word for element in index.all("th") for word in element.get("class", "").split()}
    assert "fep-col-status" in classes
    assert "fep-col-authors" not in classes
    assert "RFC Title Status" in index.text


def test_a_long_acronym_is_not_the_heading_of_a_narrow_column(make_site: SiteMaker) -> None:
    process = PROCESS.replace('acronym = "RFC"', 'acronym = "PROPOSAL"')
    text = RFC.format(n=1, status="Draft")
    site = make_site({"fep/process.toml": process, "rfc/ms-rfc-1.txt": text})
    site.build()
    assert "# Title Authors Status" in site.page("").text

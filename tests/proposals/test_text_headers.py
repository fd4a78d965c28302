"""Headers that are paragraphs or directives below the title."""

from __future__ import annotations

import pytest

from fep_tools.process.schema import Dialect
from fep_tools.proposals.preamble import Preamble

APE = """\
.. _Black: https://example.org/black
.. |Black| replace:: *Black*

Purpose and process
-------------------

authors: Ada Lovelace,
Bob Smith

date-created: 2013 October 11

revised-by:

* Eve - 2021 February 26 - Added
  a section

* Dan - 2022 March 1 - Removed it

Abstract
--------

status: this is text
"""

GHC = """\
Standalone kind signatures
==========================

.. author:: Ada Lovelace
.. date-accepted:: 2018-09-30
.. implemented::
.. highlight:: haskell
.. header:: This proposal was `discussed
   at this pull request <https://example.org/54>`_.
.. contents::
   :local:

This proposal adds signatures.

.. author:: Nobody
"""


def values(text: str, dialect: Dialect) -> dict[str, str]:
    return {field.name: field.value for field in Preamble.parse(text, dialect).fields}


def test_paragraphs() -> None:
    assert values(APE, "paragraphs") == {
        "authors": "Ada Lovelace,\nBob Smith",
        "date-created": "2013 October 11",
        "revised-by": "\nEve - 2021 February 26 - Added\na section"
        "\nDan - 2022 March 1 - Removed it",
    }


def test_directives() -> None:
    assert values(GHC, "directives") == {
        "author": "Ada Lovelace",
        "date-accepted": "2018-09-30",
        "implemented": "",
        "header": "This proposal was `discussed\nat this pull request <https://example.org/54>`_.",
    }


@pytest.mark.parametrize(("text", "dialect"), [(APE, "paragraphs"), (GHC, "directives")])
def test_positions(text: str, dialect: Dialect) -> None:
    lines = text.splitlines()
    for field in Preamble.parse(text, dialect).fields:
        span = field.name_span
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == field.name
        for line in field.lines:
            assert lines[line.number - 1][line.column - 1 :] == line.text


def test_other_directives_stay_in_the_text() -> None:
    text = GHC.replace(".. highlight::", ".. contents::\n.. highlight::")
    assert Preamble.parse(text, "directives").blanked(text).split("\n")[3:12] == [
        "", "", "", ".. contents::", ".. highlight:: haskell", "", "", ".. contents::",
        "   :local:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "name", "value"),
    [
        ("**Author:** Ada", "Author", "Ada"),
        ("**Date created**: 2013", "Date created", "2013"),
        ("Author : Ada", "Author", "Ada"),
        ("status:", "status", ""),
    ],
)
def test_forms_of_paragraphs(header: str, name: str, value: str) -> None:
    assert values(f"Title\n=====\n\n{header}\n", "paragraphs") == {name: value}


FRONT_MATTER = """\
---
layout: default
description: Of another generator

nav_order: 7
---

"""


@pytest.mark.parametrize(
    ("headers", "dialect"),
    [
        ("Authors:\n* Ada\n* Grace\n\nStatus: Draft", "paragraphs"),
        (":Authors: Ada\n    Grace\n:Status: Draft", "field-list"),
        (".. authors:: Ada\n    Grace\n.. status:: Draft", "directives"),
    ],
)
def test_headers_below_front_matter(headers: str, dialect: Dialect) -> None:
    text = f"{FRONT_MATTER}# Views\n\n{headers}\n\nText.\n"
    found = {name.lower(): value.split() for name, value in values(text, dialect).items()}
    assert found == {"authors": ["Ada", "Grace"], "status": ["Draft"]}
    blanked = Preamble.parse(text, dialect).blanked(text)
    assert blanked.count("\n") == text.count("\n")
    assert blanked.split() == ["#", "Views", "Text."]


@pytest.mark.parametrize(
    "text",
    [
        "Title\n=====\n\nThis is text.\n\nstatus: Draft\n",
        "Title\n=====\n\n**Note** this: it is text.\n",
        "Title\n=====\n\nhttps://example.org\n",
        "SLEP006: Routing\n================\n\nText.\n",
        "================\nSLEP006: Routing\n================\n\nText.\n",
        "Title\n=====\nauthor: Ada\n",
        "Title\n=====\n\nAuthors: Ada\n------------\n",
    ],
)
def test_what_is_no_paragraph(text: str) -> None:
    assert Preamble.parse(text, "paragraphs") == Preamble()


@pytest.mark.parametrize(
    "text",
    [
        "Title\n=====\n\n.. contents::\n.. sectnum::\n\n.. note:: Text.\n",
        "Title\n=====\n\nThis is text.\n\n.. author:: Ada\n",
        "Title\n=====\n\n.. author: Ada\n",
        "Title\n=====\n\n.. |author| replace:: Ada\n",
    ],
)
def test_what_is_no_directive(text: str) -> None:
    assert Preamble.parse(text, "directives") == Preamble()

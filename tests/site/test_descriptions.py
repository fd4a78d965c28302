"""Directives of Sphinx that describe objects and terms, in the check and on pages."""

from __future__ import annotations

import re

from fep_tools.repository import Repository

from .sites import proposal, ROOT, SiteMaker

BODY = """\
Abstract
========

.. c:function:: int f(void)
                int g(void)
   :noindex:

   Opens *both* of :fep:`7`, and :nope:`x`.

.. glossary::

   view
   endpoint
      A *function* of the_.

   other : x
      Another thing.

.. py:class:: View
"""


def test_descriptions_are_rendered_and_checked(make_site: SiteMaker) -> None:
    process = ROOT.joinpath("fep/process.toml").read_text("utf-8")
    directives = 'ignored_directives = ["c:function", "glossary", "py:class"]\n'
    site = make_site({7: proposal(7, body=BODY), "fep/process.toml": directives + process})
    site.build()
    html = site.html("fep-0007")
    assert "int f(void) int g(void) Opens both" in site.page("fep-0007").text
    for part in (
        r"<em>both</em>", r"<em>function</em>",
        r"<strong>view</strong>", r"<strong>endpoint</strong>", r"<strong>other</strong>",
        "Another thing", "View",
    ):  # fmt: skip
        assert re.search(part, html), part
    assert "noindex" not in html
    lines = proposal(7, body=BODY).split("\n")
    found = {
        (d.code, lines[d.span.line - 1].strip())
        for d in Repository.open(site.root).check().diagnostics
    }
    assert ("B004", "Opens *both* of :fep:`7`, and :nope:`x`.") in found
    assert any("the_" in line for code, line in found if code.startswith("B"))
    assert "nope" in site.warnings

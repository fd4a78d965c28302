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
        r"<strong[^>]*>view</strong>", r"<strong[^>]*>endpoint</strong>",
        r"<strong[^>]*>other</strong>",
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


OBJECTS = """\
Abstract
========

.. c:struct:: Layout

   .. c:member:: uint8_t digits[4]

   A :c:func:`Layout_New` and a :c:func:`~b.Layout_Free()`, :meth:`so <x>`.

.. c:function:: const Layout *Layout_New(int size)

.. py:class:: pkg.View(app)

.. glossary::

   Web view
      What is shown.

.. productionlist:: html
   set: "{" (`member` | `~other:item`) "}"
      : | nothing
   member: name
"""


def test_descriptions_have_the_anchors_and_words_of_sphinx(make_site: SiteMaker) -> None:
    process = ROOT.joinpath("fep/process.toml").read_text("utf-8")
    names = ["c:struct", "c:member", "c:function", "py:class", "glossary", "productionlist"]
    settings = f'ignored_directives = {names}\nliteral_roles = ["c:*", "meth"]\n'
    site = make_site({7: proposal(7, body=OBJECTS), "fep/process.toml": settings + process})
    site.build()
    html, text = site.html("fep-0007"), site.page("fep-0007").text
    for anchor in (
        "c.Layout", "c.Layout.digits", "c.Layout_New", "pkg.View", "term-Web-view",
        "grammar-token-html-set", "grammar-token-html-member",
    ):  # fmt: skip
        assert f'id="{anchor}"' in html, anchor
    assert "struct Layout" in text
    assert "class pkg.View(app)" in text
    assert "A Layout_New() and a Layout_Free(), so." in " ".join(
        re.sub("<[^>]+>", "", html).split()
    )
    rules = [line.rstrip() for line in re.sub("<[^>]+>", "", html).split("\n") if "::=" in line]
    assert rules[0].endswith("set    ::= &quot;{&quot; (member | item) &quot;}&quot;")
    proposals = Repository.open(site.root).corpus()
    (found,) = proposals
    assert found.body
    assert found.body.has_anchor("c.Layout.digits")

"""A community's own Sphinx project that adds our extension to its ``conf.py``."""

from __future__ import annotations

from typing import Any

import pytest

from .projects import sphinx_build
from .sites import proposal, Reader, Site, SiteMaker

CONF = """\
extensions = ["fep_tools.site", "sphinx.ext.extlinks"]
project = "Ours"
html_theme = "alabaster"
exclude_patterns = ["fep"]
extlinks = {"issue": ("https://e.org/issues/%s", "#%s")}
rst_epilog = ".. |us| replace:: The Community"

from docutils import nodes
from docutils.parsers.rst import Directive

class Shout(Directive):
    has_content = True

    def run(self):
        return [nodes.paragraph("", "\\n".join(self.content).upper())]

def shout(name, source, text, *_, **__):
    return [nodes.strong(source, text.upper())], []

def setup(app):
    app.add_directive("shout", Shout)
    app.add_role("shout", shout)
"""
INDEX = """\
Ours
====

See :doc:`proposals/fep-0001`, :ref:`views` and :fep:`2`.

.. toctree::

   proposals/fep-0001
   other/page

.. toctree::
   :glob:

   proposals/*2
"""
BODY = """\
Abstract
========

.. _views:

All views
---------

Typed, as |us| says in :issue:`7` and :shout:`loud`.

.. shout::

   louder

.. py:function:: typed(view)

.. glossary::

   view
      A function.

.. productionlist::
   rule: "a"

.. raw:: html

   <b>raw</b>

.. literalinclude:: code.py
"""
OTHER = (
    "Abstract\n========\n\nSee :ref:`views`, :doc:`fep-0001`, :term:`view`, :py:func:`typed`, "
    ":token:`rule` and [Ada]_.\n\n.. [Ada] Ada's notes\n"
)


@pytest.fixture
def project(make_site: SiteMaker) -> Site:
    site = make_site(
        {
            1: proposal(1, body=BODY),
            2: proposal(2, "Other views", body=OTHER, Requires="1"),
            "conf.py": CONF,
            "index.rst": INDEX,
            "other/page.rst": "A page\n======\n\nOf [Ada]_.\n",
        }
    )
    site.write("proposals/code.py", "code = included\n")
    return site


def html(site: Site, name: str) -> Reader:
    return Reader(site.output.joinpath(name).read_text("utf-8"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_their_markup_and_their_links_work_in_proposals(project: Site, jobs: int) -> None:
    assert sphinx_build(project.root, project.output, jobs=jobs) == ""
    first = html(project, "proposals/fep-0001.html")
    for text in (
        "FEP 1: Typed views", "The Community", "#7", "LOUD", "LOUDER", "raw", "code = included",
        "typed", "A function.", "rule", "Ada Lovelace", "Draft",
    ):  # fmt: skip
        assert text in first.text, text
    assert "https://e.org/issues/7" in first.links()
    second = html(project, "proposals/fep-0002.html")
    for target in ("#views", "", "#term-view", "#typed"):
        assert f"fep-0001.html{target}" in second.links(), target
    index = html(project, "index.html")
    for page in ("proposals/fep-0001.html#views", "proposals/fep-0002.html", "other/page.html"):
        assert page in index.links(), page
    # A citation of their project may be on another page.
    assert "../proposals/fep-0002.html#ada" in html(project, "other/page.html").links()


@pytest.mark.parametrize("builder", ["dirhtml", "latex", "epub", "text"])
def test_other_builders(project: Site, builder: str) -> None:
    settings: dict[str, Any] = (
        {"version": "1", "epub_copyright": "Ada"} if builder == "epub" else {}
    )
    assert sphinx_build(project.root, project.output, builder, **settings) == ""
    texts = [path.read_bytes() for path in project.output.rglob("*.*") if path.is_file()]
    assert any(b"LOUDER" in text and b"A function." in text for text in texts)


def test_a_page_is_written_again_if_a_proposal_that_it_names_has_changed(project: Site) -> None:
    sphinx_build(project.root, project.output)
    page = project.output / "proposals/fep-0002.html"
    untouched = project.output / "other/page.html"
    before = untouched.stat().st_mtime_ns
    project.write("proposals/fep-0001.rst", proposal(1, "Views with types", body=BODY))
    sphinx_build(project.root, project.output)
    assert "Views with types" in page.read_text("utf-8")
    assert untouched.stat().st_mtime_ns == before


def test_the_style_of_our_blocks_is_there(project: Site) -> None:
    sphinx_build(project.root, project.output)
    assert project.output.joinpath("_static/fep-nodes.css").is_file()
    assert "fep-nodes.css" in project.output.joinpath("index.html").read_text("utf-8")


def test_restrictions_can_be_had_and_fep_build_always_has_them(project: Site) -> None:
    warnings = sphinx_build(project.root, project.output, fep_restricted=True)
    assert ("shout" in warnings, "unknown document" in warnings) == (True, False)
    assert "LOUDER" not in html(project, "fep-0001.html").text
    project = project.with_output("ours")
    project.write("conf.py", f"{CONF}fep_restricted = False\n")
    assert project.build(conf=False).errors
    assert "LOUDER" not in project.page("fep-0001").text


def test_restricted_builds_print_nothing_harmful_and_follow_no_links(make_site: SiteMaker) -> None:
    """``sphinx-build`` has its own stream of warnings, and looks for documents by itself."""
    figure = ".. figure:: a.png\n   :no:\n\n   ::error::x\n\n   ##vso[task.complete]\n"
    conf = "extensions = ['fep_tools.site']\nfep_restricted = True\n"
    site = make_site({7: proposal(7), "conf.py": conf, "docs/a.rst": f"A\n=\n\n{figure}"})
    for name in ("one", "two", "three"):  # of each other, without an end
        site.root.joinpath("docs", name).symlink_to(".")
    site.root.joinpath("docs", "a\x1b[31m.rst").write_text("B\n=\n", "utf-8")
    warnings = sphinx_build(site.root, site.output)
    assert "unknown option" in warnings
    lines = [line.lstrip() for line in warnings.split("\n")]
    assert not [line for line in lines if line.startswith("::") or "##vso[" in line]
    assert "\x1b" not in warnings
    assert warnings.count("the file is a symbolic link") == 3


def test_a_translation_has_our_blocks_once(project: Site) -> None:
    project.write("conf.py", f"{CONF}\nlocale_dirs = ['locales']\nlanguage = 'fr'\n")
    entries = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n'
    entries += 'msgid "louder"\nmsgstr "fort"\n\nmsgid "A function."\nmsgstr "Une fonction."\n'
    project.write("locales/fr/LC_MESSAGES/proposals.po", entries)
    sphinx_build(project.root, project.output)
    page = html(project, "proposals/fep-0001.html")
    assert "Une fonction." in page.text
    assert page.text.count("Ada Lovelace") <= 2


HEADINGS = """\
.. _one:

TIP 7 — *All* views
===================

:Author: Ada Lovelace <ada@example.org>
:Status: New
:Type: Tip
:Created: 2025-03-09
:See: :ref:`one`

Text of :ref:`one` and `single`.
"""


@pytest.mark.parametrize("suffix", ["rst", "txt"])
def test_headers_that_are_a_field_list_stay_as_they_are(make_site: SiteMaker, suffix: str) -> None:
    """In a directory of a larger repository, with settings that are written in the short form."""
    conf = (
        "extensions = ['fep_tools.site']\nhtml_theme = 'alabaster'\nfep_root = '../..'\n"
        f"source_suffix = '.{suffix}'\ndefault_role = 'literal'\n"
    )
    site = make_site({"fep/process.toml": TIPS.replace("SUFFIX", suffix), "doc/tips/conf.py": conf})
    site.write(f"doc/tips/tip-7.{suffix}", HEADINGS)
    site.write(f"doc/tips/index.{suffix}", "Tips\n====\n\n.. toctree::\n\n   tip-7\n")
    assert sphinx_build(site.root / "doc/tips", site.output) == ""
    page = html(site, "tip-7.html")
    shown = page.text.replace(" ", "")
    for text in ("TIP7—Allviews", "Author:", "ada@example.org", "Status:", "TextofTIP7"):
        assert text in shown, text
    assert "All views" in html(site, "index.html").text


TIPS = """\
acronym = "TIP"
name = "Tip"
plural = "Tips"
dialect = "field-list"
title_source = "heading"
title_format = "TIP {number} — {title}"

[files]
pattern = "doc/tips/tip-{number}.SUFFIX"
include = ["doc/tips/tip-*.SUFFIX"]

[[type]]
name = "Tip"
summary = "A tip."

[[status]]
name = "New"
summary = "New."

[[header]]
name = "Author"
role = "authors"
kind = "people"

[[header]]
name = "Status"
role = "status"
kind = "choice"

[[header]]
name = "Type"
role = "type"
kind = "choice"

[[header]]
name = "Created"
role = "created"
kind = "date"

[[index]]
title = "Tips"
statuses = ["New"]
"""

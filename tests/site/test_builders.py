"""Every builder of Sphinx can be used with a ``conf.py`` that names our extension."""

from __future__ import annotations

import re
from io import StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from .sites import proposal, Site, SiteMaker

CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\nfep_restricted = True\n"
INDEX = """\
Proposals
=========

.. fep-picture:: relations

.. fep-picture:: timelines

.. fep-index::

.. toctree::
   :glob:

   proposals/*
"""
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TEXT = "Abstract\n========\n\nUnmistakable, as :fep:`1` says. See :math:`a^2`.\n\n.. math:: b\n"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*serializinghtml")
@pytest.mark.parametrize(
    ("builder", "file"),
    [
        ("text", "fep-0002.txt"),
        ("epub", "fep-0002.xhtml"),
        ("man", "*.1"),
        ("latex", "*.tex"),
        ("texinfo", "*.texi"),
        ("json", "fep-0002.fjson"),
        ("pickle", "fep-0002.fpickle"),
        ("html", "fep-0002.html"),
        ("singlehtml", "index.html"),
        ("dirhtml", "fep-0002/index.html"),
        ("xml", "fep-0002.xml"),
        ("pseudoxml", "fep-0002.pseudoxml"),
        ("gettext", "fep-0002.pot"),
        ("dummy", ""),
    ],
)
def test_the_text_is_there(make_site: SiteMaker, builder: str, file: str) -> None:
    files = {1: proposal(1), 2: proposal(2, Requires="1", body=TEXT)}
    site = make_site({**files, "conf.py": CONF, "index.rst": INDEX})
    assert run(site, builder) == 0
    texts = [path.read_bytes() for path in site.output.glob(file)] if file else []
    assert any(b"Unmistakable" in text for text in texts) or not file


def test_messages_are_extracted_after_another_builder_in_the_same_directory(
    make_site: SiteMaker,
) -> None:
    """Sphinx ended the build, since ``gettext`` cannot use doctrees of other builders."""
    site = make_site({1: proposal(1), "index.rst": INDEX})
    for builder in ("text", "gettext", "text"):
        site.build(builder=builder)
    assert site.output.joinpath("fep-0001.pot").is_file()
    assert site.output.joinpath("fep-0001.txt").is_file()


def run(site: Site, builder: str) -> int:
    """Build with Sphinx, and return its status."""
    out, warnings = site.output, StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            site.root, site.root, out, out / "trees", builder, status=None, warning=warnings
        )
        app.build()
    return app.statuscode


SHORT_INDEX = "Proposals\n=========\n\n.. fep-index::\n\n.. toctree::\n   :hidden:\n\n   more\n"


@pytest.fixture
def book(make_site: SiteMaker) -> Site:
    """A site whose first page names its proposals in the index only."""
    url = "https://example.org/a/b"
    files = {1: proposal(1), 2: proposal(2, Requires="1", Discussions_To=url, body=TEXT)}
    more = "Handbook\n========\n\nMore.\n"
    return make_site({**files, "conf.py": CONF, "index.rst": SHORT_INDEX, "more.rst": more})


@pytest.mark.slow
def test_a_pdf_has_the_proposals_once(book: Site) -> None:
    assert run(book, "latex") == 0
    (file,) = book.output.glob("*.tex")
    text = file.read_text("utf-8")
    assert len(re.findall(r"\\(?:chapter|section)\{FEP 2: ", text)) == 1
    assert "Unmistakable" in text


@pytest.mark.slow
def test_the_contents_and_the_order_of_an_epub(book: Site) -> None:
    assert run(book, "epub") == 0
    (file,) = book.output.glob("*.epub")
    with ZipFile(file) as archive:
        names = archive.namelist()
        assert names[0] == "mimetype"
        package = ElementTree.fromstring(archive.read("content.opf"))
        contents = ElementTree.fromstring(archive.read("nav.xhtml"))
        for name in names:
            if name.endswith(".xhtml"):  # a reader refuses a page that is not well-formed
                ElementTree.fromstring(archive.read(name))
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    assert {*items.values()} <= {*names}
    order = [items[ref.get("idref")] for ref in package.iter(f"{OPF}itemref")]
    assert len({*order}) == len(order)
    links = [link.get("href") for link in contents.iter(f"{XHTML}a")]
    assert links == ["index.xhtml", "more.xhtml", "fep-0001.xhtml", "fep-0002.xhtml"]
    assert [page for page in order if page in links] == links


NESTED = """\
.. list-table:: Outer title

   * - .. list-table:: Inner title
          :header-rows: 1

          * - Heading
            - Other
          * - .. list-table::

                 * - Deep
                   - Deeper

            - a *list*
     - Beside
"""


def test_tables_in_tables_are_lists_in_plain_text(make_site: SiteMaker) -> None:
    site = make_site({2: proposal(2, body=NESTED)})
    site.build(builder="text")
    text = site.output.joinpath("fep-0002.txt").read_text("utf-8")
    for part in ("Outer title", "Inner title", "* Heading", "* Deep", "Deeper", "Beside"):
        assert part in text


@pytest.mark.filterwarnings("ignore:.*serializinghtml")
@pytest.mark.parametrize("builder", ["html", "json"])
def test_published_sources_are_named_after_their_pages(make_site: SiteMaker, builder: str) -> None:
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'basic'\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "A\n=\n\nText.\n"})
    site.build(builder=builder)
    sources = site.output / "_sources"
    names = {path.relative_to(sources).as_posix() for path in sources.rglob("*.*")}
    assert {"fep-0007.rst.txt", "index.rst.txt"} <= names
    assert sources.joinpath("fep-0007.rst.txt").read_text("utf-8") == proposal(7)
    if builder == "html":
        page = site.output.joinpath("fep-0007.html").read_text("utf-8")
        assert 'href="_sources/fep-0007.rst.txt"' in page

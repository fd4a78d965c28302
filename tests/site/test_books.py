"""Books: what a PDF and an EPUB say about themselves, their charts and their formulas."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from fep_tools.proposals.rst.formulas import formula_problem
from fep_tools.site import books

from .sites import proposal, Site, SiteMaker

DC = "{http://purl.org/dc/elements/1.1/}"
FORMULAS = r"""
Abstract
========

Good :math:`a_1`, bad :math:`\text{\input{/etc/passwd}}` and :eq:`a}\input{b`.

.. math:: \input{/etc/passwd}

.. math:: c
   :label: a}\input{b
"""


def tex(site: Site) -> str:
    (path,) = site.output.glob("*.tex")
    return path.read_text("utf-8")


@pytest.fixture
def site(make_site: SiteMaker) -> Site:
    """Two proposals, one of which requires the other: a chart on the page of each."""
    return make_site({1: proposal(1), 2: proposal(2, Requires="1", body=FORMULAS)})


def test_charts_are_pictures_in_a_pdf(site: Site) -> None:
    if not books._converters():
        pytest.skip("CairoSVG, or the library Cairo, is not installed")
    report = site.build(builder="latex")
    assert report.index == site.output
    pictures = sorted(site.output.glob("*.pdf"))
    assert len(pictures) > 2
    for path in pictures:
        assert path.read_bytes().startswith(b"%PDF-")
        assert f"{{{{{path.stem}}}.pdf}}" in tex(site)
    assert tex(site).count(r"includegraphics") >= len(pictures)


def test_a_pdf_without_charts_says_so_and_is_no_failure(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    books._converters.cache_clear()
    try:
        report = site.build(builder="latex")
    finally:
        books._converters.cache_clear()
    assert site.warnings.count(books.CHARTS_MISSING) == 1
    assert books.CHARTS_MISSING not in str(report.warnings)
    assert r"\includegraphics" not in tex(site)


def test_latex_obeys_nothing_in_a_proposal(site: Site) -> None:
    site.build(builder="latex")
    text = tex(site)
    assert r"\(a_1\)" in text
    assert r"\input{" not in text.partition(r"\begin{document}")[2]
    assert r"\textbackslash{}input" in text


@pytest.mark.parametrize(
    ("builder", "obeyed"),
    [("latex", "\\input{x}"), ("man", "\n.so /etc/x"), ("texinfo", "\n@include x")],
)
def test_nothing_is_obeyed_in_acknowledgements(
    make_site: SiteMaker, builder: str, obeyed: str
) -> None:
    """Sphinx writes them as they are."""
    items = "   * \\\\input{x}\n   * a\n     @include x\n   * a\n     .so /etc/x\n"
    conf = "extensions = ['fep_tools.site']\ninclude_patterns = ['*.rst']\n"
    files: dict[str | int, str | bytes] = {
        "conf.py": conf,
        "index.rst": "Index\n=====\n\n.. toctree::\n\n   page\n",
        "page.rst": f"Page\n====\n\n.. acks::\n\n{items}",
    }
    site = make_site({1: proposal(1), **files})
    site.build(builder=builder)
    (path,) = (p for p in site.output.iterdir() if p.suffix in {".tex", ".1", ".texi"})
    text = path.read_text("utf-8")
    assert "include x" in text
    assert obeyed not in text


def test_texinfo_obeys_nothing_in_a_formula(site: Site) -> None:
    site.build(builder="texinfo")
    (path,) = site.output.glob("*.texi")
    text = path.read_text("utf-8")
    assert "@math{a_1}" in text
    assert "@math{\\text" not in text


def test_a_title_without_a_name_for_texinfo(make_site: SiteMaker) -> None:
    """Its names have no ``:``, ``,``, ``.``, ``(`` and ``)``, and none may be empty."""
    site = make_site({1: proposal(1, body="Abstract\n========\n\n(:),\n----\n\nText.\n")})
    site.build(builder="texinfo")
    (path,) = site.output.glob("*.texi")
    assert "Text." in path.read_text("utf-8")


@pytest.mark.parametrize("builder", ["latex", "texinfo"])
def test_tex_obeys_nothing_in_the_name_of_an_image(make_site: SiteMaker, builder: str) -> None:
    name = "a}}^^5cinput{x}{{.png"
    body = f"Abstract\n========\n\n.. image:: {name}\n\n.. image:: b-1.png\n"
    png = b"\x89PNG\r\n\x1a\n" + bytes(16)
    images = {f"proposals/{path}": png for path in (name, "b-1.png")}
    site = make_site({1: proposal(1, body=body), **images})
    site.build(builder=builder)
    copies = [path.name for path in site.output.rglob("*.png") if path.read_bytes() == png]
    assert len(copies) == 2
    assert "b-1.png" in copies
    (document,) = (path for path in site.output.iterdir() if path.suffix in (".tex", ".texi"))
    text = document.read_text("utf-8")
    assert "}}^^5c" not in text
    assert all(Path(copy).stem in text for copy in copies)


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        (r"\text{\input{x}}", r"has \input where text or a length is expected"),
        (r"\operatorname{a\write18}", r"has \write where text or a length is expected"),
        (r"\hspace{\input{x}}", r"has \input where text or a length is expected"),
        ("^^5cinput", "has ^^, which LaTeX does not take; write ^ once"),
        # The rest of the line would not be in the PDF.
        (r"\text{%} + b", r"has %, which LaTeX does not show; write \% outside of \text{}"),
        (r"a \\% b", r"has %, which LaTeX does not show; write \% outside of \text{}"),
        (r"\text{#1}", r"has #, which LaTeX does not show; write \# outside of \text{}"),
        (r"50\% \#", ""),
        (r"a \backslash b \text{ for all } x", ""),
    ],
)
def test_formulas_that_latex_would_obey(formula: str, problem: str) -> None:
    assert formula_problem(formula) == problem


@pytest.mark.parametrize("conf", ["", "epub_author = 'Ada'\nversion = '7'\n"])
def test_what_an_epub_says_about_itself(
    make_site: SiteMaker, conf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    start = "extensions = ['fep_tools.site']\nfep_restricted = True\n"
    files: dict[str | int, str | bytes] = {1: proposal(1), "index.rst": "A\n=\n\nText.\n"}
    site = make_site({**files, "conf.py": start + conf} if conf else files)
    site.build(builder="epub", doctrees=site.output.with_name("doctrees"))
    assert site.warnings == ""
    (file,) = site.output.glob("*.epub")
    with ZipFile(file) as archive:
        package = ElementTree.fromstring(archive.read("content.opf"))
    said = {name: package.findtext(f".//{DC}{name}") for name in ("title", "creator", "rights")}
    name = "Flask Enhancement Proposals"
    creator = "Ada" if conf else name
    assert said == {"title": name, "creator": creator, "rights": "See each proposal."}
    metadata = ElementTree.tostring(package, "unicode")
    assert (">7<" if conf else ">2026-11-21<") in metadata


def test_what_a_pdf_is_made_with(site: Site) -> None:
    site.build(builder="latex")
    assert r"\author{}" in tex(site)
    # pdflatex stops at a letter that its fonts do not have, such as a Cyrillic one.
    assert "xelatex" in site.output.joinpath("Makefile").read_text("utf-8")


def test_no_title_and_no_text_makes_an_epub_that_is_no_xml(make_site: SiteMaker) -> None:
    made = "A |character| here.\n\n.. |character| unicode:: U+FFFE\n"
    site = make_site({1: proposal(1, Title="Views\uffff"), 2: proposal(2, body=made)})
    site.build(builder="epub")
    pages = [*site.output.rglob("*.xhtml"), *site.output.rglob("*.ncx")]
    assert len(pages) > 3
    for page in pages:
        ElementTree.parse(page)

"""Included files on pages and in the check, which judge them alike."""

from __future__ import annotations

import re
from html import unescape

import pytest

from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.repository import Repository

from .sites import Site, SiteMaker
from .test_pep_site import pep

BODY = """\
.. literalinclude:: pep-0007/views.py
   :language: python
   :lines: 2-
   :caption: Views
   :lineno-match:

.. include:: pep-0007/more.rst

.. include:: pep-0007/more.rst
   :code: rst

.. literalinclude:: pep-0007/gone.py

.. include:: pep-0007/nested.rst

.. include:: pep-0007/titles.rst

Below.

See :ref:`the appendix <more-details>`, :ref:`more-details` and :ref:`less-details`.
"""

FILES = {
    "peps/pep-0007/views.py": "import sys\n\nclass View:\n    a = 1 ? 2\n",
    "peps/pep-0007/more.rst": "Some *emphasis* of :pep:`7`.\n\n- :nope:`x`\n",
    "peps/pep-0007/nested.rst": "Deep.\n\n.. include:: pep-0007/more.rst\n",
    "peps/pep-0007/titles.rst": "Part\n====\n\nText of it.\n",
    "peps/pep-0007/appendix-more.rst": (
        ".. rejected:: Not at all.\n\n.. _more-details:\n\nDetails\n=======\n\nHere.\n"
    ),
}


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    process = BUILTIN_DIRECTORY.joinpath("pep.toml").read_text("utf-8")
    site = make_site({"fep/process.toml": process, "peps/pep-0007.rst": pep(7, BODY), **FILES})
    site.build()
    return site


def test_files_are_shown_as_code_and_as_markup(site: Site) -> None:
    text, html = site.page("pep-0007").text, site.html("pep-0007")
    assert ">View<" in html
    for part in ("Some emphasis of PEP 7", "Below."):
        assert part in text
    assert "Some *emphasis* of :pep:`7`" in unescape(re.sub("<[^>]+>", "", html))
    assert "import sys" not in text
    assert "<em>emphasis</em>" in html
    assert "Deep." in text


def test_a_label_of_an_appendix_is_linked_and_it_may_have_a_banner(site: Site) -> None:
    html = site.html("pep-0007")
    assert html.count("appendix-more/#more-details") == 2
    assert ">Details</span></a>" in html
    assert "Not at all." in site.page("pep-0007/appendix-more").text


def test_problems_are_reported_where_they_are(site: Site) -> None:
    lines = site.root.joinpath("peps/pep-0007.rst").read_text("utf-8").split("\n")
    found = {
        (d.code, d.path.removeprefix("peps/"), d.excerpt[0].strip())
        for d in Repository.open(site.root).check().diagnostics
        if d.code.startswith("B")
    }
    expected = {
        ("B004", "pep-0007/more.rst", "- :nope:`x`"),
        ("B050", "pep-0007/views.py", "a = 1 ? 2"),
        ("B090", "pep-0007.rst", ".. literalinclude:: pep-0007/gone.py"),
        ("B090", "pep-0007/nested.rst", ".. include:: pep-0007/more.rst"),
    }
    assert expected <= found
    assert any(path == "pep-0007/titles.rst" for _code, path, _line in found)
    (label,) = [line for code, _path, line in found if code == "B041"]
    assert "less-details" in label
    for code, path, _line in expected:
        assert f"peps/{path}:" in site.warnings, code
    number = lines.index(".. literalinclude:: pep-0007/gone.py") + 1
    assert f"peps/pep-0007.rst:{number}: " in site.warnings


def test_an_included_file_that_changes_is_shown_again(site: Site) -> None:
    site.write("peps/pep-0007/more.rst", "Another text.\n")
    site.build()
    assert "Another text." in site.page("pep-0007").text
    # A fix would not reach an included file.
    found = Repository.open(site.root).check().diagnostics
    assert not [d for d in found if d.path.endswith("more.rst") and d.edits]


def test_the_url_of_an_appendix_is_quoted(make_site: SiteMaker) -> None:
    process = BUILTIN_DIRECTORY.joinpath("pep.toml").read_text("utf-8")
    body = "See :ref:`the end <the-end>`.\n"
    appendix = ".. _the-end:\n\nThe end\n=======\n\nIt is :pep:`7` again.\n"
    files = {"peps/pep-0007.rst": pep(7, body), "peps/pep-0007/appendix-a#b?c ä.rst": appendix}
    site = make_site({"fep/process.toml": process, **files})
    site.build(base="https://example.org/")
    name, url = "pep-0007/appendix-a#b?c ä", "pep-0007/appendix-a%23b%3Fc%20%C3%A4/"
    assert f'href="{url.removeprefix("pep-0007/")}#the-end"' in site.html("pep-0007")
    assert f'rel="canonical" href="https://example.org/{url}"' in site.html(name)
    assert 'href="../"' in site.html(name)
    for file in ("sitemap.xml", "searchpages.js"):
        assert url in site.output.joinpath(file).read_text("utf-8"), file
        assert "a#b" not in site.output.joinpath(file).read_text("utf-8"), file


APPENDIX = """\
Appendix
========

.. literalinclude:: views.py
   :language: python
   :linenos:
   :name: the-code

.. include:: more.rst
   :start-line: 2

.. include:: nested.rst

.. literalinclude:: gone.py

.. literalinclude:: /etc/passwd

.. include:: ../pep-0008/views.py

.. include:: more.rst
   :tab-width: 1000000000
"""


def test_an_appendix_includes_what_its_proposal_may(make_site: SiteMaker) -> None:
    process = BUILTIN_DIRECTORY.joinpath("pep.toml").read_text("utf-8")
    files = {
        "fep/process.toml": process,
        "peps/pep-0007.rst": pep(7, "See :ref:`the-code`.\n"),
        "peps/pep-0008.rst": pep(8, "Text.\n"),
        "peps/pep-0007/appendix-a.rst": APPENDIX,
        "peps/pep-0007/views.py": "class View:\n    pass\n",
        "peps/pep-0007/more.rst": "Left out.\n\nSome *emphasis* of :pep:`8`, :nope:`x`.\n",
        "peps/pep-0007/nested.rst": "Deep.\n\n.. include:: more.rst\n",
        "peps/pep-0008/views.py": "SECRET = 1\n",
    }
    site = make_site(files)
    site.build()
    text, html = site.page("pep-0007/appendix-a").text, site.html("pep-0007/appendix-a")
    assert ">View<" in html
    assert 'id="the-code"' in html
    assert "Some emphasis of PEP 8" in text
    assert "Deep." in text
    assert "Left out." not in text
    assert "SECRET" not in html
    assert "root:" not in html
    page = "peps/pep-0007/appendix-a.rst"
    outside = "is not in the proposal's own directory"
    for location, warning in (
        ("peps/pep-0007/more.rst:3", 'Unknown interpreted text role "nope"'),
        (f"{page}:14", "cannot show 'gone.py', which does not exist"),
        (f"{page}:16", f"cannot show '/etc/passwd', which {outside}"),
        (f"{page}:18", f"cannot show '../pep-0008/views.py', which {outside}"),
        (f"{page}:20", "the directive 'include' has an option that reads a file, or has no bounds"),
        ("peps/pep-0007/nested.rst:3", "which is named in a file that is included itself"),
    ):
        assert re.search(f"{re.escape(location)}: .*{re.escape(warning)}", site.warnings), warning
    site.write("peps/pep-0007/views.py", "class Other:\n    pass\n")
    site.build()
    assert ">Other<" in site.html("pep-0007/appendix-a")

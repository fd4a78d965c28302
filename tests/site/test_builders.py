"""Every builder of Sphinx can be used with a ``conf.py`` that names our extension."""

from __future__ import annotations

from io import StringIO

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from .sites import proposal, SiteMaker

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
    out, warnings = site.output, StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            site.root, site.root, out, out / "trees", builder, status=None, warning=warnings
        )
        app.build()
    assert app.statuscode == 0
    texts = [path.read_bytes() for path in out.glob(file)] if file else []
    assert any(b"Unmistakable" in text for text in texts) or not file

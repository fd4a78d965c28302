"""What is ours under a theme that is not."""

from __future__ import annotations

import sys
import types

import pytest
from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from fep_tools.site.html import SiteTranslator

from .sites import proposal, Site, SiteMaker

CONF = 'extensions = ["fep_tools.site"]\nhtml_theme = "basic"\n'
INDEX = "Ours\n====\n\n.. fep-index::\n"


def themed_site(make_site: SiteMaker) -> Site:
    site = make_site(
        {7: proposal(7), "conf.py": CONF, "index.rst": "Ours\n====\n\n.. fep-index::\n"}
    )
    site.build()
    return site


def test_another_theme_loads_our_style_and_script(make_site: SiteMaker) -> None:
    site = themed_site(make_site)
    assert site.warnings == ""
    page = site.html("")
    assert 'href="_static/fep-nodes.css' in page
    assert 'src="_static/fep-index.js' in page
    assert {"_static/fep-nodes.css", "_static/fep-index.js"} <= site.files().keys()


def test_site_title_in_another_theme(make_site: SiteMaker) -> None:
    site = themed_site(make_site)
    assert "Typed views &#8212; Flask Enhancement Proposals</title>" in site.html("fep-0007")


def test_site_title_from_conf_py(make_site: SiteMaker) -> None:
    conf = CONF + 'html_title = "Ours"\n'
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": INDEX})
    site.build()
    assert "Typed views &#8212; Ours</title>" in site.html("fep-0007")


def test_another_theme_has_lists_and_no_404_page_of_ours(make_site: SiteMaker) -> None:
    site = themed_site(make_site)
    assert "Typed views" in site.page("status/draft").text
    assert "404.html" not in site.files()


def test_our_theme_does_not_load_the_style_for_others(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    assert "fep-nodes.css" not in site.html("")


class _Theme(SiteTranslator):
    """As pydata's: tables are opened by the theme alone, and closed by all."""

    def visit_table(self, node: nodes.table) -> None:
        self.body.append('<div class="theirs">')
        HTML5Translator.visit_table(self, node)

    def depart_table(self, node: nodes.table) -> None:
        super().depart_table(node)
        self.body.append("</div>")


def test_a_translator_of_a_theme_may_replace_visit_table(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.ModuleType("a_theme")
    vars(module)["Theme"] = _Theme
    monkeypatch.setitem(sys.modules, "a_theme", module)
    chosen = "import a_theme\ndef setup(app): app.set_translator('fep', a_theme.Theme)\n"
    site = make_site({7: proposal(7), "conf.py": CONF + chosen, "index.rst": INDEX})
    site.build()
    page = site.html("")
    assert 'class="theirs"' in page
    assert page.count("<div") == page.count("</div>")

"""The Sphinx extension that builds the site. Only this package imports Sphinx.

Proposals are read by :mod:`fep_tools.proposals`; Sphinx gets their bodies, under names made from
their numbers. Nothing is written into the sources, and nothing in a proposal is executed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .._version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

THEME = Path(__file__).parent / "theme"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; called by Sphinx."""
    from . import (
        affected_extensions,
        anchors,
        books,
        change_pages,
        charts,
        deferred,
        directives,
        extension_pages,
        framework_pages,
        html,
        i18n,
        index_pages,
        languages,
        limits,
        linkcheck,
        nested_tables,
        note_results,
        open_pages,
        page_problems,
        references,
        refused_references,
        sanitize,
        search_index,
        single_page,
        theme_templates,
        toctree,
        translated_paragraphs,
        translations_page,
        upgrade_pages,
        virtual_pages,
    )
    from .builder import SiteBuilder
    from .domain import ProposalDomain
    from .events import BuildEvents
    from .footer_block import render_footer_block
    from .header_block import render_header_block
    from .parallel import PAGES_READ, PAGES_WRITTEN
    from .parser import ProposalParser

    app.add_event(PAGES_READ)
    app.add_event(PAGES_WRITTEN)
    BuildEvents(app).connect()
    app.add_domain(ProposalDomain)
    app.add_source_parser(ProposalParser, override=True)
    app.add_builder(SiteBuilder)
    app.add_html_theme("fep", str(THEME))
    modules = (
        affected_extensions, anchors, books, directives, html, i18n, languages, limits, linkcheck,
        nested_tables, note_results, open_pages, page_problems, references, refused_references,
        sanitize, search_index, single_page, theme_templates, toctree, translated_paragraphs,
    )  # fmt: skip
    for module in modules:
        module.register(app)
    deferred.register(
        app,
        {
            "affected": affected_extensions.render_affected,
            "footer": render_footer_block,
            "header": render_header_block,
            "index": index_pages.render_index,
            "snippet": note_results.render_result,
            **{name: charts.chart_renderer(name) for name in charts.CHARTS},
        },
    )
    virtual_pages.register(
        app,
        (
            index_pages.pages,
            framework_pages.pages,
            extension_pages.pages,
            change_pages.pages,
            translations_page.pages,
            upgrade_pages.pages,
        ),
    )
    return {
        "version": __version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }

"""The site: Sphinx, and only here.

A proposal is read by our own reader; Sphinx is given its body, and a name made of its number.
Nothing is written among the sources, and nothing in a proposal is executed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

THEME = Path(__file__).parent / "theme"


def setup(app: Sphinx) -> ExtensionMetadata:
    """What Sphinx calls for an extension of that name."""
    from . import anchors, deferred, directives, extra_pages, i18n, maths, sanitize, snippets
    from .builder import SiteBuilder
    from .domain import ProposalDomain
    from .events import BuildEvents
    from .parser import ProposalParser

    # A file of that name beside the sources would go before every setting (SEC-A2).
    os.environ["DOCUTILSCONFIG"] = os.devnull
    BuildEvents(app).connect()
    app.add_domain(ProposalDomain)
    app.add_source_parser(ProposalParser, override=True)
    app.add_builder(SiteBuilder)
    app.add_html_theme("fep", str(THEME))
    for part in (anchors, sanitize, extra_pages, directives, deferred, maths, snippets, i18n):
        part.register(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }

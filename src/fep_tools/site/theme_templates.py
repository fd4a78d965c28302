"""Settings of Sphinx that need a template which a theme may not have."""

from __future__ import annotations

from typing import Final, TYPE_CHECKING

from jinja2 import TemplateNotFound
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

if TYPE_CHECKING:
    from jinja2 import Environment
    from sphinx.application import Sphinx

_TEMPLATES: Final = {
    "html_use_index": "genindex.html",
    "html_domain_indices": "domainindex.html",
    "html_use_opensearch": "opensearch.xml",
}

logger = logging.getLogger(__name__)


def leave_out_settings(app: Sphinx) -> None:
    """Leave out what the theme has no template for, with a warning.

    The theme ``fep`` has no general index: the lists of proposals are in its place. Sphinx would
    end the build at the last page with ``TemplateNotFound: genindex.html``.
    """
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder):
        return
    for setting, template in _TEMPLATES.items():
        if app.config[setting] and not _has_template(builder, template):
            theme = builder.theme.name
            logger.warning("%s is left out: the theme %s has no %s", setting, theme, template)
            app.config[setting] = False
    builder.use_index = builder.get_builder_config("use_index", "html")


def _has_template(builder: StandaloneHTMLBuilder, name: str) -> bool:
    environment: Environment | None = getattr(builder.templates, "environment", None)
    try:
        return environment is None or bool(environment.get_template(name))
    except TemplateNotFound:
        return False


def register(app: Sphinx) -> None:
    """Add the handler that leaves out settings."""
    app.connect("builder-inited", leave_out_settings)

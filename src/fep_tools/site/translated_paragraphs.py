"""Paragraphs of translators: Sphinx parses each as a document of its own.

A translator may use what an author may, in a proposal and on any other page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# "[name]: https://...", "[^1]: The note." in Markdown
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:[^\n]*", re.MULTILINE)


def is_translation(document: nodes.document) -> bool:
    """Return whether a document is a translated paragraph, by the source that Sphinx names."""
    return str(document["source"]).endswith(":<translated>")


def with_definitions(text: str, original: str) -> str:
    """Return a paragraph in Markdown with the URLs and notes that it names.

    :param original: The text that has them, that of the page.
    """
    named = [line for name, line in _definitions(original) if f"[{name}]" in text]
    return "\n\n".join([text, *named])


@lru_cache(maxsize=1)  # for all paragraphs of a text
def _definitions(original: str) -> list[tuple[str, str]]:
    return [(match["name"], match[0]) for match in _DEFINITION.finditer(original)]


class KeepTranslatedTargets(SphinxTransform):
    """Let a translation name a link for other paragraphs only if its original has that URL.

    Of "`x <https://other.example>`_" in one paragraph, ``x_`` in another one would get the URL.
    """

    default_priority = 30
    """After Sphinx's Locale, and before docutils resolves links."""

    def apply(self, **_: Any) -> None:
        """Remove other targets; the links themselves stay."""
        if not domain_of(self.env).restricted:
            return
        for node in self.document.findall(nodes.Element):
            if node.get("translated"):
                original = re.sub(r"\s", "", node.rawsource)
                for target in list(node.findall(nodes.target)):
                    if "refuri" in target and f"<{target['refuri']}>" not in original:
                        target.parent.remove(target)


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(KeepTranslatedTargets)

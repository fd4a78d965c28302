"""Formulas as MathML, which browsers show by themselves: nothing is loaded from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.writers.html5 import HTML5Translator

if TYPE_CHECKING:
    from sphinx.application import Sphinx


LONGEST = 2000
"""Characters of a formula that is read."""


def _inline(translator: HTML5Translator, node: nodes.Element) -> None:
    _show(translator, node, as_block=False)


def _block(translator: HTML5Translator, node: nodes.Element) -> None:
    _show(translator, node, as_block=True)


def _show(translator: HTML5Translator, node: nodes.Element, *, as_block: bool) -> None:
    """The formula, or its source where that cannot be read."""
    source = node.astext()
    try:
        if len(source) > LONGEST:
            raise ValueError
        translator.body.append(tex2mathml(source, as_block))
    except Exception:  # whatever the reader of formulas raises is about this formula alone
        translator.body.append(f"<code>{translator.encode(source)}</code>")
    raise nodes.SkipNode


def register(app: Sphinx) -> None:
    """Make Sphinx know them."""
    app.add_html_math_renderer("fep", (_inline, None), (_block, None))

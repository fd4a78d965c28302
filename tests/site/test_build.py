"""How a build runs Sphinx."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from docutils.transforms import Transformer

from fep_tools.site.build import watched_trees


@pytest.mark.parametrize(
    ("extensions", "is_watched"),
    [
        (("sphinx.builders.html", "alabaster", "sphinxcontrib.qthelp"), True),
        (("fep_tools.site", "sphinx.ext.autodoc", "sphinx.builders.latex.transforms"), True),
        (("fep_tools.site", "furo"), False),
        (("fep_tools.site", "sphinxcontrib.mermaid"), False),
        (("fep_tools.site", "sphinx_design"), False),
    ],
)
def test_trees_are_not_watched_with_other_extensions(
    extensions: tuple[str, ...], is_watched: bool
) -> None:
    """They may change trees in ways that docutils does not see."""
    app: Any = SimpleNamespace(extensions=dict.fromkeys(extensions))
    before = Transformer.apply_transforms
    with watched_trees(app):
        assert (Transformer.apply_transforms is not before) == is_watched

"""How a build runs Sphinx."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from docutils.transforms import Transformer
from sphinx import events

from fep_tools.site.build import brief_events, watched_trees


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


class Argument:
    """An argument of an event, which knows how often it was written out."""

    count = 0

    def __repr__(self) -> str:
        self.count += 1
        return "argument"


@pytest.mark.parametrize(("is_brief", "count"), [(True, 0), (False, 1)])
def test_events_are_logged_without_their_arguments(is_brief: bool, count: int) -> None:
    app: Any = SimpleNamespace(pdb=False)
    manager, argument = events.EventManager(app), Argument()
    got: list[object] = []
    manager.connect("env-updated", lambda _app, argument: got.append(argument), 1)
    with brief_events() if is_brief else nullcontext():
        manager.emit("env-updated", argument)
    assert got == [argument]
    assert argument.count == count
    assert not hasattr(events, "repr")

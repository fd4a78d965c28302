"""The translator of pages calls what Sphinx's translator calls, and looks it up once."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from docutils.writers._html_base import HTMLTranslator
from sphinx import addnodes

from fep_tools.site.html import SiteTranslator


class OwnDispatch(SiteTranslator):
    """A translator of a theme that calls its methods in a way of its own."""

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Do nothing."""


class derived(nodes.paragraph):
    """A class of nodes that is known by its base."""


class unknown(nodes.Element):
    """A class of nodes that is not known."""


def translator(class_: type[SiteTranslator] = SiteTranslator) -> Any:
    return class_.__new__(class_)


@pytest.mark.parametrize(
    ("kind", "node_class", "name"),
    [
        ("visit", nodes.paragraph, "visit_paragraph"),
        ("visit", derived, "visit_paragraph"),
        ("visit", addnodes.compact_paragraph, "visit_compact_paragraph"),
        ("visit", nodes.Text, "visit_Text"),
        ("visit", unknown, "visit_Element"),
        ("departure", nodes.paragraph, "depart_paragraph"),
        ("departure", derived, "depart_paragraph"),
        ("departure", unknown, "depart_Element"),
    ],
)
def test_methods_are_those_of_sphinx(
    kind: str, node_class: type[nodes.Element], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    for method in {name, "unknown_visit", "unknown_departure"}:
        monkeypatch.setattr(
            SiteTranslator, method, lambda _self, _node, name=method: called.append(name), False
        )
    own = translator()
    node = node_class("x")
    getattr(own, f"dispatch_{kind}")(node)
    own.find_method(kind, node_class)(node)
    assert called == [name, name]


def test_a_translator_that_dispatches_itself_is_asked() -> None:
    own = translator(OwnDispatch)
    assert own.find_method("visit", nodes.paragraph) == own.dispatch_visit
    assert own.find_method("departure", nodes.paragraph) == own.depart_paragraph


@pytest.mark.parametrize(
    "attributes",
    [{}, {"classes": ["a"]}, {"ids": ["x", "y"]}, {"classes": [], "ids": []}],
)
@pytest.mark.parametrize(
    "options", [{}, {"suffix": ""}, {"empty": True}, {"CLASS": "b"}, {"href": '"&'}]
)
def test_start_tags_are_those_of_docutils(
    attributes: dict[str, list[str]], options: dict[str, Any]
) -> None:
    own = translator()
    own.in_mailto = False
    tags = [
        function(own, nodes.inline("", "", **attributes), "SPAN", **options)
        for function in (HTMLTranslator.starttag, SiteTranslator.starttag)
    ]
    assert tags[0] == tags[1]

"""Text without markup gives the nodes that docutils gives."""

from __future__ import annotations

import re
from typing import Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst.states import Inliner

from fep_tools.proposals.rst.plain_text import plain_text_as_it_is

TEXTS = [
    "",
    "plain words.",
    r"escaped \a and \ blank",
    "*emphasis*",
    "**strong**",
    "``literal``",
    "`default role`",
    ":emphasis:`role`",
    "link_ and another__",
    "[1]_ and [#]_ and [cit]_",
    "|substitution|",
    "_`target`",
    "https://example.org/ in text",
    "see https://example.org/?q=1#f, mailto:a@b.example and news:comp.lang",
    "someone@example.org",
    "Note: nothing",
    "12:30 and a:b and c::d",
    r"not \https://example.org/",
    r"https\://example.org and a\@example.org",
    "file:///x",
    "a@b",
    "PEP 8 and RFC 2822",
    "pep-0008.txt",
]


def parse(text: str, **settings: object) -> str:
    overrides = {"report_level": 5, **settings}
    return str(publish_doctree(f"Words\n\n{text}", settings_overrides=overrides).pformat())


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "settings", [{}, {"pep_references": True, "rfc_references": True}], ids=str
)
def test_the_tree_is_the_same(text: str, settings: dict[str, object]) -> None:
    expected = parse(text, **settings)
    with plain_text_as_it_is():
        assert parse(text, **settings) == expected


@pytest.mark.parametrize(
    ("text", "is_searched"),
    [("plain words", False), ("Note: 1 and 2", False), ("a:b", True), ("a@b", True)],
)
def test_text_without_a_url_is_not_searched(
    text: str, is_searched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pattern of URLs is replaced by one that matches everything."""

    def match_all(_inliner: Inliner, _match: object, _line: int) -> list[nodes.Node]:
        return [nodes.strong("", "found")]

    monkeypatch.setattr(Inliner, "standalone_uri", match_all)

    initialise = Inliner.init_customizations

    def replace(inliner: Any, settings: object) -> None:
        initialise(inliner, settings)
        inliner.implicit_dispatch[:] = [(re.compile(".+"), inliner.standalone_uri)]

    monkeypatch.setattr(Inliner, "init_customizations", replace)
    with plain_text_as_it_is():
        assert ("<strong>" in parse(text)) == is_searched


def test_docutils_is_put_back_after_an_exception() -> None:
    before = Inliner.parse, Inliner.implicit_inline
    with pytest.raises(ValueError, match="x"), plain_text_as_it_is():
        raise ValueError("x")
    assert (Inliner.parse, Inliner.implicit_inline) == before

"""Nodes that several parts of the site make."""

from __future__ import annotations

import pytest
from docutils import nodes

from fep_tools.site.nodes import with_links

URL = "https://example.org/7"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no link", ["no link"]),
        (f"See {URL}.", ["See ", (URL, URL), "."]),
        (f"See `the thread <{URL}>`_.", ["See ", ("the thread", URL), "."]),
        (f"`thread<{URL}>`__", [("thread", URL)]),
        (f"[the thread]({URL}) and {URL}", [("the thread", URL), " and ", (URL, URL)]),
        (f"see <{URL}>", ["see ", (URL, URL)]),
        (f"` <{URL}>`_", [(URL, URL)]),
        ("`x <javascript:alert(1)>`_ [y](data:z)", ["`x <javascript:alert(1)>`_ [y](data:z)"]),
        ("`x <https://u:p@example.org>`_", ["`x <https://u:p@example.org>`_"]),
        ("`" * 20000 + "[" * 20000, ["`" * 20000 + "[" * 20000]),
    ],
)
def test_texts_have_links(text: str, expected: list[str | tuple[str, str]]) -> None:
    found = [
        (node.astext(), node["refuri"]) if isinstance(node, nodes.reference) else node.astext()
        for node in with_links(text)
    ]
    assert found == expected

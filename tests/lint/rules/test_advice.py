"""The advice of findings that have more than one cause."""

from __future__ import annotations

import pytest

from fep_tools.lint import testing
from fep_tools.lint.registry import find_rule
from fep_tools.process.model import Process

START = "FEP: 7\nTitle: Typed views\nStatus: Draft\nType: Standards Track\n\n"


@pytest.mark.parametrize(
    ("code", "text", "advice"),
    [
        ("B060", "Is there one for HTTP`s HEAD?", "write an apostrophe: '"),
        ("B060", "Use a ` here.", "write ``code`` with two backticks on each side"),
        ("B063", "See [1]_.\n\n.. [1] _Docs: https://example.org/", "remove the underscore"),
        ("B063", "Text.\n\n_Docs: https://example.org/", "write .. _name: URL"),
        ("B050", ".. code-block:: python\n\n   x = ’a’", "write straight quotes: '"),
        ("B050", ".. code-block:: python\n\n   x = “a”", 'write straight quotes: "'),
        ("B050", ".. code-block:: python\n\n   $ make", "name another language"),
    ],
)
def test_advice(code: str, text: str, advice: str, process: Process) -> None:
    rule = find_rule(code)
    assert rule is not None
    found = testing.check_example(rule, f"{START}{text}\n", process)
    assert found
    assert all((diagnostic.help or "").startswith(advice) for diagnostic in found)


def test_a_section_about_the_proposals_is_no_misspelled_one(process: Process) -> None:
    rule = find_rule("B014")
    assert rule is not None
    text = f"{START}{{}}\n=============\n\nText.\n"
    assert testing.check_example(rule, text.format("Rationales"), process)
    assert not testing.check_example(rule, text.format("FEP Rationale"), process)

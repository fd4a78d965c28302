"""Texts for which rules once took minutes, since their work grew with the square of the text."""

from __future__ import annotations

import pytest

from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.process.model import Process

HEADERS = "FEP: 7\nTitle: Typed views\nAuthor: {author}\nStatus: Draft\nType: Process\n"
NAMES = ("A," * 300 + "\n ") * 900 + "A"
PRIVATE = "".join(map(chr, range(0xF0000, 0xF0000 + 40_000)))


@pytest.mark.slow
@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("Ada", ("\u200e1" * 2400 + "\n") * 100),
        ("Ada", "\n".join(PRIVATE[n : n + 4000] for n in range(0, 40_000, 4000)) + "\n" * 200_000),
        ("Ada", "`x <" + ("a.a." * 17 + "\n") * 5000 + "x`\n"),
        (NAMES, "Text.\n"),
    ],
    ids=["marks", "private", "link", "names"],
)
def test_hostile_texts_are_checked_in_linear_time(author: str, text: str, process: Process) -> None:
    example = f"{HEADERS.format(author=author)}\nAbstract\n========\n\n{text}"
    assert testing.check_example(all_rules(), example, process)

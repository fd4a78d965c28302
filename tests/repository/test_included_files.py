"""Files that pages of the handbook include."""

from __future__ import annotations

import pytest

from fep_tools.repository.included_files import _included


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: a.txt",
        ".. include:: /docs/a.txt",
        ".. include :: a.txt",
        ".. einf\xfcgen:: a.txt",
        "- .. include:: a.txt",
        "1. ..\tinclude::\n      a.txt\n      :start-line: 1",
        ".. include:: docs/\n   a.txt",
        ".. include:: a\n   .t\n   xt\n   :literal:",
        "| .. include:: a.txt | x |",
        ".. include:: a.txt     words",
        ".. csv-table:: Title\n   :file: a.txt",
        "```{include} a.txt",
        '```{csv-table} T\n---\nfile: "a.txt"\n---',
        ".. |x| include:: a.txt",
    ],
)
def test_a_file_that_may_be_included(text: str) -> None:
    assert "a.txt" in {name.rpartition("/")[2] for name in _included(text.splitlines())}


def test_a_name_with_a_blank() -> None:
    assert "docs/a b.txt" in set(_included([".. include:: docs/a b.txt"]))


@pytest.mark.parametrize(
    "text",
    [
        "See a.txt",
        ".. note:: a.txt",
        ".. image:: a.txt",
        ".. note::\n   a.txt",
        ".. include:: b.txt\n\n   a.txt",
        ".. include:: b.txt\n   :literal:\n   a.txt",
        "a::b a.txt",
    ],
)
def test_a_file_that_is_only_named(text: str) -> None:
    assert "a.txt" not in set(_included(text.splitlines()))


@pytest.mark.parametrize("part", ["include", "include-", ":file:", "include:: ", "{", "{x", "| "])
def test_a_text_is_searched_once(part: str) -> None:
    """A file of 1 MB took minutes, for each change."""
    assert all(len(name) <= len(part) * 100_000 for name in _included([part * 100_000]))

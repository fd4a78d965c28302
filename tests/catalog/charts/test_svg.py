"""Text in drawings."""

from __future__ import annotations

import pytest

from fep_tools.catalog.charts.svg import SMALL, text_width, truncate, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Views", "Views"),
        ("Typed views", "Typed…"),
        ("WWWWWWWW", "WWW…"),
        ("ab\x1b", "ab\\x1b"),
    ],
)
def test_text_stays_in_its_box(text: str, shown: str) -> None:
    assert truncate(text, 46, SMALL) == shown
    assert text_width(shown, SMALL) <= 46


def test_only_what_fits_is_measured() -> None:
    """A title of a megabyte took minutes, for each letter that did not fit."""
    assert truncate("a" * 1_000_000, 46, SMALL) == "aaaaa…"
    lines = wrap("Typed views " * 100_000, 46, SMALL, 3)
    assert lines == ["Typed", "views", "Typed…"]

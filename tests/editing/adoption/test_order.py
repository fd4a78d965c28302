"""The order that several lists have in common."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.order import common_order


@pytest.mark.parametrize(
    ("lists", "order"),
    [
        ([], ""),
        (["abc"], "abc"),
        (["abc", "abc", "acb"], "abc"),
        (["abcd", "abcd", "axb"], "axbcd"),
        # Nothing says where it belongs but its average position.
        (["abcdef", "abcdef", "ax"], "abcdxef"),
        (["ab", "cd"], "acbd"),
        (["ba", "ab", "ab"], "ab"),
    ],
)
def test_common_order(lists: list[str], order: str) -> None:
    assert "".join(common_order(lists)) == order

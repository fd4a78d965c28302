"""Files that pages of the handbook include."""

from __future__ import annotations

import pytest

from fep_tools.repository.included_files import _INCLUDED


@pytest.mark.parametrize("part", ["include", "include-", ":file:", "include:: ", "include--"])
def test_a_text_is_searched_once(part: str) -> None:
    """A file of 1 MB took minutes, for each change."""
    assert len(_INCLUDED.findall(part * 100_000)) <= 1

"""The sections that proposals have in common."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.sections import infer_sections
from fep_tools.proposals.body import Heading, Location


@pytest.mark.parametrize(
    ("titles", "sections"),
    [
        (["Abstract", "Abstract", "Abstract", "Summary"], ["Abstract"]),
        (["1. Overview", "2.1 Overview", "Overview"], ["Overview"]),
        (["Voting History", "Voting history"], []),
        (["Voting History"] * 3 + ["Voting history"], ["Voting History"]),
        (["10 reasons", "10 reasons"], ["10 reasons"]),
    ],
)
def test_titles(titles: list[str], sections: list[str]) -> None:
    bodies = [[Heading(title, 1, Location(1, 1, 1, 1), False, "")] for title in titles]
    assert [section.title for section in infer_sections(bodies)] == sections


@pytest.mark.parametrize(("empty", "is_required"), [(0, True), (1, True), (2, False), (40, False)])
def test_a_section_that_is_often_empty_is_not_required(empty: int, is_required: bool) -> None:
    bodies = [
        [Heading("Discussion", 1, Location(1, 1, 1, 1), number < empty, "")] for number in range(40)
    ]
    (section,) = infer_sections(bodies)
    assert (section.count, section.is_required) == (40, is_required)

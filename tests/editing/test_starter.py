"""The files of a new repository have the words of its community."""

from __future__ import annotations

import pytest

from fep_tools.editing.starter import Community, render_files
from fep_tools.process.loader import parse_process

from ..conftest import TODAY


def test_names_that_contain_a_placeholder_are_inserted_once() -> None:
    texts = render_files(Community("XEP", "XEP Enhancement Proposal", "xep", TODAY))
    process = parse_process(texts["fep/process.toml"], "fep/process.toml")
    assert (process.acronym, process.plural) == ("XEP", "XEP Enhancement Proposals")
    assert "Author: xep\n" in texts["proposals/xep-0001.rst"]


def test_underlines_are_as_long_as_titles() -> None:
    text = render_files(Community("tip", "Team Improvement Proposal", "Ada Lovelace", TODAY))[
        "README.rst"
    ]
    assert text.startswith("Team Improvement Proposals\n==========================\n")


@pytest.mark.parametrize(
    ("name", "singular", "plural"),
    [
        ("Team Improvement Proposal", "Team Improvement Proposal", "Team Improvement Proposals"),
        ("Team Improvement Proposals", "Team Improvement Proposal", "Team Improvement Proposals"),
        ("Team Policy", "Team Policy", "Team Policies"),
        ("Team Policies", "Team Policy", "Team Policies"),
        ("Survey", "Survey", "Surveys"),
        ("Surveys", "Survey", "Surveys"),
        ("Process", "Process", "Processes"),
        ("Status", "Status", "Statuses"),
        ("Patch", "Patch", "Patches"),
        ("Box", "Box", "Boxes"),
    ],
)
def test_singular_and_plural(name: str, singular: str, plural: str) -> None:
    community = Community("TIP", name, "Ada", TODAY)
    assert (community.singular, community.plural) == (singular, plural)
    texts = render_files(community)
    process = parse_process(texts["fep/process.toml"])
    assert (process.name, process.plural) == (singular, plural)
    assert texts["README.rst"].startswith(f"{plural}\n{'=' * len(plural)}\n")

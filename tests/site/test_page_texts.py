"""Which proposals have pages."""

from __future__ import annotations

import pytest

from fep_tools._cache import Cache
from fep_tools.process.model import Process
from fep_tools.proposals.loader import load_corpus
from fep_tools.site.page_texts import can_have_page, problem_of_text


@pytest.mark.parametrize(
    ("path", "number", "problem"),
    [
        ("search.rst", "", "has the name of a page of the site itself; rename it"),
        ("index.rst", "", "has the name of the first page of the site; rename it"),
        ("docs/search.rst", "", ""),
        ("404.rst", "FEP: 404\n", ""),
        ("index.rst", "FEP: 7\n", ""),
    ],
)
def test_no_proposal_takes_the_name_of_a_page_of_the_site(
    process: Process, path: str, number: str, problem: str
) -> None:
    source = f"{number}Title: Views\n\nText.\n".encode()
    (proposal,) = load_corpus({path: source}, process, Cache(None), bodies=False)
    assert problem_of_text(proposal, process) == problem
    assert can_have_page(proposal, process) is (problem == "")

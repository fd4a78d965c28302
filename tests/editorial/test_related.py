"""Proposals about the same matter, by their words."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from fep_tools.editorial.related import RelatedIndex
from fep_tools.process.loader import load_process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Proposal

DOCUMENTS = {
    1: ("Typed views", "A view may declare what it returns. Views are functions."),
    2: ("Nested blueprints", "Blueprints register other blueprints."),
    3: ("Coroutines as views", "An async view returns a coroutine."),
    4: ("Sponsors", "Every proposal needs a sponsor."),
}


def numbers(documents: dict[int, tuple[str, str]], query: int | str) -> list[int]:
    index = RelatedIndex(documents)
    found = index.search(query) if isinstance(query, str) else index.related_to(query)
    return [match.number for match in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (1, [3]),
        (3, [1]),
        ("viewing", [1, 3]),  # the same stem
        ("nothing of that kind", []),
        (99, []),
    ],
)
def test_matches(query: int | str, expected: list[int]) -> None:
    assert sorted(numbers(DOCUMENTS, query)) == expected


def test_a_title_counts_more_than_a_text() -> None:
    documents = {
        1: ("Sponsors", "Who helps authors, and how."),
        2: ("Helpers", "Who helps authors, as a sponsor does."),
        3: ("Views", "What is returned."),
    }
    assert numbers(documents, "a sponsor") == [1, 2]


def test_a_long_text_is_held_against_a_proposal() -> None:
    documents = {
        1: ("A", "One view. " + "Other words. " * 50),
        2: ("B", "One view."),
        3: ("C", "Something else."),
    }
    assert numbers(documents, "view") == [2, 1]


def test_words_of_urls_and_words_of_one_proposal_do_not_count() -> None:
    documents = {n: (f"T{n}", f"https://example.org/views unique{n}") for n in range(4)}
    assert numbers(documents, 1) == []


def test_frequent_words_count_in_a_short_text() -> None:
    documents = {n: (f"T{n}", "A format." if n < 6 else "A manifest.") for n in range(8)}
    documents[8] = ("Format of a manifest", "Text.")
    assert numbers(documents, "manifest format")[0] == 8
    assert set(numbers(documents, "format")) == {0, 1, 2, 3, 4, 5, 8}


def test_words_are_shown_as_they_are_written() -> None:
    (match,) = RelatedIndex(DOCUMENTS).related_to(3)
    assert "view" in match.words


def test_the_number_of_matches_is_limited() -> None:
    assert len(RelatedIndex(DOCUMENTS).search("views", limit=1)) == 1


@pytest.mark.corpora
def test_cited_proposals_are_found(tmp_path: Path) -> None:
    """Of the earlier PEPs that a PEP cites, two thirds are among the ten most like it.

    Citations are removed from the texts, and only earlier PEPs are candidates, as they are for
    somebody with a new idea.
    """
    bundles = os.environ.get("FEP_CORPORA")
    if not bundles:
        pytest.skip("FEP_CORPORA does not name the directory of the bundles")
    clone = ["git", "clone", "--quiet", f"{bundles}/peps.bundle", str(tmp_path / "peps")]
    subprocess.run(clone, check=True)
    process = load_process(BUILTIN_DIRECTORY / "pep.toml")
    documents, cited = {}, {}
    for path in sorted((tmp_path / "peps" / "peps").glob("pep-*.rst")):
        proposal = Proposal.parse(path.read_text("utf-8"), process, f"peps/{path.name}")
        assert proposal.number is not None
        body = proposal.body_text
        links = re.findall(r"(?i)(?:PEP[ -]|:pep:`(?:[^`<]*<)?)0*([0-9]{1,4})", body)
        cited[proposal.number] = {int(n) for n in links if int(n) < proposal.number}
        text = re.sub(r"(?i)(?:PEP[ -]|:pep:`)0*[0-9]{1,4}[^`\s]*", "", body)
        documents[proposal.number] = (proposal.title, text)
    index = RelatedIndex(documents)
    recalls = []
    for number, expected in cited.items():
        if expected & documents.keys():
            matches = (m.number for m in index.related_to(number, 800) if m.number < number)
            found = {n for n, _ in zip(matches, range(10), strict=False)}
            recalls.append(len(found & expected) / len(expected & documents.keys()))
    assert len(recalls) > 390
    assert sum(recalls) / len(recalls) > 0.67

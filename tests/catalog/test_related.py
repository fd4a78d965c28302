"""Proposals about the same matter, by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import related_recall

from fep_tools.catalog.related import LIST_LENGTH, LONGEST_WORD, RelatedIndex, Stemmer

DOCUMENTS = {
    1: ("Typed views", "A view may declare what it returns. Views are functions."),
    2: ("Nested blueprints", "Blueprints register other blueprints."),
    3: ("Coroutines as views", "An async view returns a coroutine."),
    4: ("Sponsors", "Every proposal needs a sponsor."),
}


def index_of(documents: dict[int, tuple[str, str]]) -> RelatedIndex:
    stemmer = Stemmer()
    return RelatedIndex({n: stemmer.count(text, title) for n, (title, text) in documents.items()})


def numbers(documents: dict[int, tuple[str, str]], query: int | str) -> list[int]:
    index = index_of(documents)
    if isinstance(query, str):
        found = index.search(Stemmer().count(query))
    else:
        found = index.related_to(query)
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
    (match,) = index_of(DOCUMENTS).related_to(3)
    assert "view" in match.words


def test_the_number_of_matches_is_limited() -> None:
    assert len(index_of(DOCUMENTS).search(Stemmer().count("views"), limit=1)) == 1


def test_the_time_does_not_grow_with_the_square_of_the_number() -> None:
    """A word that many proposals have leads to those that have it most, and to no others."""
    documents = {n: (f"T{n}", "Views. " * (n % 7 + 1) + f"Words{n}.") for n in range(400)}
    for n in range(400, 1000):
        documents[n] = (f"T{n}", f"Other{n}.")
    index = index_of(documents)
    assert len(index.search(Stemmer().count("views"), 1000)) == LIST_LENGTH


def test_likeness_is_in_relation_to_the_text_itself() -> None:
    text = "Blueprints register other blueprints."
    documents = {1: ("A", text), 2: ("A", text), 3: ("B", "Sponsors."), 4: ("C", "Blueprints.")}
    first, second = index_of(documents).related_to(1)
    assert (first.number, round(first.likeness, 6)) == (2, 1)
    assert (second.number, second.likeness < 0.9) == (4, True)


@pytest.mark.corpora
def test_cited_proposals_are_found(corpora: Path) -> None:
    recall = related_recall.measure(corpora / "peps")
    assert recall.citing > 390
    assert recall.average >= related_recall.GOAL


def test_long_words_have_no_stem() -> None:
    words = "views", "v" * LONGEST_WORD + "views"
    assert list(Stemmer().count(" ".join(words)).counts) == ["view", words[1]]

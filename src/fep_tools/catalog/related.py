"""Find proposals about the same matter, by the words of their texts.

The measure is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): a word
counts more, the fewer proposals have it, and each further occurrence counts less.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

import snowballstemmer

# "views", "before_request", "3.12"; single letters and plain numbers say nothing.
_WORD = re.compile(r"[^\W\d_][\w']+")
_URL = re.compile(r"https?://\S+")

SATURATION = 1.6
"""The k1 of BM25: how soon further occurrences of a word stop to count."""

LENGTH_WEIGHT = 0.6
"""The b of BM25, from 0 to 1: how much a long text is held against it."""

TITLE_WEIGHT = 4
"""How often the words of a title count."""

QUERY_WORDS = 60
"""How many words of a text are looked for: those that tell it best from others."""

LIST_LENGTH = 100
"""How many proposals are considered for a word: those with the highest weights.

Without a limit, the time for all proposals would grow with the square of their number. These are
the "champion lists" of Manning, Raghavan and Schütze, "Introduction to Information Retrieval",
section 7.1.3. On 736 PEPs, the results are the same.
"""

MATCH_WORDS = 5
"""How many words of a match are named."""

LONGEST_WORD = 60
"""How many letters a word may have to get a stem, which takes time in the square of that number."""

COMMON = 0.8
"""The share of proposals above which a word says nothing."""


@dataclass(frozen=True)
class Match:
    """A proposal that is about the same matter.

    :param score: the BM25 score, for comparison with other matches of the same text
    :param likeness: the score in relation to that of the text itself, which has 1
    :param words: the words that both have, as they are written in the texts, the best first
    """

    number: int
    score: float
    likeness: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class TextWords:
    """The words of a text, counted by their stems: "views" and "viewing" are one word.

    :param spelling: the shortest word of each stem
    """

    counts: Mapping[str, int]
    spelling: Mapping[str, str]

    @cached_property
    def size(self) -> int:
        """The number of words."""
        return sum(self.counts.values())


class Stemmer:
    """Counts the words of English texts; it remembers their stems, which take most of the time."""

    def __init__(self) -> None:
        self._stem = snowballstemmer.stemmer("english").stemWord
        self._known: dict[str, str] = {}

    def count(self, text: str, title: str = "") -> TextWords:
        """Return the words of a text; those of URLs are left out."""
        counts: Counter[str] = Counter()
        spelling: dict[str, str] = {}
        words = _WORD.findall(_URL.sub(" ", f"{title} " * TITLE_WEIGHT + text).lower())
        for word, count in Counter(words).items():
            stem = self._known.get(word)
            if stem is None:
                stem = self._stem(word) if len(word) <= LONGEST_WORD else word
                self._known[word] = stem
            counts[stem] += count
            other = spelling.get(stem)
            if other is None or _length_and_word(word) < _length_and_word(other):
                spelling[stem] = word
        return TextWords(counts, spelling)


def _length_and_word(word: str) -> tuple[int, str]:
    return len(word), word


class RelatedIndex:
    """The words of all proposals.

    :param texts: the words of each proposal, by number
    """

    def __init__(self, texts: Mapping[int, TextWords]) -> None:
        self._texts = texts
        self._frequency = Counter(stem for words in texts.values() for stem in words.counts)
        total = len(texts)
        self._rarity = {
            stem: math.log(1 + (total - count + 0.5) / (count + 0.5))
            for stem, count in self._frequency.items()
            if count <= COMMON * total or total < 5
        }
        self._average = sum(words.size for words in texts.values()) / max(1, total) or 1
        self._postings = self._index()

    def _index(self) -> dict[str, list[tuple[int, float]]]:
        """Return for each word the proposals that have it most, and its weight in each."""
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, words in self._texts.items():
            for stem, weight in self._weigh(words, words.counts):
                postings[stem].append((number, weight))
        return {
            stem: entries
            if len(entries) <= LIST_LENGTH
            else nsmallest(LIST_LENGTH, entries, key=lambda entry: (-entry[1], entry[0]))
            for stem, entries in postings.items()
        }

    def _weigh(self, words: TextWords, stems: Iterable[str]) -> list[tuple[str, float]]:
        """Return how much some words of a text count if they are looked for."""
        length = words.size / self._average
        damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length)
        counts, rarity = words.counts, self._rarity
        return [
            (stem, rarity[stem] * counts[stem] * (SATURATION + 1) / (counts[stem] + damping))
            for stem in stems
            if stem in rarity
        ]

    def related_to(self, number: int, limit: int = 10) -> list[Match]:
        """Return the proposals that are most like proposal *number*, the best first."""
        words = self._texts.get(number)
        return self.search(words, limit, without=number) if words else []

    def search(self, query: TextWords, limit: int = 10, without: int | None = None) -> list[Match]:
        """Return the proposals that are most like a text, the best first.

        :param without: the number of a proposal to leave out, such as the text's own.
        """
        weights = self._query_weights(query, without)
        scores: dict[int, float] = defaultdict(float)
        for stem, weight in weights.items():
            for number, part in self._postings[stem]:
                scores[number] += weight * part
        if without is not None:
            scores.pop(without, None)
        found = nsmallest(limit, scores, key=lambda number: (-scores[number], number))
        own_words = self._query_weights(query, None)
        own_score = sum(own_words[stem] * part for stem, part in self._weigh(query, own_words))
        return [
            Match(
                number,
                scores[number],
                scores[number] / own_score,
                self._common_words(weights, query, number),
            )
            for number in found
        ]

    def _query_weights(self, query: TextWords, without: int | None) -> dict[str, float]:
        """Return the words that tell a text best from others, and how much each of them counts."""
        # Words that only proposal *without* has find nothing, and would take the place of others.
        minimum = 1 if without is None else 2
        rarity, frequency, sqrt = self._rarity, self._frequency, math.sqrt
        # The square root: a word that a text repeats a hundred times is not all that it is about.
        weights = {
            stem: sqrt(count) * rarity[stem]
            for stem, count in query.counts.items()
            if stem in rarity and frequency[stem] >= minimum
        }
        best = nsmallest(QUERY_WORDS, weights, key=lambda stem: (-weights[stem], stem))
        return {stem: weights[stem] for stem in best}

    def _common_words(
        self, weights: Mapping[str, float], query: TextWords, number: int
    ) -> tuple[str, ...]:
        counts, spelling = self._texts[number].counts, self._texts[number].spelling
        shared = [stem for stem in weights if stem in counts]
        best = sorted(shared, key=lambda stem: (-weights[stem], stem))[:MATCH_WORDS]
        return tuple(
            min(query.spelling[stem], spelling[stem], key=_length_and_word) for stem in best
        )

"""Find proposals about the same matter, by the words of their texts.

The measure is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): a word
counts more, the fewer proposals have it, and each further occurrence counts less.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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

MATCH_WORDS = 5
"""How many words of a match are named."""

COMMON = 0.8
"""The share of proposals above which a word says nothing."""


@dataclass(frozen=True)
class Match:
    """A proposal that is about the same matter.

    :param words: the words that both have, as they are written in the query, the best first
    """

    number: int
    score: float
    words: tuple[str, ...]


class RelatedIndex:
    """The words of all proposals.

    :param documents: titles and texts by number
    """

    def __init__(self, documents: Mapping[int, tuple[str, str]]) -> None:
        stem = _Stemmer()
        self._stem = stem
        self._words = {
            number: Counter(stem.words_of(f"{title} " * TITLE_WEIGHT + text))
            for number, (title, text) in documents.items()
        }
        frequency = Counter(word for words in self._words.values() for word in words)
        total = len(documents)
        self._rarity = {
            word: math.log(1 + (total - count + 0.5) / (count + 0.5))
            for word, count in frequency.items()
            if count <= COMMON * total or total < 5
        }
        self._postings = self._weigh()

    def _weigh(self) -> dict[str, list[tuple[int, float]]]:
        """Return for each word the proposals that have it, and its weight in each."""
        sizes = {number: sum(words.values()) for number, words in self._words.items()}
        average = sum(sizes.values()) / max(1, len(sizes))
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, words in self._words.items():
            size = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * sizes[number] / (average or 1)
            for word, count in words.items():
                if word in self._rarity:
                    weight = count * (SATURATION + 1) / (count + SATURATION * size)
                    postings[word].append((number, self._rarity[word] * weight))
        return postings

    def related_to(self, number: int, limit: int = 10) -> list[Match]:
        """Return the proposals that are most like proposal *number*, the best first."""
        return self._find(self._words.get(number, Counter()), limit, without=number)

    def search(self, text: str, limit: int = 10) -> list[Match]:
        """Return the proposals that are most like *text*, the best first."""
        return self._find(Counter(self._stem.words_of(text)), limit)

    def _find(
        self, query: Mapping[str, int], limit: int, without: int | None = None
    ) -> list[Match]:
        # The square root: a word that a text repeats a hundred times is not all that it is about.
        # Words that only proposal *without* has find nothing, and would take the place of others.
        weights = {
            word: math.sqrt(count) * self._rarity[word]
            for word, count in query.items()
            if any(number != without for number, _weight in self._postings.get(word, ()))
        }
        best = sorted(weights, key=lambda word: (-weights[word], word))[:QUERY_WORDS]
        scores: dict[int, float] = defaultdict(float)
        parts: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for word in best:
            for number, weight in self._postings[word]:
                if number != without:
                    scores[number] += weights[word] * weight
                    parts[number].append((weights[word] * weight, word))
        found = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        return [Match(number, scores[number], self._best_words(parts[number])) for number in found]

    def _best_words(self, parts: Iterable[tuple[float, str]]) -> tuple[str, ...]:
        best = sorted(parts, key=lambda part: (-part[0], part[1]))[:MATCH_WORDS]
        return tuple(self._stem.spelling[stem] for _score, stem in best)


class _Stemmer:
    """Reduces English words to their stems: "views" and "viewing" are one word.

    :ivar spelling: the shortest word of each stem that was seen
    """

    def __init__(self) -> None:
        self._stem = snowballstemmer.stemmer("english").stemWord
        self._known: dict[str, str] = {}
        self.spelling: dict[str, str] = {}

    def words_of(self, text: str) -> Iterator[str]:
        """Yield the stems of the words in *text*; those of URLs are left out."""
        for match in _WORD.finditer(_URL.sub(" ", text).lower()):
            word = match[0]
            stem = self._known.get(word)
            if stem is None:
                stem = self._known[word] = self._stem(word)
                shortest = self.spelling.setdefault(stem, word)
                if len(word) < len(shortest):
                    self.spelling[stem] = word
            yield stem

"""Which proposals are about the same matter, worked out once for the same texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from pydantic import TypeAdapter

from .._cache import Cache, key, tool
from .._text import escape_surrogates
from ..catalog.build import plain_title
from ..catalog.model import SimilarProposal
from ..catalog.related import Match, RelatedIndex, Stemmer, TextWords
from ..process.model import Process
from ..proposals.model import Corpus, Proposal

LIKENESS = 0.15
"""How much of the score that a text has itself a proposal must have to be named."""

LIMIT = 5
"""How many proposals are named."""

Similar = dict[int, tuple[SimilarProposal, ...]]

_SIMILAR = TypeAdapter(Similar)
_WORDS = TypeAdapter(TextWords)


def related_index(corpus: Corpus, process: Process, cache: Cache) -> RelatedIndex:
    """Return the index of all proposals that have a number.

    The words of a text are cached: to find their stems takes most of the time.
    """
    return RelatedIndex(_count_words(corpus, process, cache))


def find_similar(corpus: Corpus, process: Process, cache: Cache) -> Similar:
    """Return for each number the proposals whose texts are most like it, the best first."""
    proposals = sorted(corpus.by_number.items())
    texts = (part for n, p in proposals for part in (str(n), plain_title(p, process), p.body_text))
    cache_key = key("similar", tool(), *texts)
    cached = cache.get([cache_key]).get(cache_key)
    if cached is not None:
        with suppress(ValueError):  # somebody else's value
            return _SIMILAR.validate_json(cached)
    index = related_index(corpus, process, cache)
    similar = {number: _similar_to(number, index) for number, _proposal in proposals}
    cache.put({cache_key: _SIMILAR.dump_json(similar).decode()})
    return similar


def _similar_to(number: int, index: RelatedIndex) -> tuple[SimilarProposal, ...]:
    return _as_similar(index.related_to(number, LIMIT))


def find_similar_to(
    proposal: Proposal, title: str, index: RelatedIndex
) -> tuple[SimilarProposal, ...]:
    """Return the proposals in *index* that are most like a text as it is now, the best first."""
    words = Stemmer().count(proposal.body_text, title)
    return _as_similar(index.search(words, LIMIT, without=proposal.number))


def _as_similar(matches: Iterable[Match]) -> tuple[SimilarProposal, ...]:
    return tuple(
        SimilarProposal(number=match.number, words=tuple(map(escape_surrogates, match.words)))
        for match in matches
        if match.likeness >= LIKENESS
    )


def _count_words(corpus: Corpus, process: Process, cache: Cache) -> Mapping[int, TextWords]:
    texts = {n: (plain_title(p, process), p.body_text) for n, p in corpus.by_number.items()}
    keys = {number: key("words", tool(), *parts) for number, parts in texts.items()}
    values = cache.get(keys.values())
    counted: dict[int, TextWords] = {}
    for number, value in ((n, values[name]) for n, name in keys.items() if name in values):
        with suppress(ValueError):
            counted[number] = _WORDS.validate_json(value)
    stemmer = Stemmer()
    new = {n: stemmer.count(text, title) for n, (title, text) in texts.items() if n not in counted}
    cache.put({keys[number]: _WORDS.dump_json(words).decode() for number, words in new.items()})
    return counted | new

"""Infer the sections of proposals from their bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...process.titles import section_number
from ...proposals.body import Heading
from .order import common_order

FREQUENT = 0.3
"""The share of proposals that must have a section, so that it is one of the process."""

SAME = 0.75
"""The share of them that must write its title in the same way, so that it has that title."""

ALWAYS = 0.97
"""The share of proposals that must have a text in a section, so that it is required."""


@dataclass(frozen=True)
class InferredSection:
    """A section of proposals, and how many have it.

    :param is_required: nearly all proposals have it, with a text
    """

    title: str
    count: int
    is_required: bool


def infer_sections(bodies: Iterable[Sequence[Heading]]) -> list[InferredSection]:
    """Return the sections that many proposals have, in their usual order.

    :param bodies: the headings of the sections of each proposal, without those of subsections
    """
    spellings: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    orders = []
    for headings in bodies:
        plain = [(h.title.removeprefix(section_number(h.title)), h.is_empty) for h in headings]
        titles = dict.fromkeys(title for title, _ in plain)
        filled.update({title.casefold() for title, is_empty in plain if not is_empty})
        spellings.update(titles.keys())
        orders.append(list(dict.fromkeys(title.casefold() for title in titles)))
    counts = Counter(key for keys in orders for key in keys)
    main = {title.casefold(): title for title, _ in reversed(spellings.most_common())}
    frequent = {
        key
        for key, count in counts.items()
        if count >= FREQUENT * len(orders) and spellings[main[key]] >= SAME * count
    }
    return [
        InferredSection(main[key], counts[key], filled[key] >= ALWAYS * len(orders))
        for key in common_order([[key for key in keys if key in frequent] for keys in orders])
    ]

"""Which values of a header, such as topics and authors, have a page or a feed of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from .model import Catalog, ProposalEntry

MIN_GROUPS: Final = 500
"""How many values of a header always have a page of their own."""

GROUPS_PER_PROPOSAL: Final = 3
"""How many more may for each proposal. There are 366 authors of 737 PEPs."""

Values = Callable[[ProposalEntry], Iterable[str | None]]
"""A function from a proposal to its values of a header."""


def values_with_a_page(catalog: Catalog, values: Values) -> set[str]:
    """Return the values of a header that have a page: the most frequent ones if there are too many.

    A header may have 200 authors, so a few proposals could claim more pages than a site can have.
    """
    counts = Counter(
        value for entry in catalog.listed for value in dict.fromkeys(values(entry)) if value
    )
    limit = max(MIN_GROUPS, GROUPS_PER_PROPOSAL * len(catalog.listed))
    return {value for value, _count in counts.most_common(limit)}

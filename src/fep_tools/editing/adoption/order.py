"""The order that most of several lists have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence


def common_order(lists: Collection[Sequence[str]]) -> list[str]:
    """Return all names in *lists*, each before those that it precedes more often than not.

    A name that is rare is compared only with the names it was seen with, so that ``Superseded-By``
    stands where the few proposals that have it put it. Names that were never seen together have
    the order of their average positions.

    :param lists: lists of distinct names
    """
    before: Counter[tuple[str, str]] = Counter()
    positions: dict[str, list[float]] = {}
    for names in lists:
        for index, name in enumerate(names):
            positions.setdefault(name, []).append(index / len(names))
            before.update((name, later) for later in names[index + 1 :])
    mean = {name: sum(values) / len(values) for name, values in positions.items()}
    ordered: list[str] = []
    # Frequent names first: their order is certain, and rare ones are put between them.
    for name in sorted(positions, key=lambda name: (-len(positions[name]), mean[name], name)):
        ordered.insert(_best_index(name, ordered, before, mean), name)
    return ordered


def _best_index(
    name: str, ordered: Sequence[str], before: Counter[tuple[str, str]], mean: dict[str, float]
) -> int:
    """Return where *name* contradicts the fewest of the *lists*; then, its average position."""
    wrong = distance = 0  # compared with the first place
    scores = [(wrong, distance, 0)]
    for index, other in enumerate(ordered, 1):
        wrong += before[name, other] - before[other, name]
        distance += (mean[other] > mean[name]) - (mean[other] < mean[name])
        scores.append((wrong, distance, -index))
    return -min(scores)[2]

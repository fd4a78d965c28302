"""How much of a page Sphinx keeps for the whole build: the names that links may lead to.

A method has the names of all classes around it in its own, and in its entry of the index. With 25
classes of 3,000 characters around 3,000 methods, a page of 360 KB has 225 MB in names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any, Final, TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

MAX_NAMES: Final = 8_000_000
"""How many characters the names of a page may have; 1 MB of functions has 2.7 million."""

TableSizes = Mapping[tuple[str, str], int]
"""The number of entries of each table, by the names of its domain and its own."""


def table_sizes(env: BuildEnvironment) -> TableSizes:
    """Return how many entries the tables of Sphinx's domains have."""
    return {key: len(table) for key, table in _tables(env)}


def added_characters(env: BuildEnvironment, before: TableSizes) -> int:
    """Return how many characters were added to the tables since they had the sizes *before*."""
    return sum(
        _characters(entry)
        for key, table in _tables(env)
        # A dictionary has its entries in the order in which they came.
        for entry in islice(reversed(table.items()), max(0, len(table) - before.get(key, 0)))
    )


def _tables(env: BuildEnvironment) -> Iterator[tuple[tuple[str, str], dict[Any, Any]]]:
    for domain, data in env.domaindata.items():
        yield from (
            ((domain, name), table) for name, table in data.items() if isinstance(table, dict)
        )


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_characters, value.items()))
    return sum(map(_characters, value)) if isinstance(value, Collection) else 0

"""Infer the dialect of proposals from their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from ...process.schema import Dialect
from ...proposals.preamble import Preamble
from .vocabulary import header_key, ROLES


def infer_dialect(
    texts: Iterable[str], *, is_markdown: bool = False
) -> tuple[Dialect, list[Preamble]]:
    """Return the dialect in which most of *texts* have a status, and their headers in it.

    If none has a status, it is that in which most have headers.

    :param is_markdown: they are in Markdown, in which ``---`` around headers means YAML
    """
    texts = list(texts)
    parsed = {d: [Preamble.parse(text, d) for text in texts] for d in get_args(Dialect)}
    order: list[Dialect] = sorted(parsed, key=lambda d: d == "yaml", reverse=is_markdown)
    best = max(order, key=lambda d: _count_headers(parsed[d]))
    return best, parsed[best]


def _count_headers(preambles: Sequence[Preamble]) -> tuple[int, int]:
    """Return how many have a status, and how many have headers.

    Front matter for another generator of sites has no status, and may be above the headers.
    """
    found = [preamble for preamble in preambles if has_headers(preamble)]
    with_status = sum(
        any(ROLES.get(header_key(field.name)) == "status" for field in preamble.fields)
        for preamble in found
    )
    return with_status, len(found)


def has_headers(preamble: Preamble) -> bool:
    """Return whether a text begins like a proposal: with two headers, one of them well known."""
    names = {header_key(field.name) for field in preamble.fields}
    return len(names) > 1 and not names.isdisjoint(ROLES)

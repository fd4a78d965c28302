"""Output of ``fep related``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..._text import dump_json, escape_surrogates, safe
from ...catalog.related import Match
from ...process.model import Process
from ...proposals.model import Proposal

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Row:
    """A match, with the title and the text of its proposal."""

    match: Match
    title: str
    proposal: Proposal


def as_text(rows: Sequence[Row], process: Process) -> str:
    """Return one paragraph for each proposal: its title, its status, and the words in common."""
    if not rows:
        return "No proposal has these words; words that nearly all proposals have do not count.\n"
    best = rows[0].match.score
    paragraphs = []
    for row in rows:
        label = process.label(row.match.number)
        likeness = f"{round(100 * row.match.score / best):3}%"
        status = row.proposal.status or "no valid status"
        words = ", ".join(safe(word) for word in row.match.words)
        heading = f"{likeness}  {label}: {safe(row.title)} ({safe(status)})"
        paragraphs.append(f"{heading}\n      {words}\n")
    return "".join(paragraphs)


def as_json(rows: Sequence[Row], _process: Process) -> str:
    """Return the proposals as JSON, the best first."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "proposals": [
            {
                "number": row.match.number,
                "title": escape_surrogates(row.title),
                "status": row.proposal.status,
                "score": round(row.match.score, 3),
                "words": [escape_surrogates(word) for word in row.match.words],
            }
            for row in rows
        ],
    }
    return dump_json(document)

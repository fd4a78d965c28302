"""What running snippets has shown, for people and for machines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ..._text import escape_json, safe
from ...notes.runner import JobOutcome

SCHEMA_VERSION = 1

_NEWS = {
    "same": "",
    "new": "not kept yet",
    "changed": "not what is kept",
}


def status(found: Iterable[JobOutcome], *, updated: bool) -> int:
    """The exit status: 1 for what fails or is not what is kept, 2 for what could not be run."""
    states = {answer.result.state for answer in found}
    news = {answer.comparison for answer in found if answer.result.state != "unavailable"}
    if "failed" in states or (not updated and news - {"same"}):
        return 1
    return 2 if "unavailable" in states else 0


def text(found: Sequence[JobOutcome], *, known: int, updated: bool) -> str:
    """For people: a line for each snippet, and why where it fails."""
    lines: list[str] = []
    path = ""
    for answer in _sorted(found):
        if answer.job.path != path:
            path = answer.job.path
            lines.append(safe(path, None))
        lines += _lines(answer, updated=updated)
    return "".join(f"{line}\n" for line in (*lines, *_summary(found, known, updated=updated)))


def _lines(answer: JobOutcome, *, updated: bool) -> Iterable[str]:
    job, result = answer.job, answer.result
    where = f"{job.framework.title} {safe(result.version)}, Python {result.python}"
    news = "" if updated or result.state == "unavailable" else _NEWS[answer.comparison]
    told = (
        f"{result.state:11}  {safe(job.snippet.name)}  ({'; '.join(filter(None, (where, news)))})"
    )
    yield f"  {told}"
    if result.reason:
        yield f"      {safe(result.reason, None)}"
    if result.state == "failed":
        for line in answer.stdout.strip().split("\n")[-5:]:
            if line.strip():
                yield f"      | {safe(line)}"


def _summary(found: Sequence[JobOutcome], known: int, *, updated: bool) -> Iterable[str]:
    counts = Counter(answer.result.state for answer in found)
    states = [f"{number} {state}" for state, number in sorted(counts.items(), reverse=True)]
    yield ", ".join([f"{len(found)} run", *states, f"{known} known already"])
    if not updated and any(answer.comparison != "same" for answer in found):
        yield "`fep notes run --update` keeps what was found"


def as_json(found: Sequence[JobOutcome], *, known: int, updated: bool) -> str:
    """For machines."""
    table = {
        "schema_version": SCHEMA_VERSION,
        "snippets": [_row(answer) for answer in _sorted(found)],
        "summary": {
            "run": len(found),
            "known": known,
            "updated": updated,
            **Counter(str(answer.result.state) for answer in found),
        },
    }
    return escape_json(json.dumps(table, indent=2)) + "\n"


def _row(answer: JobOutcome) -> dict[str, Any]:
    job = answer.job
    return {
        "number": job.number,
        "path": job.path,
        "name": job.snippet.name,
        "line": job.snippet.first_line,
        "kept": answer.comparison,
        **answer.result.model_dump(mode="json"),
    }


def _sorted(found: Iterable[JobOutcome]) -> list[JobOutcome]:
    return sorted(found, key=lambda answer: (answer.job.path, answer.job.snippet.first_line))

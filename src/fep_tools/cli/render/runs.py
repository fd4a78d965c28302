"""Render the results of ``fep notes run``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ..._text import dump_json, safe
from ...notes.harness import FILENAME
from ...notes.jobs import JobOutcome, ResultComparison
from ...notes.store import describe_versions

SCHEMA_VERSION = 1

_COMPARISONS: dict[ResultComparison, str] = {
    "same": "",
    "new": "not saved yet; add --update",
    "changed": "not the saved result",
}
_FRAME = re.compile(rf'File "{re.escape(FILENAME)}", line ([0-9]{{1,6}})')
"""A line of a traceback: ``File "snippet.py", line 3, in view``."""

_STDOUT_LINES = 5
"""Lines of the end of a failed snippet's output that are shown."""


def exit_status(outcomes: Iterable[JobOutcome], *, updated: bool) -> int:
    """Return 1 if a snippet failed or has another result than the saved one, 2 if it did not run.

    :param updated: the results have been saved, so that none differs.
    """
    states = {outcome.result.state for outcome in outcomes}
    comparisons = {o.comparison for o in outcomes if o.result.state != "unavailable"}
    if "failed" in states or (not updated and comparisons - {"same"}):
        return 1
    return 2 if "unavailable" in states else 0


def text(outcomes: Sequence[JobOutcome], *, unchanged: int, updated: bool) -> str:
    """Return a line for each snippet, with the reason if it failed, and a summary.

    :param unchanged: the number of snippets that did not have to be run.
    """
    if not outcomes:
        return f"{unchanged} unchanged, nothing to run\n"
    lines: list[str] = []
    path = ""
    for outcome in _sorted(outcomes):
        if outcome.job.path != path:
            path = outcome.job.path
            lines.append(safe(path, None))
        lines += _lines(outcome, updated=updated)
    lines.append(_summary(outcomes, unchanged))
    return "".join(f"{line}\n" for line in lines)


def _lines(outcome: JobOutcome, *, updated: bool) -> Iterable[str]:
    job, result = outcome.job, outcome.result
    details = [describe_versions(job.framework.title, result.version, result.python)]
    if not updated and result.state != "unavailable":
        details.append(_COMPARISONS[outcome.comparison])
    yield f"  {result.state:11}  {safe(job.snippet.name)}  ({'; '.join(filter(None, details))})"
    if result.reason:
        yield f"      {safe(job.snippet.in_file(result.reason), None)}"
    if result.state == "failed":
        for line in outcome.stdout.strip().split("\n")[-_STDOUT_LINES:]:
            if line.strip():
                # In a traceback, the file and the line are those of the proposal.
                shown = _FRAME.sub(
                    lambda m: f'File "{job.path}", line {job.snippet.line(int(m[1]))}', line
                )
                yield f"      | {safe(shown)}"


def _summary(outcomes: Sequence[JobOutcome], unchanged: int) -> str:
    counts = Counter(outcome.result.state for outcome in outcomes)
    states = [f"{count} {state}" for state, count in sorted(counts.items(), reverse=True)]
    return ", ".join([f"{len(outcomes)} run", *states, f"{unchanged} unchanged"])


def as_json(outcomes: Sequence[JobOutcome], *, unchanged: int, updated: bool) -> str:
    """Return a JSON document with one object for each snippet."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "snippets": [_row(outcome) for outcome in _sorted(outcomes)],
        "summary": {
            "run": len(outcomes),
            "unchanged": unchanged,
            "updated": updated,
            **Counter(str(outcome.result.state) for outcome in outcomes),
        },
    }
    return dump_json(document)


def _row(outcome: JobOutcome) -> dict[str, Any]:
    job = outcome.job
    return {
        "number": job.number,
        "path": job.path,
        "name": job.snippet.name,
        "line": job.snippet.first_line,
        "kept": outcome.comparison,
        **outcome.result.model_dump(mode="json"),
    }


def _sorted(outcomes: Iterable[JobOutcome]) -> list[JobOutcome]:
    return sorted(outcomes, key=lambda outcome: (outcome.job.path, outcome.job.snippet.first_line))

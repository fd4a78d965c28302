"""Render the results of ``fep extensions scan`` and ``fep extensions affected``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..._text import dump_json, plural, safe
from ...extensions.affected import AffectedFile
from ...extensions.scan import ScanResult
from ...extensions.survey import Survey

SCHEMA_VERSION = 1


def as_text(survey: Survey, symbols: tuple[str, ...]) -> str:
    """Return a line for each use, what was not read, and a summary."""
    lines: list[str] = []
    for name, result in survey.results.items():
        chosen = survey.selection.chosen[name]
        if result.uses or result.unread:
            lines.append(f"{safe(name)} {safe(chosen.version)}: {safe(chosen.file.filename)}")
            lines += _lines(result)
    for name in survey.selection.absent:
        lines.append(f"{safe(name)}: had no release")
    for problem in survey.failures.values():
        lines.append(f"not scanned: {safe(problem, None)}")
    using = sum(any(u.certainty != "guarded" for u in r.uses) for r in survey.results.values())
    unread = sum(bool(result.unread) for result in survey.results.values())
    counts = [
        f"{plural(len(survey.results), 'distribution')} scanned for {plural(len(symbols), 'name')}",
        f"{using} affected",
        *([f"{unread} not read completely"] if unread else []),
        *([f"{len(survey.failures)} not scanned"] if survey.failures else []),
    ]
    lines.append(", ".join(counts))
    return "".join(f"{line}\n" for line in lines)


def _lines(result: ScanResult) -> Iterator[str]:
    for use in result.uses:
        place = f"{safe(use.path)}:{use.line}:{use.column}"
        yield f"  {place}: {use.symbol} ({use.certainty})"
    for unread in result.unread:
        yield f"  {safe(unread.path) or 'archive'}: not read: {safe(unread.reason)}"


def as_json(survey: Survey, symbols: tuple[str, ...]) -> str:
    """Return everything as JSON."""
    distributions = []
    for name, result in survey.results.items():
        chosen = survey.selection.chosen[name]
        distributions.append(
            {
                "name": name,
                "version": chosen.version,
                "file": chosen.file.filename,
                "sha256": chosen.file.sha256,
                "files": result.files,
                "uses": [_use(use._asdict()) for use in result.uses],
                "unread": [each.model_dump() for each in result.unread],
            }
        )
    return dump_json(
        {
            "schema_version": SCHEMA_VERSION,
            "symbols": list(symbols),
            "distributions": distributions,
            "absent": survey.selection.absent,
            "failures": dict(survey.failures),
        }
    )


def _use(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "certainty": str(values["certainty"])}


def summary(file: AffectedFile) -> str:
    """Return how many extensions use the names of a proposal: ``5 of 40 extensions affected``."""
    affected = [name for name, each in file.extensions.items() if each.is_affected]
    when = f"last releases before {file.before}" if file.before else "newest releases"
    counts = f"{len(affected)} of {plural(len(file.extensions), 'extension')} affected ({when})"
    return counts + (f": {', '.join(map(safe, sorted(affected)))}" if affected else "")

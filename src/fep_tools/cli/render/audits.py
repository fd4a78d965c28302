"""Render the audits of ``fep notes audit``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..._text import dump_json, plural, safe
from ...notes.audit import Audit
from ...notes.mutants import Mutant

SCHEMA_VERSION = 1

_WORDS = {
    "statement": "not needed",
    "decorator": "the decorator is not needed",
    "context": "the context is not needed",
}


def exit_status(audits: Iterable[Audit]) -> int:
    """Return 2 if a snippet could not be audited, 1 if one is not clean."""
    audits = list(audits)
    if any(audit.problem for audit in audits):
        return 2
    return 0 if all(audit.is_clean for audit in audits) else 1


def text(audits: Sequence[Audit]) -> str:
    """Return a line for each statement that proves nothing, and a summary."""
    lines: list[str] = []
    for audit in _sorted(audits):
        lines += _lines(audit)
    variants = sum(audit.variants for audit in audits)
    survivors = sum(len(audit.survivors) for audit in audits)
    explained = survivors - sum(len(audit.unexplained) for audit in audits)
    clean = sum(audit.is_clean for audit in audits)
    lines.append(
        f"{plural(len(audits), 'snippet')}, {clean} clean; {plural(variants, 'variant')}, "
        f"{survivors} passed, {explained} of them with a reason"
    )
    return "".join(f"{line}\n" for line in lines)


def _lines(audit: Audit) -> Iterator[str]:
    snippet = audit.job.snippet
    where = f"{safe(audit.job.path, None)}:{snippet.first_line}"
    if audit.problem:
        yield f"{where}: {safe(snippet.name)} was not audited: {safe(audit.problem)}"
    for mutant in audit.unexplained:
        yield f"{_where(audit, mutant)}: {safe(snippet.name)}: {_WORDS[mutant.change]}"
        yield f"    {safe(mutant.statement)}"
    for mutant in audit.unneeded:
        yield f"{_where(audit, mutant)}: {safe(snippet.name)}: needed; remove the comment"
        yield f"    {safe(mutant.statement)}  # audit: {safe(mutant.reason)}"


def _where(audit: Audit, mutant: Mutant) -> str:
    return f"{safe(audit.job.path, None)}:{audit.job.snippet.line(mutant.line)}"


def as_json(audits: Sequence[Audit]) -> str:
    """Return a JSON document with one object for each snippet."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "snippets": [_row(audit) for audit in _sorted(audits)],
        "summary": {
            "snippets": len(audits),
            "clean": sum(audit.is_clean for audit in audits),
            "variants": sum(audit.variants for audit in audits),
            "survivors": sum(len(audit.survivors) for audit in audits),
        },
    }
    return dump_json(document)


def _row(audit: Audit) -> dict[str, Any]:
    job = audit.job
    return {
        "number": job.number,
        "path": job.path,
        "name": job.snippet.name,
        "framework": job.framework.key,
        "line": job.snippet.first_line,
        "clean": audit.is_clean,
        "problem": audit.problem or None,
        "variants": audit.variants,
        "survivors": [_mutant(audit, mutant) for mutant in audit.survivors],
        "unneeded_reasons": [_mutant(audit, mutant) for mutant in audit.unneeded],
    }


def _mutant(audit: Audit, mutant: Mutant) -> dict[str, Any]:
    return {
        "line": audit.job.snippet.line(mutant.line),
        "change": mutant.change,
        "statement": mutant.statement,
        "reason": mutant.reason or None,
    }


def _sorted(audits: Iterable[Audit]) -> list[Audit]:
    return sorted(audits, key=lambda audit: (audit.job.path, audit.job.snippet.first_line))

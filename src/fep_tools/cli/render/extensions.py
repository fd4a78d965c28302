"""Output of ``fep extensions report``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..._text import escape_markdown, plural, safe
from ...extensions.criteria import State
from ...extensions.snapshot import Comparison, ExtensionState, Snapshot
from .tables import align

_SOURCES = {
    "index": "as the package index states it",
    "files": "as distributions in files state it",
}


def report(snapshot: Snapshot, format_: str) -> str:
    """Return a snapshot as ``text``, ``markdown`` or ``json``."""
    if format_ == "json":
        return snapshot.to_json()
    lines = _as_markdown(snapshot) if format_ == "markdown" else _as_text(snapshot)
    return "\n".join([*lines, ""])


def comparison(changes: Comparison, format_: str) -> str:
    """Return the changes between two snapshots as ``text``, ``markdown`` or ``json``."""
    if format_ == "json":
        return changes.to_json()
    sentences = [f"{each.extension}: {each.text}" for each in changes.changes]
    count = f"{plural(len(sentences), 'change')} from {changes.before} to {changes.after}"
    if format_ == "markdown":
        lines = [*(f"- {escape_markdown(text, None)}" for text in sentences)]
        return "\n".join([*lines, *([""] if lines else []), count, ""])
    return "\n".join([*(safe(text, None) for text in sentences), count, ""])


# Text ---------------------------------------------------------------------------------------------


def _as_text(snapshot: Snapshot) -> Iterator[str]:
    yield _title(snapshot)
    for extension in snapshot.extensions:
        yield ""
        yield safe(", ".join(_facts(extension)), None)
        if extension.problem:
            yield f"  nothing is known: {safe(extension.problem, None)}"
            continue
        for result in extension.criteria:
            yield f"  {result.state:7}  {safe(f'{result.key}: {result.reason}', None)}"
    yield ""
    yield from _summary(snapshot)


def _title(snapshot: Snapshot) -> str:
    flask = f"; the newest Flask is {safe(snapshot.flask)}" if snapshot.flask else ""
    return f"State of extensions on {snapshot.date}, {_SOURCES[snapshot.source]}{flask}"


def _facts(extension: ExtensionState) -> Iterator[str]:
    """Yield the name with the release, its age, and what it declares."""
    yield f"{extension.name} {extension.version}" if extension.version else extension.name
    if extension.released:
        yield f"{extension.released} ({plural(extension.age or 0, 'day')} old)"
    if extension.python:
        yield f"Python {extension.python}"
    if extension.flask:
        yield f"Flask {extension.flask}"
    if extension.withdrawn:
        yield f"withdrawn: {' '.join(extension.withdrawn)}"


def _summary(snapshot: Snapshot) -> list[str]:
    """Return a table with the number of extensions in each state, by criterion."""
    rows = [("criterion", *map(str, State))]
    for criterion in snapshot.criteria:
        counts = Counter(e.by_key[criterion.key].state for e in snapshot.extensions)
        rows.append((criterion.key, *(str(counts[state]) for state in State)))
    return align(rows, right=(1, 2, 3))


# Markdown -----------------------------------------------------------------------------------------


def _as_markdown(snapshot: Snapshot) -> Iterator[str]:
    yield f"{_title(snapshot)}."
    yield ""
    titles = ["Extension", "Release", "Python", "Flask", *(c.key for c in snapshot.criteria)]
    yield _row(titles)
    yield _row(["---"] * len(titles))
    for extension in snapshot.extensions:
        release = f"{extension.version or 'unknown'} ({extension.released or 'no date'})"
        facts = [extension.name, release, extension.python or "", extension.flask or ""]
        states = (str(result.state) for result in extension.criteria)
        yield _row([escape_markdown(text, None) for text in facts] + list(states))
    yield ""
    for extension in snapshot.extensions:
        for result in extension.criteria:
            if result.state is State.NOT_MET:
                text = f"{extension.name}, {result.key}: {result.reason}"
                yield f"- {escape_markdown(text, None)}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

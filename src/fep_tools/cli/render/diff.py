"""Output of ``fep diff``: what changed in a text since then, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..._text import dump_json, escape_markdown, escape_surrogates, plural, safe

if TYPE_CHECKING:
    from ...editorial.former_text import FormerText
    from ...editorial.textdiff import DifferenceKind, TextChange, Words

SCHEMA_VERSION = 1

_MARKS = {"equal": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""The marks of ``git diff --word-diff``."""

_COLORS = {"removed": "red", "added": "green"}

_MARKDOWN_MARKS = {"equal": ("", ""), "removed": ("~~", "~~"), "added": ("**", "**")}


def as_text(changes: Sequence[TextChange], former: FormerText, label: str, *, color: bool) -> str:
    """Return the changes for a terminal, with the marks of ``git diff --word-diff``."""
    import click

    def mark(kind: DifferenceKind, text: str) -> str:
        left, right = _MARKS[kind]
        lines = [safe(line, None) for line in text.split("\n")]
        marked = "\n".join(f"{left}{line}{right}" if line else "" for line in lines)
        return click.style(marked, fg=_COLORS[kind]) if color and kind in _COLORS else marked

    from ...editorial.textdiff import with_context

    lines = [_summary(changes, former, label)]
    for change in changes:
        heading = f"@@ line {change.line}: {safe(change.section)} @@"
        lines += ["", click.style(heading, fg="cyan") if color else heading]
        lines.append("".join(mark(p.kind, p.text) for p in with_context(change.pieces)))
    return "\n".join(lines) + "\n"


def as_markdown(changes: Sequence[TextChange], former: FormerText, label: str) -> str:
    """Return the changes as Markdown, for a comment on a pull request."""

    def mark(piece: Words) -> str:
        left, right = _MARKDOWN_MARKS[piece.kind]
        # "** text **" is not bold: blanks stand outside of the marks.
        text = piece.text.strip()
        head, _, tail = piece.text.partition(text) if text else (piece.text, "", "")
        # Markup inside of the markup is shown as it was written.
        paragraphs = re.split(r"\s*\n\s*\n\s*", text)
        escaped = (escape_markdown(part.strip(), None) for part in paragraphs if part)
        marked = "\n\n".join(f"{left}{part}{right}" for part in escaped)
        return f"{head}{marked}{tail}"

    from ...editorial.textdiff import with_context

    lines = [_summary(changes, former, label)]
    for change in changes:
        lines += ["", f"### {escape_markdown(change.section)}", ""]
        lines.append("".join(map(mark, with_context(change.pieces))))
    return "\n".join(lines) + "\n"


def as_json(changes: Sequence[TextChange], former: FormerText, number: int) -> str:
    """Return the changes, with all words, as JSON."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "number": number,
        "since": {
            "commit": former.commit,
            "date": former.date.isoformat() if former.date else None,
            "reason": escape_surrogates(former.reason),
            "path": escape_surrogates(former.proposal.path),
        },
        "changes": [
            {
                "section": change.section or None,
                "line": change.line,
                "removed_words": change.counts[0],
                "added_words": change.counts[1],
                "pieces": [
                    {"kind": piece.kind, "text": escape_surrogates(piece.text)}
                    for piece in change.pieces
                ],
            }
            for change in changes
        ],
    }
    return dump_json(document)


def _summary(changes: Sequence[TextChange], former: FormerText, label: str) -> str:
    day = f" of {former.date}" if former.date else ""
    since = f"{safe(former.reason)}{day} ({former.commit[:10]})"
    if not changes:
        return f"{label}: the text has not changed since {since}"
    counts = [change.counts for change in changes]
    removed, added = (sum(column) for column in zip(*counts, strict=True))
    words = f"{plural(removed, 'word')} removed, {plural(added, 'word')} added"
    return f"{label}: {words} since {since}"

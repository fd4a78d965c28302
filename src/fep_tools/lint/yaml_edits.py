"""Keep fixes from breaking headers in YAML.

Rules write values as if they were plain text. In YAML, ``Views: typed`` needs quotation marks, and
``7 #8`` is 7. So each fix is tried, and it is offered only if the headers are YAML afterwards, what
it writes is read as it was written, and the other headers are as before.
"""

from __future__ import annotations

from collections import Counter

from ..diagnostics import apply_edits, Edit
from ..process.model import Process
from ..proposals.header_field import Field
from ..proposals.model import Proposal
from ..proposals.preamble import Preamble

MAX_CHARACTERS = 1_000_000
"""How many characters of headers are parsed again for the fixes of one file.

A description of 80 kB with a mistake in each word would be parsed 20,000 times.
"""


class YamlEdits:
    """The fixes of files that keep their headers."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._parsed: Counter[str] = Counter()

    def valid(self, edits: tuple[Edit, ...], proposal: Proposal) -> tuple[Edit, ...]:
        """Return *edits*, or none if they would break the headers of *proposal*.

        After :data:`MAX_CHARACTERS` there are none; when the others are applied, these are tried.
        """
        last_line = proposal.preamble.last_line
        is_header = any(edit.span.line <= last_line for edit in edits)
        if self._process.dialect != "yaml" or not is_header:
            return edits
        self._parsed[proposal.path] += sum(map(len, proposal.lines[:last_line]))
        is_tried = self._parsed[proposal.path] <= MAX_CHARACTERS
        return _valid_edits(edits, proposal) if is_tried else ()


def _valid_edits(edits: tuple[Edit, ...], proposal: Proposal) -> tuple[Edit, ...]:
    before = proposal.preamble
    after = Preamble.parse(apply_edits(proposal.text, edits), "yaml")
    if before.problem or after.problem:
        return ()
    changed = {f.name for edit in edits for f in before.fields if _touches(edit, f)}
    kept = {field.name: field.value for field in after.fields}
    if any(f.name not in changed and kept.get(f.name) != f.value for f in before.fields):
        return ()
    inside = [(edit, field) for edit in edits for field in before.fields if _is_inside(edit, field)]
    if any(f.is_decoded or not _is_read(edit, kept.get(f.name, "")) for edit, f in inside):
        return ()
    return edits


def _touches(edit: Edit, field: Field) -> bool:
    return edit.span.line <= field.last_line and edit.span.end_line >= field.first_line


def _is_inside(edit: Edit, field: Field) -> bool:
    """Return whether an edit changes a part of the value of a header."""
    start, end = (edit.span.line, edit.span.column), (edit.span.end_line, edit.span.end_column)
    source = field.source
    return (
        source is not None
        and (source.line, source.column) <= start
        and end <= (source.end_line, source.end_column)
    )


def _is_read(edit: Edit, value: str) -> bool:
    return all(line.strip() in value for line in edit.text.split("\n"))

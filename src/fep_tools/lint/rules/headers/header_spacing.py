from collections.abc import Iterator

from ...._text import safe
from ....diagnostics import Edit, Finding, Severity, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.preamble import Field
from ...rule import rule

NO_BLANK = "no blank after its colon; write one"
WIDE = "more than one blank after its colon; write one"
BEFORE = "a blank before its colon; remove it"
TRAILING = "blanks at the end of its line; remove them"
DEEP = "a line that is indented deeper than its value; align the two"
TAB = "a line that is indented with a tab; write blanks"


@rule("H008", severity=Severity.WARNING, fixable=True)
def header_spacing(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A header is not written as ``Name: value``.

    One blank after the colon, none elsewhere, and lines that go on indented no deeper than
    what they continue: then a search for ``Status: Draft`` finds every draft.

    Bad::

        FEP: 7
        Title:Typed views
        Author : Ada Lovelace

    Good::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace
    """
    faults: dict[str, list[tuple[Field, Edit]]] = {}
    last = proposal.preamble.last_line
    lines = [line.rstrip("\r") for line in proposal.text.split("\n", last)[:last]]
    for field in proposal.preamble.fields:
        for what, edit in _faults(field, lines):
            faults.setdefault(what, []).append((field, edit))
    for what, found in faults.items():
        field, first = found[0]
        others = f" (so have {len(found) - 1} more lines)" if len(found) > 1 else ""
        has, _, advice = what.partition("; ")
        message = f"'{safe(field.name)}' has {has}{others}; {advice}"
        yield Finding(first.span, message, edits=tuple(edit for _field, edit in found))


def _faults(field: Field, lines: list[str]) -> Iterator[tuple[str, Edit]]:
    yield from _colon(field, lines[field.first_line - 1])
    for part in field.lines:
        line = lines[part.number - 1]
        if line[-1:] in {" ", "\t"}:
            start = len(line.rstrip(" \t")) + 1
            span = Span(part.number, start, part.number, len(line) + 1)
            yield TRAILING, Edit(span, "")
    value = field.column + len(field.name) + 1
    for part in field.lines[1:]:
        span = Span(part.number, 1, part.number, part.column)
        if "\t" in lines[part.number - 1][: part.column - 1]:
            yield TAB, Edit(span, " " * 4)
        elif part.column > value + 1:
            yield DEEP, Edit(span, " " * value)


def _colon(field: Field, line: str) -> Iterator[tuple[str, Edit]]:
    """What is wrong between a header's name and its value."""
    part = field.lines[0]
    start = field.column + len(field.name)
    gap = line[start - 1 : part.column - 1] if part.text else line[start - 1 :].rstrip()
    wanted = ": " if part.text else ":"
    if gap != wanted:
        before, _, after = gap.partition(":")
        what = BEFORE if before else WIDE if after else NO_BLANK
        yield what, Edit(Span(part.number, start, part.number, start + len(gap)), wanted)

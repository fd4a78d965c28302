from collections.abc import Iterator, Sequence

from ...._text import first_lines
from ....process.dialects import FORMS, HeaderForm
from ....proposals.header_field import Field
from .._api import Edit, Finding, Findings, Process, Proposal, rule, safe, Severity, Span

BEFORE_COLON = "white space before its colon", "remove it"
AFTER_COLON = "a tab or several spaces after its colon", "use one space"
NO_SPACE = "no space after its colon", "add one"
TRAILING = "white space at the end of its line", "remove it"
TAB = "a continuation line that is indented with a tab", "use spaces"
BLANK = "a continuation line that is indented with something other than spaces", "use spaces"
DEEP = "a continuation line that is indented deeper than its value", "align the two"

_Fault = tuple[str, str]
"""What a header has, and what to do about it."""


@rule("H008", severity=Severity.WARNING, fixable=True, affects_page=False)
def header_spacing(proposal: Proposal, process: Process) -> Findings:
    """Header is not written as ``Name: value``.

    There is no space before the colon, one space after it and none at the end of the line.
    Continuation lines are indented with spaces, no deeper than the value. With uniform
    spacing, a search for ``Status: Draft`` finds every draft. In a block of code, values may be
    aligned.

    Bad::

        FEP: 7
        Title: Typed views
        Author : Ada Lovelace
        Status:Draft

    Good::

        Author: Ada Lovelace
        Status: Draft
    """
    if process.dialect == "yaml":
        return  # it has a syntax of its own, and quotation marks before values
    lines = first_lines(proposal.text, proposal.preamble.last_line)
    is_aligned = process.dialect == "code-block" and _are_aligned(proposal.preamble.fields)
    for field in () if is_aligned else proposal.preamble.fields:
        for (description, advice), edit in _find_faults(field, lines, FORMS[process.dialect]):
            message = f"'{safe(field.name)}' has {description}; {advice}"
            yield Finding(edit.span, message, edits=(edit,))


def _find_faults(field: Field, lines: list[str], form: HeaderForm) -> Iterator[tuple[_Fault, Edit]]:
    colon = field.colon.strip() if "**" in field.colon else form.colon
    yield from _check_colon(field, lines[field.first_line - 1], colon)
    for part in field.lines:
        line = lines[part.number - 1]
        if line[-1:].isspace():
            start = len(line.rstrip()) + 1
            span = Span(part.number, start, part.number, len(line) + 1)
            yield TRAILING, Edit(span, "")
    # The value of "Author: Ada" starts after name, colon and space; its continuation lines may
    # be indented as far as that.
    indent = field.column + len(field.name) + 1
    for part in field.lines[1:] if form.indent else ():
        span = Span(part.number, 1, part.number, part.column)
        indentation = lines[part.number - 1][: part.column - 1]
        if indentation.strip(" "):
            line = lines[field.first_line - 1]
            margin = len(line) - len(line.lstrip())
            yield TAB if "\t" in indentation else BLANK, Edit(span, " " * (margin + 4))
        elif part.column > indent + 1:
            yield DEEP, Edit(span, " " * indent)


def _are_aligned(fields: Sequence[Field]) -> bool:
    """Return whether all values begin in one column, as in a table, and are on one line each."""
    columns = {field.lines[0].column for field in fields if field.value}
    return len(columns) == 1 and all(len(field.lines) == 1 for field in fields)


def _check_colon(field: Field, line: str, colon: str) -> Iterator[tuple[_Fault, Edit]]:
    """Yield the fault between the name of a header and its value, such as ``" :"`` or ``":"``."""
    part = field.lines[0]
    start = field.column + len(field.name)
    gap = line[start - 1 : part.column - 1] if part.text else line[start - 1 :].rstrip()
    expected = f"{colon} " if part.text else colon
    if gap != expected:
        before, _, after = gap.partition(colon)
        fault = BEFORE_COLON if before else AFTER_COLON if after else NO_SPACE
        yield fault, Edit(Span(part.number, start, part.number, start + len(gap)), expected)

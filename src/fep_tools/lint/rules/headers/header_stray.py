from collections.abc import Iterator

from ....proposals.header_field import Line
from ....proposals.preamble import MAX_LINES
from .._api import Finding, Findings, Process, Proposal, quote, rule, safe, Span
from .._lines import line_span
from ._helpers import has_headers


@rule("H001")
def header_stray(proposal: Proposal, process: Process) -> Findings:
    """Line does not belong to any header.

    A header that continues on the next line indents that line. A line that is neither a
    header nor indented is lost, because some readers stop there and others skip it. Indent
    the line, or remove it.

    Bad::

        Upstream: https://github.com/example/project/pull/1
        https://github.com/example/project/pull/2

    Good::

        Upstream: https://github.com/example/project/pull/1
            https://github.com/example/project/pull/2
    """
    if not has_headers(proposal, process):
        return
    for block in _group_consecutive(proposal.preamble.stray_lines):
        first, last = block[0], block[-1]
        span = Span(first.number, first.column, last.number, last.column + len(last.text))
        message = f"{quote(first.text)} does not belong to a header; "
        yield Finding(span, message + _advice(first, proposal, process))
    end = proposal.preamble.last_line
    if end >= MAX_LINES and proposal.lines[end : end + 1] and proposal.lines[end].strip():
        message = f"the headers have more than {MAX_LINES} lines, and the others are not read"
        yield Finding(line_span(proposal, end + 1), f"{message}; shorten them")


def _advice(line: Line, proposal: Proposal, process: Process) -> str:
    # "Status Draft" is a header without its colon.
    name, _, value = line.text.partition(" ")
    if name in process.header_order:
        return f"write {safe(f'{name}: {value}')}"
    if line.text == "---" and line.number == proposal.preamble.first_line:
        return "remove it, or write another --- after the last header"
    if line.text == "---":
        return "remove it"
    before = [f for f in proposal.preamble.fields if f.last_line < line.number]
    return f"indent it to continue '{before[-1].name}', or remove it" if before else "remove it"


def _group_consecutive(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Yield blocks of lines that follow each other."""
    block: list[Line] = []
    for line in lines:
        if block and line.number != block[-1].number + 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block

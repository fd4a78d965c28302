from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.preamble import Line
from ...rule import rule
from ._helpers import headed


@rule("H001")
def header_stray(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A line among the headers belongs to none.

    A header that goes on in the next line indents it. A line that is neither a header nor
    indented ends the headers for some readers and is lost for others.

    Bad::

        FEP: 7
        Title: Typed views
        Upstream: https://github.com/pallets/flask/pull/1
        https://github.com/pallets/flask/pull/2

    Good::

        FEP: 7
        Title: Typed views
        Upstream: https://github.com/pallets/flask/pull/1
            https://github.com/pallets/flask/pull/2
    """
    if not headed(proposal, process):
        return
    for block in _blocks(proposal.preamble.stray_lines):
        first, last = block[0], block[-1]
        end = last.column + len(last.text)
        before = [f for f in proposal.preamble.fields if f.last_line < first.number]
        indent = f"indent it to continue '{before[-1].name}', or " if before else ""
        name, _, value = first.text.partition(" ")
        write = f"write {name}: {value}" if name in process.header_order else f"{indent}remove it"
        yield Finding(
            Span(first.number, first.column, last.number, end),
            f"{quote(first.text)} belongs to no header; {write}",
        )


def _blocks(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Lines that follow each other, together."""
    block: list[Line] = []
    for line in lines:
        if block and line.number != block[-1].number + 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block

import re
from datetime import date

from ....process.schema import Dialect
from ....proposals.preamble import MAX_LINES as MAX_PREAMBLE
from ....proposals.text_headers import find_front_matter
from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, safe, Span
from .._headers import format_example, format_header, free_number
from .._lines import line_span
from ._helpers import has_headers

MAX_LINES = 30
"""Lines at the top of the file in which misplaced headers are looked for."""

# "Type : A", ":Type: A", ".. type:: A" and "**Type:** A"
_LIKE_HEADER = re.compile(
    r"(?:\.\. |:|\*\*)?(?P<name>[^:*]+?)\s*(?:\*\*:|:\*\*|::?)\s*(?P<value>.*?)\s*"
)

_PLACES: dict[Dialect, str] = {
    "rfc2822": "on the first line",
    "yaml": "on the second line, between two lines of ---",
    "code-block": "in a block of code, at the top or under the title",
}
"""Where the first header is, if it is not under the title."""


@rule("H000", blocking=True)
def header_absent(proposal: Proposal, process: Process, corpus: Corpus, today: date) -> Findings:
    """Proposal has no headers.

    The headers hold the number, the title, the status and everything else that is known about
    a proposal. Without them, the proposal is in no index and no other rule can check it.
    Write them at the top of the file; some communities write them under the title.

    Bad::

        Typed views
        ===========

        Views should have types.

    Good::

        FEP: 7
        Title: Typed views
    """
    if not has_headers(proposal, process):
        misplaced = next(_find_misplaced(proposal, process), None)
        yield misplaced or _describe_first_header(proposal, process, corpus, today)


def _find_misplaced(proposal: Proposal, process: Process) -> Findings:
    """Yield lines that look like headers, in the dialect of another community or too far down.

    ``:FEP: 7`` and ``Type : A`` look like headers, and so does ``FEP: 7`` below some text.
    """
    block = find_front_matter(proposal.lines) if process.dialect == "yaml" else None
    if block and block[1] > MAX_PREAMBLE:
        message = f"no headers found: they have more than {MAX_PREAMBLE} lines; shorten them"
        yield Finding(line_span(proposal, block[0] + 1), message)
    for number, text in enumerate(proposal.lines[:MAX_LINES], start=1):
        match = _LIKE_HEADER.fullmatch(text)
        if match and match["name"] in process.header_order:
            line = format_header(match["name"], match["value"], process)
            where = "at the top" if process.dialect == "rfc2822" else "under the title"
            advice = f"write it {where}" if text == line else f"write {safe(line)}"
            if process.dialect == "code-block":
                advice = "write the headers in a block of code, at the top or under the title"
            elif process.dialect == "yaml":
                advice = "write a line of --- above the headers, on line 1, and one below them"
            message = f"no headers found, but {quote(text)} looks like one; {advice}"
            yield Finding(line_span(proposal, number), message)


def _describe_first_header(
    proposal: Proposal, process: Process, corpus: Corpus, today: date
) -> Finding:
    first = process.headers[0]
    line = format_example(first, proposal, process, today)
    if first.role == "number" and proposal.number is None:
        line = format_header(first.name, str(free_number(corpus, process)), process)
    where = _PLACES.get(process.dialect, "under the title")
    return Finding(Span(1), f"no headers found; start with {line} {where}")

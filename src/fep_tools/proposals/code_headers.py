"""Find headers that are in a block of code.

Stellar's CAPs have them in a fenced block under a heading of its own::

    ## Preamble

    ```
    CAP: 0033
    Title: Sponsored Reserve
    ```

Perl's PPCs indent the block, XRPL's standards write ``<pre>`` and ``</pre>`` around it, and ZIPs,
which are in reStructuredText, write ``::`` above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .text_headers import find_below_title

# "```", "~~~~ yaml" and "<pre>". A fence ends at one of the same characters that is as long.
_OPENING = re.compile(r"(?P<fence>`{3,}|~{3,})\s*[\w-]*$|(?P<pre><pre>)$|(?P<literal>::)$")

MIN_INDENT = 4
"""How far a block of code without a mark is indented at least, in columns."""


class CodeLines(NamedTuple):
    """Where a block of code is: indices of lines.

    :param first: the line that opens it; its first one if there is none
    :param start: its first line
    :param end: the index after its last line
    :param last: the line that closes it; its last one if there is none
    :param indent: how far its first line is indented
    """

    first: int
    start: int
    end: int
    last: int
    indent: int


def find_code_block(lines: Sequence[str], header: re.Pattern[str]) -> CodeLines | None:
    """Return the first block of code, if nothing but titles are above it.

    :param header: matches a header, with which the block must begin
    """

    def parse(index: int) -> CodeLines | None:
        block = _block_at(lines, index)
        has_header = block and header.match(lines[block.start].lstrip())
        return block if has_header else None

    index = find_below_title(lines, lambda index: parse(index) is not None)
    return None if index is None else parse(index)


def _block_at(lines: Sequence[str], index: int) -> CodeLines | None:
    """Return the block of code that begins at *index*."""
    opening = _OPENING.match(lines[index].rstrip())
    first = index + 1 if opening else index
    start = next((n for n in range(first, len(lines)) if lines[n].strip()), None)
    if start is None:
        return None
    indent = len(lines[start]) - len(lines[start].lstrip())
    if opening and not opening["literal"]:
        closing = "</pre>" if opening["pre"] else opening["fence"]
        end = next((n for n in range(start, len(lines)) if lines[n].startswith(closing)), start)
        return CodeLines(index, start, end, end, indent) if end > start else None
    if indent < (1 if opening else MIN_INDENT):
        return None
    stop = next((n for n in range(start, len(lines)) if lines[n][:1].strip()), len(lines))
    end = next(n for n in range(stop, start, -1) if lines[n - 1].strip())
    return CodeLines(index, start, end, end - 1, indent)

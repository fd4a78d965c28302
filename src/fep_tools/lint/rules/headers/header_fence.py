from .._api import Edit, Finding, Findings, Process, Proposal, rule, Span


@rule("H134", fixable=True, affects_page=False)
def header_fence(proposal: Proposal, process: Process) -> Findings:
    """Headers are between two lines of dashes.

    That is how other tools mark headers. Programs that read the headers of this community expect
    the first one at the top of the file. Remove both lines.

    Bad::

        ---
        PEP: 7
        Title: Style Guide for C Code
        ---

        The text.

    Good::

        PEP: 7
        Title: Style Guide for C Code

        The text.
    """
    preamble, lines = proposal.preamble, proposal.lines
    first, last = preamble.first_line, preamble.last_line
    fences = [n for n in range(first, last + 1) if first and lines[n - 1].rstrip() == "---"]
    if process.header_fence or fences[:1] != [first]:
        return
    # Several lines of dashes, one below the other, are one fence.
    above = [n for count, n in enumerate(fences) if n == first + count]
    below = [n for count, n in enumerate(reversed(fences)) if n == last - count and n not in above]
    edits = [Edit(Span(first, 1, above[-1] + 1, 1), "")]
    if below and last < len(lines):
        edits.append(Edit(Span(below[-1], 1, last + 1, 1), ""))
    message = 'the headers are between two lines of "---"; remove both'
    yield Finding(Span(first, 1, first, 4), message, edits=tuple(edits))

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
    if process.header_fence or not first or lines[first - 1].rstrip() != "---":
        return
    edits = [Edit(Span(first, 1, first + 1, 1), "")]
    if last > first and lines[last - 1].rstrip() == "---" and last < len(lines):
        edits.append(Edit(Span(last, 1, last + 1, 1), ""))
    message = 'the headers are between two lines of "---"; remove both'
    yield Finding(Span(first, 1, first, 4), message, edits=tuple(edits))

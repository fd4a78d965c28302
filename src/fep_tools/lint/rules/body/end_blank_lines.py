from .._api import Edit, Finding, Findings, plural, Proposal, rule, Severity, Span


@rule("B073", severity=Severity.STYLE, fixable=True, markdown="fixed")
def end_blank_lines(proposal: Proposal) -> Findings:
    r"""File ends with blank lines.

    They have no meaning, and the next change of the end removes or moves them. End the file with
    the line end of its last line of text.

    Bad::

        A view returns its type.
        \u0020
        \u0020

    Good::

        A view returns its type.
    """
    lines = proposal.lines
    last = max((number for number, line in enumerate(lines, start=1) if line.strip()), default=0)
    # A text that ends with a line end has one empty string after it.
    blank = len(lines) - last - (not lines[-1])
    if not last or blank <= 0:
        return
    span = Span(last + 1, 1, len(lines), len(lines[-1]) + 1)
    verb = "is" if blank == 1 else "are"
    message = f"{plural(blank, 'blank line')} {verb} at the end of the file; remove them"
    yield Finding(Span(last + 1), message, edits=(Edit(span, ""),))

from .._api import Edit, Finding, Findings, Proposal, rule, Severity, Span
from .._lines import body_lines


@rule("C017", severity=Severity.STYLE, fixable=True)
def trailing_blanks(proposal: Proposal) -> Findings:
    r"""Line ends with white space.

    It is invisible and has no meaning, and editors that remove it add noise to the diff.
    Remove it: spaces, tabs, form feeds and every other white space of Unicode. White space
    after headers is reported by ``header-spacing``.

    Bad::

        FEP: 7
        Title: Typed views

        A view returns its type.\u0020\u0020

    Good::

        FEP: 7
        Title: Typed views

        A view returns its type.
    """
    if proposal.refusal is not None:
        return
    for number, line in body_lines(proposal):
        # In Markdown, two spaces are a line break.
        is_break = proposal.is_markdown and line.endswith("  ") and line.strip()
        if line[-1:].isspace() and not is_break:
            span = Span(number, len(line.rstrip()) + 1, number, len(line) + 1)
            message = "the line ends with white space; remove it"
            # After a backslash the line end would be taken for the escaped character, and the
            # last word would be joined to the next one.
            is_escaped = line.rstrip().endswith("\\")
            yield Finding(span, message, edits=() if is_escaped else (Edit(span, ""),))

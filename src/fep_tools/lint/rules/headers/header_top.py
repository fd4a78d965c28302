from ....proposals.preamble import BYTE_ORDER_MARK
from .._api import Edit, Finding, Findings, plural, Process, Proposal, rule, Span
from ._helpers import has_headers


@rule("H009", fixable=True)
def header_top(proposal: Proposal, process: Process) -> Findings:
    r"""Headers do not start at the first character of the file.

    Other programs expect the first header at the very beginning of the file. Some find no
    headers at all after a blank line, or after the invisible byte order mark that some
    editors write. Remove what comes before the first header.

    Bad::

        \ufeffFEP: 7
        Title: Typed views

    Good::

        FEP: 7
        Title: Typed views
    """
    if not has_headers(proposal, process):
        return
    blank = proposal.preamble.first_line - 1 if process.dialect in ("rfc2822", "yaml") else 0
    if blank:
        message = f"{plural(blank, 'blank line')} before the first header; start with the header"
        yield Finding(Span(1), message, edits=(Edit(Span(1, 1, blank + 1, 1), ""),))
    elif proposal.text.startswith(BYTE_ORDER_MARK):
        mark = Span(1, 1, 1, 2)
        message = "the file starts with a byte order mark; save it as UTF-8 without one"
        yield Finding(mark, message, edits=(Edit(mark, ""),))

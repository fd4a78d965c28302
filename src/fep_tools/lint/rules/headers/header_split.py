from .._api import Edit, Finding, Findings, Proposal, rule, Span


@rule("H010", fixable=True)
def header_split(proposal: Proposal) -> Findings:
    """Blank line separates the headers.

    The headers end at the first blank line. Everything below it is text, even if it looks
    like a header, so those headers are lost. Remove the blank line.

    Bad::

        FEP: 7
        Title: Typed views

        Status: Draft

    Good::

        Status: Draft
    """
    if detached := proposal.detached_fields:
        name, first, last = detached[0].name, proposal.preamble.last_line, detached[0].first_line
        if last == first + 1:  # directly below the "---" that ends the block
            message = f"the headers end at this ---, but '{name}' follows; move it up"
            yield Finding(Span(first), message)
            return
        message = f"the headers end at this blank line, but '{name}' follows; remove it"
        edit = Edit(Span(first + 1, 1, last, 1), "")
        yield Finding(Span(first + 1), message, edits=(edit,))

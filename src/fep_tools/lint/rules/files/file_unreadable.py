from .._api import Finding, Findings, Proposal, rule


@rule("C001", blocking=True, affects_page=True)
def file_unreadable(proposal: Proposal) -> Findings:
    r"""File cannot be read.

    A proposal is a regular file of limited size, in UTF-8, without control characters that
    could affect a terminal; it is neither XML nor HTML. No other rule reports on files that fail
    these tests, and their text is shown only as far as it can be decoded. All other proposals are
    still checked.

    Bad::

        FEP: 7
        Title: Typed\u0008 views

    Good::

        FEP: 7
        Title: Typed views
    """
    if refusal := proposal.refusal:
        yield Finding(refusal.span, f"the file {refusal.message}", refusal.help)

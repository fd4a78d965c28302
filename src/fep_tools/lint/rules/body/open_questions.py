from ....proposals.sections import find_open_sections, is_accepted
from .._api import Finding, Findings, Process, Proposal, rule, Severity


@rule("B085", severity=Severity.WARNING, affects_page=False)
def open_questions(proposal: Proposal, process: Process) -> Findings:
    """Decided proposal has open questions.

    Readers of a proposal that was accepted cannot tell whether its questions were answered.
    Answer them in the text, move what was put off to another section, or write that none are
    left. ``open_sections`` in the process file names the sections for such questions.

    Bad::

        Status: Active

        Open Issues
        ===========

        Which version of Python should be required?

    Good::

        Status: Active

        Open Issues
        ===========

        None.
    """
    if not is_accepted(proposal.status, process):
        return
    for heading in find_open_sections(proposal, process):
        message = (
            f"the proposal is {proposal.status}, and '{heading.title}' still has text; "
            "answer the questions, or write that none are left"
        )
        yield Finding(heading.location.span, message)

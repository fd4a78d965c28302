import re

from .._api import Finding, Findings, Process, Proposal, quote, rule, Span
from ._helpers import suggest_path


@rule("C004")
def file_name(proposal: Proposal, process: Process) -> Findings:
    """File name does not match the pattern for proposals.

    URLs and links are made from the file name, and readers see the number before they open
    the file. Rename the file. If it is not a proposal, move it to another directory.

    Bad::

        # proposals/typed-views.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    is_standard_input = proposal.path.startswith("<")
    if is_standard_input or proposal.path_fields is not None or proposal.refusal is not None:
        return
    number, example = proposal.number, ""
    # Without a header, a number in the name will do: 7 in "draft/7-views.md", but not a year
    # with more digits around it, such as in "20250303-views.rst".
    if number is None and (digits := re.search(r"(?<![0-9])[0-9]{1,4}(?![0-9])", proposal.path)):
        number = int(digits[0])
    if number is None:
        number, example = process.first_number, "for example "
    path = suggest_path(proposal.path, number, process)
    message = f"the file is named {quote(proposal.path)}; rename it to {example}{quote(path)}"
    yield Finding(Span(), message)

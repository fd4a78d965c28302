from .._api import Finding, Findings, Process, Proposal, quote, rule
from ._helpers import suggest_path


@rule("C005")
def number_file(proposal: Proposal, process: Process) -> Findings:
    """Number differs from the number in the file name.

    Often the file was copied from another proposal. A link by number could lead to either of
    the two. Correct the header, or rename the file.

    Bad::

        # proposals/fep-0007.rst
        FEP: 12
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    field, number = proposal.field("number"), proposal.value("number")
    in_path = proposal.path_fields
    if field is None or number is None or in_path is None or int(in_path["number"]) == number:
        return
    path = quote(suggest_path(proposal.path, number, process))
    what = f"'{field.name}' is {number}, but the file name says {in_path['number']}"
    message = f"{what}; write {int(in_path['number'])}, or rename the file to {path}"
    yield Finding(field.span(), message)

from .._api import Corpus, Finding, Findings, Process, Proposal, rule
from .._relations import is_dead, related_header, resolve_references


@rule("L008")
def requires_dead(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Required proposal was rejected, withdrawn or superseded.

    The proposal depends on something that will not happen. Require the successor, or include
    what you need from the other proposal. Settled proposals are not checked, because what
    they required existed when they were decided.

    Bad::

        # proposals/fep-0005.rst
        Status: Rejected

        # proposals/fep-0007.rst
        Status: Draft
        Requires: 5

    Good::

        # proposals/fep-0005.rst
        Status: Final

        # proposals/fep-0007.rst
        Status: Draft
        Requires: 5
    """
    status = process.status(proposal.status)
    if status is None or status.settled:
        return
    for other, span in resolve_references(proposal, "requires", corpus, process):
        if is_dead(other, process):
            what = f"{process.label(other.number)}, which is {other.status}"
            message = f"'{process.header_name('requires')}' names {what}; {_advice(other, process)}"
            yield Finding(span, message, related=(related_header(other, "status", "its status"),))


def _advice(other: Proposal, process: Process) -> str:
    successors = [process.label(number) for number in other.numbers("superseded_by")]
    if successors:
        return f"require {successors[-1]} instead"
    return "remove it, and describe here what you need from it"

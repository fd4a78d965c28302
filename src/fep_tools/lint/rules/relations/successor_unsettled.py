from .._api import Corpus, Finding, Findings, Process, Proposal, rule
from .._relations import is_dead, related_header, resolve_references, superseded_statuses


@rule("L006")
def successor_unsettled(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Successor is a draft, or was rejected or withdrawn.

    A proposal that was not accepted does not replace another one. Until it is, only the draft
    should name the proposal that it would replace, and the older one remains valid. Remove
    the number for now.

    Bad::

        # proposals/fep-0005.rst
        Status: Superseded
        Superseded-By: 7

        # proposals/fep-0007.rst
        Status: Draft

    Good::

        # proposals/fep-0005.rst
        Status: Superseded
        Superseded-By: 7

        # proposals/fep-0007.rst
        Status: Final
    """
    superseded = superseded_statuses(process)
    for other, span in resolve_references(proposal, "superseded_by", corpus, process):
        is_draft = other.status == process.initial_status.name
        if is_draft or (is_dead(other, process) and other.status not in superseded):
            message = (
                f"'{process.header_name('superseded_by')}' names {process.label(other.number)}, "
                f"which is {other.status}; remove it until that proposal is accepted"
            )
            related = related_header(other, "status", "or change its status")
            yield Finding(span, message, related=(related,))

from ....proposals.inventory import find_object, ROLES
from ....proposals.model import build_vocabulary
from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, Severity
from ._helpers import get_body


@rule("B079", severity=Severity.WARNING)
def object_missing(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """No inventory has the object that is linked.

    The page shows the name as code, without a link. The names are those in the inventories of
    other projects that the process names: correct the name, fetch the inventory again, or write a
    literal. Without inventories, and for a role that the process shows as code, there is nothing
    to look up.

    Bad::

        # fep/process.toml
        [[inventory]]
        name = "python"
        url = "https://docs.python.org/3/"
        file = "fep/inventories/python.inv"

        # proposals/fep-0007.rst
        A view is opened by :py:func:`opne`.

    Good::

        # proposals/fep-0007.rst
        A view is opened by ``open()``.
    """
    vocabulary = build_vocabulary(process)
    for link in get_body(proposal).links:
        if link.role not in ROLES or link.role not in vocabulary.objects:
            continue
        if vocabulary.is_literal(link.role):
            continue
        if find_object(link.role, link.target, process, corpus.attachments) is None:
            message = f"no inventory has {quote(link.target)} for the role {quote(link.role)}"
            yield Finding(link.location.span, message)

from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, Severity
from ._helpers import get_body, role_edits
from ._links import find_numbers, Reference


@rule("B024", severity=Severity.STYLE, fixable=True, affects_page=False, markdown="off")
def literal_proposal(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Proposal is mentioned as a literal.

    Literals are for code, and are not links. Use a role, so that readers can follow the
    reference.

    Bad::

        # proposals/fep-0007.rst
        This continues ``FEP 12``.

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests

    Good::

        # proposals/fep-0007.rst
        This continues :fep:`12`.

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests
    """
    for literal in get_body(proposal).literals if process.reference_role else ():
        (target,) = find_numbers(literal.name, process.acronym)
        if corpus.get(target) and target != proposal.number:
            role = Reference(process.acronym.lower(), target).format()
            edits = role_edits(proposal, literal.location, role)
            message = f"{quote(literal.name)} is a literal; write {role}"
            yield Finding(literal.location.span, message, edits=edits)

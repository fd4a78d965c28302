from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, Severity
from ._helpers import get_body, role_edits
from ._links import find_numbers, Reference, target_number


@rule("B025", severity=Severity.STYLE, fixable=True, affects_page=False, markdown="off")
def mention_unlinked(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """First mention of a proposal is not a link.

    Readers want to look the proposal up where it is first mentioned. Use a role there; later
    mentions may be plain text.

    Bad::

        # proposals/fep-0007.rst
        This continues FEP 12.

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
    role = process.acronym.lower()
    body = get_body(proposal)
    # The first link to each proposal: reversed, so that an earlier one replaces a later one.
    own_links = [link for link in reversed(body.links) if link.role == role]
    linked = {target_number(link): link.location for link in own_links}
    for mention in body.mentions if process.reference_role else ():
        (target,) = find_numbers(mention.name, process.acronym)
        if target == proposal.number or corpus.get(target) is None:
            continue
        if target not in linked or mention.location < linked[target]:
            linked[target] = mention.location
            link = Reference(role, target).format()
            edits = role_edits(proposal, mention.location, link)
            message = f"{quote(mention.name)} is mentioned here first; write {link}"
            yield Finding(mention.location.span, message, edits=edits)

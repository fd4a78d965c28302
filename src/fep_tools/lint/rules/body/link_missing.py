import re

from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule
from ._helpers import get_body
from ._links import target_number


@rule("B021")
def link_missing(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Linked proposal does not exist.

    Readers who follow the link get an error page. Often two digits are swapped, or the other
    proposal is not merged yet. Correct the number.

    Bad::

        See :fep:`99` for the types.

    Good::

        See :fep:`7` for the types.
    """
    # The URL of an external role has a number in it, as in "pep-{0:04}", or any text.
    numbered = {role.name for role in process.roles if "{0:" in role.url + role.text}
    for link in get_body(proposal).links:
        if link.role in numbered and not re.fullmatch("[0-9]{1,9}", link.target):
            message = f"{quote(link.target)} is not a number; write it like :{link.role}:`1`"
            yield Finding(link.location.span, message)
        if link.role != process.acronym.lower():
            continue
        target = target_number(link)
        if target is None:
            example = f":{link.role}:`{process.first_number}`"
            message = f"{quote(link.target)} is not a number; write it like {example}"
            yield Finding(link.location.span, message)
        elif corpus.get(target) is None and target != process.index_number:
            label = process.label(target)
            message = f"the link leads to {label}, which does not exist; correct the number"
            yield Finding(link.location.span, message)

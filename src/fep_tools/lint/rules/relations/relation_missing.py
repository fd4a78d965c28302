from ....proposals.relations import locate_references, RELATIONS
from .._api import Corpus, Finding, Findings, Process, Proposal, rule


@rule("L001")
def relation_missing(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Referenced proposal does not exist.

    Readers who follow the number find nothing. Often two digits are swapped, or the other
    proposal is not merged yet. Correct the number, or remove it.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Requires: 21

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Requires: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests
    """
    for role in RELATIONS:
        for number, span in locate_references(proposal, role, process):
            if corpus.get(number) is None:
                meant = _find_swapped(number, corpus)
                advice = "correct or remove it"
                if meant is not None:
                    advice = f"did you mean {process.label(meant)}?"
                missing = f"{process.label(number)}, which does not exist"
                yield Finding(span, f"'{process.header_name(role)}' names {missing}; {advice}")


def _find_swapped(number: int, corpus: Corpus) -> int | None:
    """Return an existing number with the same digits in another order: 13 for 31."""
    digits = sorted(str(number))
    return next((other for other in corpus.by_number if sorted(str(other)) == digits), None)

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
                # Two digits may be swapped: 13 for 31.
                meant = corpus.numbers_by_digits.get("".join(sorted(str(number))))
                advice = "correct or remove it"
                if meant is not None:
                    advice = f"did you mean {process.label(meant)}?"
                missing = f"{process.label(number)}, which does not exist"
                yield Finding(span, f"'{process.header_name(role)}' names {missing}; {advice}")

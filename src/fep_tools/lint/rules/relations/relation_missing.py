from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import named, RELATIONS


@rule("L001")
def relation_missing(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A header names a proposal that does not exist.

    Readers follow the number, and find nothing there. Often two digits changed places, or
    the other proposal is not merged yet.

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
        for number, span in named(proposal, role):
            if corpus.get(number) is None:
                meant = _meant(number, corpus)
                hint = f"; did you mean {process.label(meant)}?" if meant is not None else ""
                missing = f"{process.label(number)}, which does not exist"
                yield Finding(span, f"'{process.header_name(role)}' names {missing}{hint}")


def _meant(number: int, corpus: Corpus) -> int | None:
    """The proposal whose number has the same digits in another order."""
    digits = sorted(str(number))
    return next((known for known in corpus.by_number if sorted(str(known)) == digits), None)

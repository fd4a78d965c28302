from collections import defaultdict
from collections.abc import Iterator

from ....diagnostics import Finding, Related, Span
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ..relations._helpers import status_of
from ._helpers import folded


@rule("C003")
def number_taken(corpus: Corpus, process: Process) -> Iterator[Finding]:
    """Two proposals have the same number.

    The number is how everybody refers to a proposal, for good. A settled proposal keeps it;
    of two others, the one that comes first by path.

    Bad::

        # proposals/fep-0007-types.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0007.rst
        FEP: 7
        Title: Nested blueprints

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0008.rst
        FEP: 8
        Title: Nested blueprints
    """
    for number, sharing in _by_number(corpus).items():
        first, *others = sorted(
            sharing, key=lambda p: (not _is_settled(p, process), p.path_fields is None)
        )
        for other in others:
            if folded(other.path) != folded(first.path):
                yield Finding(
                    _place(other),
                    f"the number {number} is taken; take another one",
                    f"the command fep next tells which {process.acronym} number is free",
                    related=(Related(first.path, _place(first), "taken here"),),
                    path=other.path,
                )


def _by_number(corpus: Corpus) -> dict[int, list[Proposal]]:
    """The proposals of each number; a number that the file's name denies is not counted."""
    found: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in corpus:
        number, named = proposal.number, proposal.path_fields
        if number is not None and (named is None or int(named["number"]) == number):
            found[number].append(proposal)
    return found


def _is_settled(proposal: Proposal, process: Process) -> bool:
    status = status_of(proposal, process)
    return status is not None and status.settled


def _place(proposal: Proposal) -> Span:
    field = proposal.field("number")
    return field.span() if field else Span()

import shlex
from collections import defaultdict

from .._api import Corpus, Finding, Findings, Process, Proposal, Related, rule
from .._headers import header_span
from ._helpers import fold_path, is_standard_input


@rule("C003")
def number_taken(corpus: Corpus, process: Process) -> Findings:
    """Two proposals have the same number.

    Other texts refer to a proposal by its number. A settled proposal keeps the number;
    otherwise the first one by path does. Give the other proposal a free number.

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
    for number, proposals in _group_by_number(corpus).items():
        owner, *others = sorted(
            proposals, key=lambda p: (not _is_settled(p, process), p.path_fields is None)
        )
        for other in others:
            # Two spellings of one path are reported by path-clash.
            if fold_path(other.path) != fold_path(owner.path):
                help_ = f"run: fep renumber {number} --path {shlex.quote(other.path)}"
                if is_standard_input(other.path):
                    help_ = f"if this is {owner.path} itself, add --stdin-filename {owner.path}"
                yield Finding(
                    header_span(other, "number"),
                    f"the number {number} is taken; give this one the next free number",
                    help_,
                    related=(Related(owner.path, header_span(owner, "number"), "taken here"),),
                    path=other.path,
                )


def _group_by_number(corpus: Corpus) -> dict[int, list[Proposal]]:
    """Return the proposals by number, without those that ``number-file`` reports."""
    groups: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in corpus:
        number, in_path = proposal.number, proposal.path_fields
        if number is not None and (in_path is None or int(in_path["number"]) == number):
            groups[number].append(proposal)
    return groups


def _is_settled(proposal: Proposal, process: Process) -> bool:
    status = process.status(proposal.status)
    return status is not None and status.settled

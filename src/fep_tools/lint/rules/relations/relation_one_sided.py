from collections import defaultdict

from ....process.schema import Role
from .._api import Corpus, Finding, Findings, join_words, Process, Proposal, rule
from .._relations import is_dead, related_header, resolve_references, superseded_statuses
from ._helpers import edits_to_add, is_final, nearest_span

_INVERSE_ROLES: tuple[tuple[Role, Role], ...] = (
    ("superseded_by", "replaces"),
    ("replaces", "superseded_by"),
)


@rule("L003", fixable=True)
def relation_one_sided(corpus: Corpus, process: Process) -> Findings:
    """Relation is recorded in only one of two proposals.

    Readers may start at either proposal. The old one must name its successor as soon as that
    is final, and the new one must name what it replaced. Add the number to the other
    proposal, or remove it here.

    Bad::

        # proposals/fep-0005.rst
        Status: Superseded
        Created: 2025-03-03
        Superseded-By: 7

        # proposals/fep-0007.rst
        Status: Final
        Created: 2025-03-03

    Good::

        # proposals/fep-0005.rst
        Status: Superseded
        Created: 2025-03-03
        Superseded-By: 7

        # proposals/fep-0007.rst
        Status: Final
        Created: 2025-03-03
        Replaces: 5
    """
    for role, inverse in _INVERSE_ROLES:
        if process.header_for(role) and process.header_for(inverse):
            for path, referrers in _find_incomplete(corpus, process, role, inverse).items():
                yield _finding(corpus.by_path[path], referrers, role, inverse, process)


def _find_incomplete(
    corpus: Corpus, process: Process, role: Role, inverse: Role
) -> dict[str, list[Proposal]]:
    """Return the proposals that lack a number in *inverse*.

    :return: their paths, each with the proposals whose header of *role* names them.
    """
    incomplete: dict[str, list[Proposal]] = defaultdict(list)
    for referrer in corpus:
        for other, _span in resolve_references(referrer, role, corpus, process):
            refers_back = referrer.number in other.numbers(inverse)
            if not refers_back and _must_refer_back(other, referrer, inverse, process):
                incomplete[other.path].append(referrer)
    return incomplete


def _must_refer_back(other: Proposal, referrer: Proposal, inverse: Role, process: Process) -> bool:
    # What a header with a mistake says is unknown.
    if inverse in other.mistakes or not other.preamble.fields or referrer.number is None:
        return False
    if inverse == "replaces":
        return True
    # A draft does not replace anything yet, and a rejected proposal needs no successor.
    failed = is_dead(other, process) and other.status not in superseded_statuses(process)
    return is_final(referrer, process) and not failed


def _finding(
    incomplete: Proposal, referrers: list[Proposal], role: Role, inverse: Role, process: Process
) -> Finding:
    numbers = [referrer.number for referrer in referrers if referrer.number is not None]
    labels = join_words((process.label(number) for number in numbers), "and")
    related = "if this is wrong, change it instead"
    return Finding(
        nearest_span(incomplete, inverse),
        f"'{process.header_name(inverse)}' does not name {labels}, whose "
        f"'{process.header_name(role)}' names this {process.acronym}; "
        f"add {join_words(map(str, numbers), 'and')}",
        edits=edits_to_add(incomplete, process, inverse, numbers),
        related=tuple(related_header(referrer, role, related) for referrer in referrers),
        path=incomplete.path,
    )

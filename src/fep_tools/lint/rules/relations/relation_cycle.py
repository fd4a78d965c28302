from collections.abc import Iterable, Iterator, Mapping

from ....process.schema import Role
from .._api import Corpus, Finding, Findings, join_words, Process, rule
from .._relations import related_header
from ._helpers import nearest_span


@rule("L004")
def relation_cycle(corpus: Corpus, process: Process) -> Findings:
    """Proposals require or supersede each other in a cycle.

    None of them could come first, so at least one of these headers is wrong. The cycle is
    reported once, at the proposal with the lowest number. Remove one of the references.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Requires: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests
        Requires: 7

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Requires: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests
    """
    roles: tuple[Role, ...] = ("requires", "superseded_by")
    for role in roles:
        graph = {
            number: set(proposal.numbers(role)) - {number}
            for number, proposal in corpus.by_number.items()
        }
        for cycle in _find_cycles(graph):
            first, *rest = [corpus.by_number[number] for number in cycle]
            through = join_words(map(process.label, cycle[1:]), "and")
            message = (
                f"'{process.header_name(role)}' leads through {through} back to this "
                f"{process.acronym}; remove one of these references"
            )
            related = tuple(related_header(other, role, "and here") for other in rest)
            yield Finding(nearest_span(first, role), message, related=related, path=first.path)


def _find_cycles(graph: Mapping[int, Iterable[int]]) -> Iterator[list[int]]:
    """Yield the cycles in *graph*, each starting with its lowest number.

    For ``{1: [2], 2: [3], 3: [2]}``, that is ``[2, 3]``: 1 leads into the cycle and is no part
    of it. Of two cycles that share a number, only one is found.

    This is a depth-first search without recursion, since a chain may have thousands of links:
    *path* is the way from the start to the current number, *waiting* what is still to be
    followed from each number, and *done* are numbers that cannot lead to a new cycle.
    """
    waiting = {number: sorted(targets, reverse=True) for number, targets in graph.items()}
    done: set[int] = set()
    for start in sorted(graph):
        path = dict.fromkeys({start} - done)
        while path:
            rest = waiting[next(reversed(path))]
            following = rest.pop() if rest else None
            if following is None:
                done.add(path.popitem()[0])
            elif following in path:
                cycle = list(path)[list(path).index(following) :]
                yield _rotate(cycle)
                done.update(cycle)
                path = dict.fromkeys(number for number in path if number not in done)
            elif following in graph and following not in done:
                path[following] = None


def _rotate(cycle: list[int]) -> list[int]:
    """Return *cycle* starting with its lowest number: ``[5, 7, 9]`` for ``[9, 5, 7]``."""
    start = cycle.index(min(cycle))
    return [*cycle[start:], *cycle[:start]]

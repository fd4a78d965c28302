from collections.abc import Iterable, Iterator, Mapping

from ....diagnostics import Finding
from ....process.model import Process
from ....process.schema import Role
from ....proposals.model import Corpus
from ...rule import rule
from ._helpers import place_of, told_at


@rule("L004")
def relation_cycle(corpus: Corpus, process: Process) -> Iterator[Finding]:
    """Proposals require or supersede each other in a circle.

    None of them could come first, so at least one of these headers is wrong. The whole
    circle is told once, at the proposal with the lowest number.

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
        for cycle in _cycles(graph):
            first, *rest = [corpus.by_number[number] for number in cycle]
            circle = ", then ".join(process.label(number) for number in (*cycle[1:], cycle[0]))
            message = (
                f"'{process.header_name(role)}' leads back to this {process.acronym}: {circle}"
            )
            related = tuple(told_at(other, role, "and here") for other in rest)
            help_ = "take the number out of one of these headers"
            yield Finding(place_of(first, role), message, help_, related=related, path=first.path)


def _cycles(graph: Mapping[int, Iterable[int]]) -> Iterator[list[int]]:
    """Circles in *graph*, each from its lowest number on; of those that cross, one."""
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
                yield _rotated(cycle)
                done.update(cycle)
                path = dict.fromkeys(number for number in path if number not in done)
            elif following in graph and following not in done:
                path[following] = None


def _rotated(circle: list[int]) -> list[int]:
    at = circle.index(min(circle))
    return [*circle[at:], *circle[:at]]

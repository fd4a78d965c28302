from collections.abc import Iterator

from ....process.schema import Header
from ....proposals.fields import Person
from ....proposals.header_field import Field
from .._api import Finding, Findings, Process, Proposal, Related, rule, Span
from .._headers import iter_headers


@rule("S010")
def sponsor_author(proposal: Proposal, process: Process) -> Findings:
    """One person has two roles that must be separate.

    A sponsor looks at a proposal from outside, which its authors cannot do. The process says
    which roles must be held by different people. Name another person for one of the roles.

    Bad::

        Author: Ada Lovelace (@ada)
        Sponsor: Ada Lovelace (@ada)

    Good::

        Author: Ada Lovelace (@ada)
        Sponsor: Grace Hopper (@grace)
    """
    for header, field in iter_headers(proposal, process):
        for other, person in _find_shared(header, proposal, process):
            message = (
                f"'{header.name}' names {person.name}, who is also in '{other.name}'; "
                "name someone else"
            )
            other_span = proposal.fields[other.key].span()
            related = Related(proposal.path, other_span, f"'{other.name}' is here")
            yield Finding(_person_span(person, field), message, related=(related,))


def _find_shared(
    header: Header, proposal: Proposal, process: Process
) -> Iterator[tuple[Header, Person]]:
    """Yield the people in *header* who are in a header that must name others, and that header."""
    for name in header.distinct_from:
        other = process.header(name)
        for person in proposal.values.get(header.key) or ():
            others = proposal.values.get(other.key) or () if other else ()
            if other and any(_is_same(person, somebody) for somebody in others):
                yield other, person


def _person_span(person: Person, field: Field) -> Span:
    start = field.value.find(person.name)
    return field.span(start, start + len(person.name)) if start >= 0 else field.span()


def _is_same(one: Person, other: Person) -> bool:
    """Return whether two entries have the same name, handle or email address."""
    pairs = ((one.name, other.name), (one.handle, other.handle), (one.email, other.email))
    return any(a and b and a.casefold() == b.casefold() for a, b in pairs)

from collections.abc import Iterator

from ....diagnostics import Finding, Related, Span
from ....process.model import Process
from ....process.schema import Header
from ....proposals.fields import Person
from ....proposals.model import Proposal
from ....proposals.preamble import Field
from ...rule import rule
from ..headers._helpers import known


@rule("S010")
def sponsor_author(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """Somebody holds two roles that are for two people.

    A sponsor looks at a proposal with other eyes than its authors. The process says which
    roles nobody holds at once.

    Bad::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace (@ada)
        Sponsor: Ada Lovelace (@ada)

    Good::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace (@ada)
        Sponsor: Grace Hopper (@grace)
    """
    for header, field in known(proposal, process):
        for other, person in _shared(header, proposal, process):
            message = f"'{header.name}' names {person.name}, who is in '{other.name}' too"
            there = Related(
                proposal.path, proposal.fields[other.key].span(), f"'{other.name}' is here"
            )
            yield Finding(_place(person, field), f"{message}; name somebody else", related=(there,))


def _shared(
    header: Header, proposal: Proposal, process: Process
) -> Iterator[tuple[Header, Person]]:
    """Those whom *header* names, and a header from which it should be apart too."""
    for name in header.distinct_from:
        other = process.header(name)
        for person in proposal.values.get(header.key) or ():
            others = proposal.values.get(other.key) or () if other else ()
            if other and any(_same(person, somebody) for somebody in others):
                yield other, person


def _place(person: Person, field: Field) -> Span:
    start = field.value.find(person.name)
    return field.span(start, start + len(person.name)) if start >= 0 else field.span()


def _same(one: Person, other: Person) -> bool:
    """Whether two entries are the same person: by name, by handle or by address."""
    pairs = ((one.name, other.name), (one.handle, other.handle), (one.email, other.email))
    return any(a and b and a.casefold() == b.casefold() for a, b in pairs)

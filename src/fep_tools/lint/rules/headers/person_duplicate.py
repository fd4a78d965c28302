import unicodedata
from collections.abc import Iterable, Iterator

from ....proposals.fields import Person, read_entries
from ....proposals.fields.headers import field_spec
from .._api import Edit, Finding, Findings, Process, Proposal, quote, Related, rule, Severity
from .._headers import iter_headers


@rule("H115", severity=Severity.WARNING, fixable=True)
def person_duplicate(proposal: Proposal, process: Process) -> Findings:
    """Person is named twice in one header.

    Citations and the pages of authors would show the person twice. Two entries are the same
    person if they have the same name, handle or e-mail address; with one name and two different
    handles, they are two people. Remove one of the entries.

    Bad::

        Author: Ada Lovelace (@ada), Grace Hopper, Ada Lovelace

    Good::

        Author: Ada Lovelace (@ada), Grace Hopper
    """
    for header, field in iter_headers(proposal, process):
        if header.kind != "people":
            continue
        entries = list(read_entries(field.value, field_spec(header, process)))
        people = [(person, piece) for person, piece in entries if isinstance(person, Person)]
        firsts = _first_entries([person for person, _piece in people])
        for index, ((person, piece), first_index) in enumerate(zip(people, firsts, strict=True)):
            if first_index is None:
                continue
            earlier = people[first_index]
            span = field.span(piece.start, piece.end)
            first = field.span(earlier[1].start, earlier[1].end)
            # With the comma before it, and the line end, if it is on a line of its own.
            removal = field.span(people[index - 1][1].end, piece.end)
            edits = (Edit(removal, ""),) if _adds_nothing(person, earlier[0]) else ()
            message = f"'{field.name}' names {quote(person.name)} twice; remove one of the entries"
            related = (Related(proposal.path, first, "the first entry"),)
            yield Finding(span, message, edits=edits, related=related)


def _first_entries(people: Iterable[Person]) -> Iterator[int | None]:
    """Yield for each person the index of the first entry for the same one; ``None`` for a new one.

    Entries are looked up, and not compared with each other: there may be tens of thousands.
    """
    indices: dict[tuple[str, ...], int] = {}
    for index, person in enumerate(people):
        traits: list[tuple[str, ...]] = [("name", _fold(person.name))]
        traits += [("email", person.email)] if person.email else []
        if person.handle:
            # An entry with another handle is another person, whatever else they share.
            handle = ("handle", person.handle.casefold())
            sought = [handle, *((*trait, "without a handle") for trait in traits)]
            own = [handle, *traits]
        else:
            sought = [*traits]
            own = [*traits, *((*trait, "without a handle") for trait in traits)]
        yield min((indices[key] for key in sought if key in indices), default=None)
        for key in own:
            indices.setdefault(key, index)


def _fold(name: str) -> str:
    """Return a name without the differences of spelling: of case, periods and composed letters."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace(".", " ").split())


def _adds_nothing(person: Person, first: Person) -> bool:
    """Return whether an entry says nothing about the person that the first one does not say."""
    is_same_name = _fold(person.name) == _fold(first.name)
    return (
        is_same_name
        and person.handle in (None, first.handle)
        and person.email in (None, first.email)
    )

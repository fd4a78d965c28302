from ...._text import has_words
from ....proposals.body import Claim
from ....proposals.fields import Person, read_entries
from ....proposals.fields.headers import field_spec
from .._api import Finding, Findings, join_words, Process, Proposal, rule, Severity
from .._headers import matching_condition
from ._helpers import get_body, is_readable


@rule("B081", severity=Severity.WARNING, affects_page=False)
def upstream_author_unlinked(proposal: Proposal, process: Process) -> Findings:
    """Text does not show what a person did upstream.

    The header names people who had no part in the text. Say what each of them did, by name or
    handle, in a paragraph with a link that shows it. The process says in which sections such
    paragraphs are.

    Bad::

        Upstream-Author: Ada Lovelace
        Retroactive: yes

        History
        =======

        It was `merged <https://example.org/pull/7>`__ in 2021.

    Good::

        Upstream-Author: Ada Lovelace
        Retroactive: yes

        History
        =======

        Ada Lovelace's version was `merged <https://example.org/pull/7>`__ in 2021.
    """
    titles = [s.title for s in process.sections if matching_condition(s.links, proposal)]
    header, field = process.header_for("upstream_authors"), proposal.field("upstream_authors")
    if not titles or header is None or field is None or not is_readable(proposal):
        return
    linked = [c for c in get_body(proposal).claims if c.has_link and c.section in titles]
    for person, piece in read_entries(field.value, field_spec(header, process)):
        if isinstance(person, Person) and not any(_names(person, claim) for claim in linked):
            span = field.span(piece.start, piece.end)
            message = f"no linked paragraph in {join_words(titles)} names {person.name}"
            yield Finding(span, f"{message}; say what this person did, with a link")


def _names(person: Person, claim: Claim) -> bool:
    return any(has_words(claim.text, words) for words in (person.name, person.handle) if words)

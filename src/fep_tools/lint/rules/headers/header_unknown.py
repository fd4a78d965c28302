from collections.abc import Iterator

from ...._text import join_words, safe
from ....diagnostics import Edit, Finding, Related
from ....process.model import Process
from ....process.schema import Header
from ....proposals.model import Proposal
from ....proposals.preamble import Field
from ...rule import rule
from ._helpers import headed, meant


@rule("H002", fixable=True)
def header_unknown(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A header is none that the process has.

    What a header of another name says is read by nobody. Names are the same in every
    proposal, letter for letter, so that a search for one finds all.

    Bad::

        FEP: 7
        Title: Typed views
        Athor: Ada Lovelace

    Good::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace
    """
    if not headed(proposal, process):
        return
    seen = {name: field for field in proposal.preamble.fields if (name := field.name)}
    for field in proposal.preamble.fields:
        if field.name not in process.header_order:
            header = meant(field.name, process)
            yield _finding(field, header, seen, proposal, process)
            if header:
                seen.setdefault(header.name, field)


def _finding(
    field: Field,
    header: Header | None,
    seen: dict[str, Field],
    proposal: Proposal,
    process: Process,
) -> Finding:
    name = safe(field.name)
    if header is None:
        known = join_words(process.header_order, "and")
        message = f"'{name}' is not a header of {process.acronym}s; remove it"
        return Finding(field.name_span, message, help=f"the headers are {known}")
    if other := seen.get(header.name):
        message = f"'{name}' is not a header, and there is '{header.name}' already; keep one"
        there = Related(proposal.path, other.name_span, f"'{header.name}' is here")
        return Finding(field.name_span, message, related=(there,))
    called = "is now called" if field.name in header.formerly else "is not a header; write"
    edit = Edit(field.name_span, header.name)
    return Finding(field.name_span, f"'{name}' {called} '{header.name}'", edits=(edit,))

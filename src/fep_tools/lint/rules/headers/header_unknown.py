from ....process.schema import Header
from ....proposals.header_field import Field
from .._api import Edit, Finding, Findings, join_words, Process, Proposal, Related, rule, safe
from ._helpers import find_intended_header, has_headers


@rule("H002", fixable=True)
def header_unknown(proposal: Proposal, process: Process) -> Findings:
    """Header is unknown.

    Tools ignore headers with unknown names. Every proposal spells a name in the same way, in
    upper and lower case too, so that one search finds them all. Use a name from the process,
    or move the information into the text.

    Bad::

        Athor: Ada Lovelace

    Good::

        Author: Ada Lovelace
    """
    if not has_headers(proposal, process):
        return
    seen = {name: field for field in proposal.preamble.fields if (name := field.name)}
    for field in proposal.preamble.fields:
        if field.name not in process.header_order:
            header = find_intended_header(field.name, process)
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
    """Return the finding for an unknown *field*.

    :param header: the header that it was meant to be, if that is known.
    :param seen: the headers that exist, by name; it is not renamed to one of them.
    """
    name = safe(field.name)
    if header is None:
        message = f"{process.acronym}s have no header '{name}'; remove it"
        names = join_words(process.header_order, "and")
        return Finding(field.name_span, message, help=f"the headers are {names}")
    if other := seen.get(header.name):
        message = f"'{name}' is not a known header, and '{header.name}' already exists; keep one"
        related = Related(proposal.path, other.name_span, f"'{header.name}' is here")
        return Finding(field.name_span, message, related=(related,))
    what = "is a former name" if field.name in header.formerly else "is not a known header"
    edit = Edit(field.name_span, header.name)
    return Finding(field.name_span, f"'{name}' {what}; write '{header.name}'", edits=(edit,))

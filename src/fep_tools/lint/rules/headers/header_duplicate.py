from ....proposals.header_field import Field
from .._api import Edit, Finding, Findings, Process, Proposal, Related, rule, Span


@rule("H003", fixable=True)
def header_duplicate(proposal: Proposal, process: Process) -> Findings:
    """Header appears twice.

    Some readers use the first of two headers and some use the last, so the proposal would
    seem to have two values. Keep one of them. A header that takes several values lists them
    all in one place, unless the process says that it may be ``repeated``.

    Bad::

        Status: Draft
        Status: Draft

    Good::

        Status: Draft
    """
    first: dict[str, Field] = {}
    for field in proposal.preamble.fields:
        earlier = first.setdefault(field.name, field)
        header = process.header(field.name)
        if earlier is not field and header and not header.repeated:
            yield _finding(field, earlier, proposal)


def _finding(field: Field, earlier: Field, proposal: Proposal) -> Finding:
    edits: tuple[Edit, ...] = ()
    advice = "keep the correct one"
    if field.value == earlier.value:
        edits = (Edit(_whole_lines(field, proposal), ""),)
        advice = "remove this one"
    message = f"'{field.name}' is already on line {earlier.first_line}; {advice}"
    related = Related(proposal.path, earlier.name_span, f"the first '{field.name}'")
    return Finding(field.name_span, message, edits=edits, related=(related,))


def _whole_lines(field: Field, proposal: Proposal) -> Span:
    """Return the lines of *field* with one line ending, so that removing it leaves no blank line.

    That is the ending of its last line; on the last line of the file, it is the ending of the
    line before.
    """
    if field.last_line < len(proposal.lines):
        return Span(field.first_line, 1, field.last_line + 1, 1)
    before, last = proposal.lines[field.first_line - 2], proposal.lines[field.last_line - 1]
    return Span(field.first_line - 1, len(before) + 1, field.last_line, len(last) + 1)

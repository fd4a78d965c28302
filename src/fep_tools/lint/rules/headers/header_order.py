from ....process.dialects import FORMS
from ....proposals.header_field import Field
from ....proposals.preamble import BYTE_ORDER_MARK
from .._api import Edit, Finding, Findings, Process, Proposal, rule, Span
from .._lines import line_ending


@rule("H004", fixable=True, affects_page=False)
def header_order(proposal: Proposal, process: Process) -> Findings:
    """Headers are out of order.

    Readers find a header by its position, and a fixed order keeps diffs small. Use the order
    of the process file. Headers that are out of order are still read correctly.

    Bad::

        Status: Draft
        Author: Ada Lovelace

    Good::

        Author: Ada Lovelace
        Status: Draft
    """
    fields, preamble = proposal.preamble.fields, proposal.preamble
    # Unknown headers have no position; of a duplicate, only the first one counts.
    known = [f for f in fields if f.name in process.header_order and preamble.get(f.name) is f]
    ordered = sorted(known, key=lambda field: process.header_order[field.name])
    if known == ordered:
        return
    misplaced = next(field for field, right in zip(known, ordered, strict=True) if field != right)
    position = ordered.index(misplaced)
    where = f"after '{ordered[position - 1].name}'" if position else "to the top"
    # Lines that other rules have to sort out first could not be moved along.
    is_fixable = len(known) == len(fields) and not preamble.stray_lines
    is_fixable = is_fixable and not proposal.text.startswith(BYTE_ORDER_MARK)
    # Neither could what belongs to no header, such as a comment in YAML.
    written = {n for field in fields for n in range(field.first_line, field.last_line + 1)}
    between = set(range(min(written), max(written))) - written
    is_fixable = is_fixable and not any(proposal.lines[n - 1].strip() for n in between)
    gap = FORMS[process.dialect].blank_lines
    edits = (_sort(ordered, proposal, gap),) if is_fixable else ()
    message = f"'{misplaced.name}' is out of order; move it {where}"
    yield Finding(misplaced.name_span, message, edits=edits)


def _sort(fields: list[Field], proposal: Proposal, gap: int) -> Edit:
    """Return the edit that writes all headers in the order of *fields*.

    :param gap: how many blank lines are between two.
    """
    end = line_ending(proposal)
    parts = [end.join(proposal.lines[field.first_line - 1 : field.last_line]) for field in fields]
    first, last = min(f.first_line for f in fields), max(f.last_line for f in fields)
    span = Span(first, 1, last, len(proposal.lines[last - 1]) + 1)
    return Edit(span, (end * (1 + gap)).join(parts))

"""Set, extend and remove a header in the text of a proposal; every other character stays."""

from __future__ import annotations

from .._text import split_lines
from ..diagnostics import apply_edits, Edit, Span
from ..errors import FepError
from ..process.dialects import FORMS, HeaderForm
from ..process.model import Process
from ..process.schema import Role
from ..proposals.front_matter import to_yaml
from ..proposals.header_field import Field
from ..proposals.model import Proposal
from ..proposals.preamble import BYTE_ORDER_MARK, Preamble


def set_header(text: str, process: Process, name: str, value: str) -> str:
    """Return *text* in which header *name* has *value*.

    A new header is inserted at its position in the order of the process.

    :param value: may have several lines
    :raises FepError: the block of headers cannot be read, or others would be read than before
    """
    value = _plain(value)
    if process.dialect == "yaml":
        return _set_yaml(text, process, name, value)
    return _keeping_others(text, _set_text(text, process, name, value), process, name)


def _set_text(text: str, process: Process, name: str, value: str) -> str:
    """Return *text* in which a header that is not in YAML has *value*."""
    preamble = Preamble.parse(text, process.dialect)
    field = _find(text, process, name)
    form, end = _form(text, preamble, process), _line_ending(text)
    lines = value.replace("\n", f"{end}{form.indent}")
    if field is not None and field.value:
        first, *others = _written(text, process, field)
        # If the value begins below its name, the colon has no blank behind it.
        is_below = not first.lines[0].text and not first.colon.endswith(" ")
        edits = [Edit(first.span(), f" {lines}" if is_below else lines)]
        return apply_edits(text, [*edits, *(_removal(text, other, form) for other in others)])
    if field is not None and field in preamble.fields and len(field.lines) == 1:
        # An empty value has no span to replace: write the rest of the line anew.
        number = field.first_line
        column = len(split_lines(text)[number - 1]) + 1
        rest = Span(number, field.name_span.end_column, number, column)
        return apply_edits(text, [Edit(rest, f"{form.colon} {lines}")])
    if field is not None:
        text = remove_header(text, process, name)
        preamble = Preamble.parse(text, process.dialect)
    header, gap = form.line(name, lines) + end, end * form.blank_lines
    line = _line_for(preamble, process, name)
    is_first = line <= _first_line(preamble)
    header = f"{header}{gap}" if is_first else f"{gap}{header}"
    if line > len(split_lines(text)):  # the last header is the last line, and has no line end
        header = f"{end}{header.removesuffix(end)}"
    return apply_edits(text, [Edit(Span(line, _first_column(text, line)), header)])


def _first_column(text: str, line: int) -> int:
    """Return the column at which a line begins: behind a byte order mark, which stays first."""
    return 2 if line == 1 and text.startswith(BYTE_ORDER_MARK) else 1


def _plain(value: str) -> str:
    r"""Return *value* with ``\n`` between its lines, and without blanks at its ends."""
    return "\n".join(split_lines(value)).strip()


def _set_yaml(text: str, process: Process, name: str, value: str) -> str:
    """Return *text* in which a header in YAML has *value*.

    :raises FepError: its headers are not YAML, or would be read otherwise than they are written
    """
    if problem := Preamble.parse(text, process.dialect).problem:
        raise FepError(f"the block of headers {problem.message}; correct it first")
    before, field = text, _find(text, process, name)
    written = to_yaml(value).replace("\n", _line_ending(text))
    if field is not None and field.source is not None:
        # The value of a block begins below its name.
        separator = " " if field.source.line > field.first_line else ""
        start = field.name_span
        colon = Span(start.line, start.end_column + 1, field.source.line, field.source.column)
        edits = [Edit(field.source, written)]
        if separator:
            edits = [Edit(Span(*colon[:2], *field.source[2:]), separator + written)]
        text = apply_edits(text, edits)
    else:
        text = remove_header(text, process, name)
        preamble = Preamble.parse(text, process.dialect)
        # Below the fence, which is the first line of the block.
        line = max(_line_for(preamble, process, name), preamble.first_line + 1)
        text = apply_edits(text, [Edit(Span(line, 1), f"{name}: {written}{_line_ending(text)}")])
    found = _find(text, process, name)
    if found is None or found.value.strip() != value:
        raise _not_set(name)
    return _keeping_others(before, text, process, name)


def _keeping_others(before: str, after: str, process: Process, name: str) -> str:
    """Return *after* if all headers but the one that was set are as they were.

    In a paragraph of headers, a second line such as ``Paris: the whole team`` is a new header.

    :raises FepError: they are not
    """
    field = _find(before, process, name)
    names = {name, *([field.name] if field else [])}
    if _others(after, process, names) != _others(before, process, names):
        raise _not_set(name)
    return after


def _not_set(name: str) -> FepError:
    return FepError(f"{name!r} cannot be set in these headers; write it by hand")


def _others(text: str, process: Process, names: set[str]) -> list[tuple[str, str]] | None:
    """Return the other headers; ``None`` if they cannot be read, such as ``{a: b, c: d}``."""
    preamble = Preamble.parse(text, process.dialect)
    fields = [(field.name, field.value) for field in preamble.fields if field.name not in names]
    return None if preamble.problem else fields


def append_line(text: str, process: Process, name: str, value: str) -> str:
    """Return *text* in which header *name* has *value* as one more line.

    :raises FepError: as for :func:`set_header`
    """
    field = _find(text, process, name)
    if field is None or not field.value:
        return set_header(text, process, name, value)
    if process.dialect == "yaml":
        return set_header(text, process, name, f"{field.value.strip()}\n{value}")
    field = _written(text, process, field)[-1]
    last_line = field.lines[-1]
    form = _form(text, Preamble.parse(text, process.dialect), process)
    indent = " " * (last_line.column - 1) if len(field.lines) > 1 else form.indent
    end = Span(field.last_line, last_line.column + len(last_line.text))
    line = Edit(end, f"{_line_ending(text)}{indent}{_plain(value)}")
    return _keeping_others(text, apply_edits(text, [line]), process, name)


def add_numbers(
    proposal: Proposal,
    process: Process,
    role: Role,
    numbers: tuple[int, ...],
    text: str | None = None,
) -> str:
    """Return the text of *proposal* whose header of *role* has *numbers* as well.

    :param text: the text of the proposal, if it has changed
    :raises FepError: if the header cannot be read, or takes one number and has another
    """
    text = proposal.text if text is None else text
    header, label = process.header_for(role), process.label(proposal.number)
    if header is None:
        raise FepError(f"no header of the process has the role {role}, which --by writes")
    name, present = header.name, proposal.numbers(role)
    if set(numbers) <= set(present):
        return text
    if role in proposal.mistakes:
        raise FepError(f"'{name}' of {label} cannot be read; run fep check {proposal.path}")
    if header.kind == "number" and present:
        raise FepError(f"'{name}' of {label} has {present[0]} already, and takes one number")
    if present and header.is_free_list:
        written = Proposal.parse(text, process).fields[header.key]
        end = len(written.value)
        added = "".join(f", {number}" for number in numbers if number not in present)
        return apply_edits(text, [Edit(written.span(end, end), added)])
    if header.kind == "number" and len(set(numbers)) > 1:
        raise FepError(f"'{name}' takes one number; give --by once")
    is_padded = header.leading_zeros
    combined = sorted({*present, *numbers})
    value = ", ".join(f"{n:04}" if is_padded else str(n) for n in combined)
    return set_header(text, process, name, value)


def remove_header(text: str, process: Process, name: str) -> str:
    """Return *text* without header *name*, if it has it."""
    field = _find(text, process, name)
    if field is None:
        return text
    form = FORMS[process.dialect]
    edits = [_removal(text, each, form) for each in _written(text, process, field)]
    changed = apply_edits(text, edits)
    # In YAML, others may refer to it; below the only field of a list there may be another list.
    before, after = (_others(each, process, {field.name}) for each in (text, changed))
    if before != after:
        raise FepError(f"{name!r} cannot be removed from these headers; do it by hand")
    return changed


def _removal(text: str, field: Field, form: HeaderForm) -> Edit:
    """Return the edit that removes a header, and the blank lines that its form has below it.

    They stay if another header is right above, which they then end.
    """
    lines, end = split_lines(text), field.last_line
    above = lines[max(0, field.first_line - 2) : field.first_line - 1]
    below = lines[end : end + form.blank_lines]
    if not any(line.strip() for line in (*above, *below)):
        end += len(below)
    first = field.first_line
    return Edit(Span(first, _first_column(text, first), end + 1, 1), "")


def _form(text: str, preamble: Preamble, process: Process) -> HeaderForm:
    """Return how a new header is written: as the others of the proposal are.

    Those may be in bold, in a list with other bullets, or in a block of code that is indented.
    """
    form = FORMS[process.dialect]
    bold = next((field for field in preamble.fields if "**" in field.colon), None)
    if (model := bold or next(iter(preamble.fields), None)) is None:
        return form
    line = split_lines(text)[model.first_line - 1]
    before = line[: model.column - 1].lstrip(BYTE_ORDER_MARK)
    margin = before[: len(before) - len(before.lstrip())]
    colon = model.colon.strip() if bold else form.colon
    return form._replace(before=before, colon=colon, indent=margin + form.indent)


def _written(text: str, process: Process, field: Field) -> list[Field]:
    """Return the fields of which *field* was joined: several if the header may be repeated."""
    preamble = Preamble.parse(text, process.dialect)
    header = process.header(field.name)
    if header is None or not header.repeated:
        return [field]
    return [other for other in preamble.fields if other.name == field.name] or [field]


def _find(text: str, process: Process, name: str) -> Field | None:
    """Return the header of that name as a proposal has it: maybe misspelt, or detached."""
    header = process.header(name)
    return Proposal.parse(text, process).fields.get(header.key) if header else None


def _line_for(preamble: Preamble, process: Process, name: str) -> int:
    """Return the line of a new header: after all headers that the process puts before it."""
    order = process.header_order
    before = [f for f in preamble.fields if order.get(f.name, len(order)) < order[name]]
    return max((f.last_line + 1 for f in before), default=max(_first_line(preamble), 1))


def _first_line(preamble: Preamble) -> int:
    """Return the line of the first header, which may be below a fence or a heading of its own."""
    return min((field.first_line for field in preamble.fields), default=preamble.first_line)


def _line_ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

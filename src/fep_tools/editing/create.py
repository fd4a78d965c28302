"""A new proposal: its number, its text, its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .._text import closest_match, join_words, quote
from ..errors import FepError
from ..process.model import any_applies, Process
from ..process.schema import Type
from ..proposals.fields import format_date


@dataclass(frozen=True)
class NewProposal:
    """What somebody wants to propose."""

    title: str
    type: str
    author: str
    created: date


def type_of(process: Process, name: str | None) -> Type:
    """The type of that name, the first of the process where none is given."""
    if name is None:
        return process.types[0]
    for kind in process.types:
        if kind.name.casefold() == name.casefold():
            return kind
    names = [kind.name for kind in process.types]
    meant = closest_match(name, names)
    hint = f"did you mean {meant}?" if meant else f"write {join_words(names)}"
    raise FepError(f"there is no type {quote(name)}; {hint}")


def text(process: Process, number: int, wanted: NewProposal, template: str | None) -> str:
    """The first text of a proposal, from *template* or from the process alone."""
    for what, value in (("title", wanted.title), ("name of the author", wanted.author)):
        if not value.isprintable() or value != " ".join(value.split()) or not value:
            raise FepError(f"not made: the {what} {quote(value)} is not one line of text")
    values = {
        "number": str(number),
        "title": wanted.title,
        "author": wanted.author,
        "created": format_date(wanted.created, _date_form(process)),
        "type": wanted.type,
    }
    made = template if template is not None else _skeleton(process, wanted.type)
    for name, value in values.items():
        made = made.replace(f"{{{name}}}", value)
    return made


def template(process_file: Path, kind: Type) -> str | None:
    """The text of the template of that type, beside the process file; ``None`` without one."""
    if not kind.template:
        return None
    path = process_file.parent / "templates" / Path(kind.template).name
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError) as problem:
        raise FepError(f"{path}: the template cannot be read: {problem}") from None


def _date_form(process: Process) -> str:
    header = process.header_for("created")
    return header.date_format if header else "YYYY-MM-DD"


def _skeleton(process: Process, type_: str) -> str:
    """A template made of what the process demands of a first draft."""
    roles = {
        "number": "{number}",
        "title": "{title}",
        "authors": "{author}",
        "status": process.initial_status.name,
        "type": "{type}",
        "created": "{created}",
    }
    mark = ":" if process.dialect == "field-list" else ""
    headers = [
        f"{mark}{header.name}: {roles[header.role]}"
        for header in process.headers
        if header.role in roles
    ]
    sections = "\n".join(
        f"{section.title}\n{'=' * len(section.title)}\n\n{section.text or _PLACEHOLDER}\n"
        for section in process.sections_for(type_)
        if section.text or any_applies(section.required, process.initial_status.name, type_, ())
    )
    title = _heading(process) if process.title_source == "heading" else ""
    return f"{title}{chr(10).join(headers)}\n\n{sections or _FIRST_SECTION}"


_PLACEHOLDER = "To be written."

_FIRST_SECTION = f"Abstract\n========\n\n{_PLACEHOLDER}\n"


def _heading(process: Process) -> str:
    return f"{process.acronym} {{number}}: {{title}}\n{'=' * 79}\n\n"

"""Create a proposal: render its text from a template and write it under a free number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from .. import _atomic
from .._text import did_you_mean, quote
from ..diagnostics import CheckOptions, Severity
from ..errors import FepError
from ..process.dialects import FORMS, header_block
from ..process.model import Process
from ..process.schema import any_applies, Status, Type
from ..process.templates import load_template
from ..proposals.fields import format_date
from ..proposals.fields.names import SCRIPT_CHARACTERS
from ..proposals.front_matter import to_yaml
from ..proposals.preamble import Preamble
from ..repository import Repository
from . import numbering
from .drafts import Draft, fill_in_draft, PLACEHOLDER

QUOTES = "\"'"
"""Quotation marks that a template may have around a placeholder in YAML."""
Choice = TypeVar("Choice", Status, Type)


@dataclass(frozen=True)
class NewProposal:
    """The headers of a proposal to create; its number and its status follow.

    :param type: empty in a community without types
    """

    title: str
    type: str
    author: str
    created: date


def create_proposal(
    repository: Repository, new_proposal: NewProposal, draft: Draft | None = None
) -> str:
    """Write a new proposal and return its path.

    :param draft: its text, which may have findings; without it, the text is the template

    :raises FepError: if its type is unknown or it would not pass its own check
    :raises RepositoryError: if no number is free
    """
    process = repository.process
    template = None
    if process.types or new_proposal.type:
        type_ = find_type(process, new_proposal.type)
        template = load_template(Path(repository.process_name), process, type_)
        new_proposal = replace(new_proposal, type=type_.name)
    present = repository.corpus(bodies=False).by_number
    for number in process.free_numbers(present, numbering.used_numbers(repository)):
        path = process.path_for_new(number, new_proposal.title)
        text = render_proposal(process, number, new_proposal, template)
        if draft is not None:
            text = fill_in_draft(text, draft, process, new_proposal.type)
        data = text.encode()
        if draft is None:
            _require_clean(repository, path, data, new_proposal.created, template)
        if _write_if_free(repository, number, path, data):
            return path
    raise numbering.no_number_left()


HEADER_MISSING = "H005"
"""The rule that reports a header which is required and missing."""


def _require_clean(
    repository: Repository, path: str, data: bytes, today: date, template: str | None
) -> None:
    """Raise :class:`FepError` if the new file has errors or warnings."""
    result = repository.check(CheckOptions(today, (path,), jobs=1), overrides={path: data})
    for found in result.diagnostics:
        if found.severity is not Severity.STYLE:
            message = f"not created, because the check would fail: {found.message}"
            if found.code == HEADER_MISSING:
                message = f"{message.partition(';')[0]}; " + (
                    "add it to the template"
                    if template is not None
                    else f"give it a first value with 'initial' in {repository.process_name}"
                )
            raise FepError(message)


def _write_if_free(repository: Repository, number: int, path: str, data: bytes) -> bool:
    """Write the file unless another process has taken *number* in the meantime.

    The path may depend on the title, so two proposals with one number would not collide there.
    """
    with _atomic.exclusive(repository.root):
        taken = repository.process.files.numbers(repository.find_paths())
        return number not in taken and _atomic.create(repository.root, path, data)


def find_type(process: Process, name: str) -> Type:
    """Return the type called *name*, in any case.

    :raises FepError: if there is no such type
    """
    if not process.types:
        raise FepError(f"{process.plural} have no types; leave out {quote(name)}")
    return find_named(process.types, name, "type")


def find_named(choices: Sequence[Choice], name: str, what: str) -> Choice:
    """Return the status or type called *name*, in any case.

    :raises FepError: if there is none
    """
    for choice in choices:
        if choice.name.casefold() == name.casefold():
            return choice
    hint = did_you_mean(name, [choice.name for choice in choices])
    raise FepError(f"there is no {what} {quote(name)}; {hint}")


def render_proposal(
    process: Process, number: int, new_proposal: NewProposal, template: str | None
) -> str:
    """Return the text of a new proposal.

    :param template: text with ``{number}``, ``{title}``, ``{author}``, ``{created}``, ``{type}``
        and, where titles are headings, ``{heading}``; ``None`` to make one from the headers and
        sections of the process
    :raises FepError: if the title or the author is not one line of text
    """
    _require_line("title", new_proposal.title)
    if process.header_for("authors"):
        _require_line("author", new_proposal.author)
    title, created = _escape_title(new_proposal.title, process), process.header_for("created")
    date_format = created.date_format if created else "YYYY-MM-DD"
    values = {
        "number": str(number),
        "title": title,
        "heading": process.heading(number, title),
        "author": new_proposal.author,
        "created": format_date(new_proposal.created, date_format),
        "type": new_proposal.type,
    }
    text = template if template is not None else _default_template(process, new_proposal.type)
    return _fill(text, values, process)


def _fill(text: str, values: Mapping[str, str], process: Process) -> str:
    """Return a template with its placeholders replaced; in YAML with quotes where they are needed.

    Not str.format(): a template may hold other braces, as code in reStructuredText does. All at
    once: a title may hold "{type}".
    """
    placeholder = re.compile(rf"\{{({'|'.join(values)})\}}")

    def fill(part: str) -> str:
        return placeholder.sub(lambda match: values[match[1]], part)

    if process.dialect != "yaml":
        return fill(text)
    end = Preamble.parse(text, process.dialect).last_line
    lines = text.split("\n")
    for n, line in enumerate(lines[:end]):
        name, colon, value = line.partition(": ")
        if colon and placeholder.search(value):
            lines[n] = f"{name}: {to_yaml(fill(value.strip(QUOTES)))}"
    return "\n".join([*lines[:end], fill("\n".join(lines[end:]))])


def _require_line(label: str, value: str) -> None:
    """Raise :class:`FepError` unless *value* can be the value of a header as it is.

    A line break would add headers: "A\\nStatus: Final".
    """
    invisible = next((c for c in value if not c.isprintable() and c not in SCRIPT_CHARACTERS), "")
    if not value.strip():
        problem = "it is empty"
    elif invisible and invisible in "\n\r":
        problem = "it has a line break"
    elif invisible:
        problem = f"it has the character U+{ord(invisible):04X}"
    elif value != " ".join(value.split()):
        problem = "it has spaces at an end, or several in a row"
    else:
        return
    raise FepError(
        f"not created: the {label} {quote(value)} must be a single line of text; {problem}"
    )


def _escape_title(title: str, process: Process) -> str:
    """Return a title as its template takes it: in a heading, ``*args`` would be markup."""
    if process.title_source == "header":
        return title.replace("\\", r"\\")
    return re.sub(r"[\\*`|]|_(?!\w)", r"\\\g<0>", title)


def format_author(name: str, email: str, process: Process) -> str:
    """Return an author as the process writes people, with the address only where it has those."""
    header = process.header_for("authors")
    return f"{name} <{email}>" if email and header and header.emails else name


def _default_template(process: Process, type_: str) -> str:
    """Return a template with the headers and sections that a first draft must have."""
    roles = {
        "number": "{number}",
        "title": "{title}",
        "authors": "{author}",
        "status": process.initial_status.name,
        "type": "{type}",
        "created": "{created}",
    }
    form = FORMS[process.dialect]
    values = {
        header.name: roles.get(header.role or "", header.initial) for header in process.headers
    }
    headers = [form.line(name, value) for name, value in values.items() if value]
    is_markdown = process.files.is_markdown(process.files.pattern)
    sections = [
        (section.title, section.text or PLACEHOLDER)
        for section in process.sections_for(type_)
        if section.text or any_applies(section.required, process.initial_status.name, type_, ())
    ]
    # A body without any section would not pass the check.
    sections = sections or [("Abstract", PLACEHOLDER)]
    preamble = header_block(
        process.dialect, headers, fenced=process.fenced, is_markdown=is_markdown
    )
    body = "\n".join(
        f"## {title}\n\n{text}\n" if is_markdown else f"{title}\n{'=' * len(title)}\n\n{text}\n"
        for title, text in sections
    )
    if process.title_source != "heading":
        return f"{preamble}\n\n{body}"
    # The length of the title is not known yet; a longer underline is allowed.
    heading = "# {heading}" if is_markdown else f"{{heading}}\n{'=' * 79}"
    is_at_top = process.dialect in ("rfc2822", "yaml")
    return "\n\n".join([*((preamble, heading) if is_at_top else (heading, preamble)), body])

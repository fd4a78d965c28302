"""JSON files that the process defines: the texts of headers, by keys that programs rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...process.model import Process
from ...process.schema import Header, JsonKey
from ...proposals.fields import find_link, Person, strip_emails
from ...proposals.model import Proposal
from ..schemas import dump_json


def files(
    proposals: Iterable[Proposal], process: Process, url_of: Callable[[int], str]
) -> dict[str, bytes]:
    """Return each file by its path.

    :param proposals: the proposals that are published, each with a number of its own.
    :param url_of: returns the URL of a proposal's page; empty if it is unknown.
    """
    numbered = sorted((p.number, p) for p in proposals if p.number is not None)
    return {
        file.path: dump_json(
            {
                str(number): {row.key: _value(row, proposal, process, url_of) for row in file.keys}
                for number, proposal in numbered
            }
        )
        for file in process.json_files
    }


def _value(row: JsonKey, proposal: Proposal, process: Process, url_of: Callable[[int], str]) -> Any:
    header = process.header(row.header)
    if header is None:
        return url_of(proposal.number or 0) or row.default
    if header.kind == "number":
        return proposal.values.get(header.key, row.default)
    parts = [row.values.get(part, part) for part in _parts(header, proposal, process)]
    if row.as_list:
        return parts
    return ", ".join(parts) or row.default


def _parts(header: Header, proposal: Proposal, process: Process) -> list[str]:
    """Return the entries of a list of people or choices, and any other header as one text."""
    field, value = proposal.fields.get(header.key), proposal.values.get(header.key)
    if header.kind == "people":
        return [person.name for person in value or () if isinstance(person, Person)]
    if header.kind == "choices" and value:
        return list(value)
    text = " ".join(field.value.split()) if field else ""
    # The address of a mailing list is not that of a person.
    text = text if find_link(text, process.links) else strip_emails(text)
    return [text] if text else []

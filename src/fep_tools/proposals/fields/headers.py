"""Headers as typed values: the model that a process makes of its ``[[header]]`` table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TYPE_CHECKING

from pydantic import BaseModel, BeforeValidator, create_model, ValidationError

from ...process.schema import Header, Names
from .. import fields as values

if TYPE_CHECKING:
    from ...process.model import Process

Mistakes = dict[str, tuple[values.Mistake, ...]]


def form(header: Header, process: Process) -> values.FieldSpec:
    """What the values of *header* look like."""
    return values.FieldSpec(
        kind=header.kind,
        choices=header.choices or _choices(header, process),
        former=_former(header, process),
        allow=header.allow,
        date=header.date,
        forms=header.forms,
        places=header.places,
        refused=header.refused,
        separator=header.separator,
        longest=header.longest,
        sorted=header.sorted,
        padded=header.padded,
        wildcard=header.wildcard,
        majors=header.majors,
        single=header.single,
        emails=header.emails,
        acronym=process.acronym,
    )


def _choices(header: Header, process: Process) -> Names:
    if header.role == "type":
        return tuple(kind.name for kind in process.types)
    if header.role in {"status", "history"}:
        return tuple(status.name for status in process.statuses)
    return ("yes",) if header.kind == "flag" else ()


def _former(header: Header, process: Process) -> tuple[tuple[str, str], ...]:
    if header.role not in {"status", "history"}:
        return ()
    return tuple((old, status.name) for status in process.statuses for old in status.formerly)


def model(process: Process) -> type[BaseModel]:
    """The pydantic model of one proposal's headers, each under its key, all optional."""
    fields: dict[str, Any] = {}
    for header in process.headers:
        wanted = form(header, process)

        def read_one(text: str, wanted: values.FieldSpec = wanted) -> Any:
            return values.read(text, wanted)

        fields[header.key] = (Annotated[Any, BeforeValidator(read_one)], None)
    return create_model(f"{process.acronym}Metadata", **fields)


def read(made: type[BaseModel], texts: Mapping[str, str]) -> tuple[dict[str, Any], Mistakes]:
    """Typed values of raw header *texts*, and the mistakes in the others; both by key."""
    wrong: Mistakes = {}
    try:
        values_ = made.model_validate(texts)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            wrong[str(error["loc"][0])] = error["ctx"]["error"].mistakes
        values_ = made.model_validate({k: text for k, text in texts.items() if k not in wrong})
    return {key: getattr(values_, key) for key in values_.model_fields_set}, wrong

"""The form of values in a process file: what may be written for a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, get_args, get_origin, Literal

from pydantic import StrictBool
from pydantic.fields import FieldInfo

from .._text import join_words
from .schema import Conditions, Table
from .values import Count

MAX_CHOICES = 8
"""How many choices are enough for a sentence. Roles and kinds have tables of their own."""


def literals(annotation: Any) -> tuple[str, ...]:
    """Return the words that a ``Literal`` or a tuple of it allows."""
    type_ = without_none(annotation)
    return get_args(get_args(type_)[0] if get_origin(type_) is tuple else type_)


def fields_of(model: type[Table], keys: Iterable[str]) -> dict[str, FieldInfo]:
    """Return the fields by key of the table that *keys* lead to, such as ``["header"]``."""
    for key in keys:
        model = next(tables_in(fields_of(model, ())[key].annotation))
    return {field.alias or name: field for name, field in model.model_fields.items()}


def tables_in(annotation: Any) -> Iterator[type[Table]]:
    """Yield the tables in a type, such as ``Condition`` for ``bool | tuple[Condition, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        yield annotation
    for argument in get_args(annotation):
        yield from tables_in(argument)


def without_none(annotation: Any) -> Any:
    """Return ``X`` for ``X | None``, and other types unchanged."""
    arguments = [argument for argument in get_args(annotation) if argument is not type(None)]
    return arguments[0] if type(None) in get_args(annotation) else annotation


def expected_value(key: str, field: FieldInfo) -> str:
    """Return what to write as the value of a key."""
    if field.description:
        return field.description
    type_ = without_none(field.annotation)
    if type_ == Conditions:
        return 'true, false or a list of conditions, such as [{ statuses = ["Draft"] }]'
    if get_origin(type_) is Literal:
        choices = get_args(type_)
        few = join_words(f'"{choice}"' for choice in choices)
        return few if len(choices) <= MAX_CHOICES else f"one of the {key}s"
    is_table = any(tables_in(type_))
    if get_origin(type_) is tuple:
        if is_table:
            return f"a list of tables; write [[{key}]] above each"
        if type_ == tuple[Count, ...]:
            return "a list of whole numbers, such as [1, 2]"
        return f'a list of strings, such as ["{_EXAMPLES.get(key, "Draft")}"]'
    if is_table:
        return f"a table; write [{key}] above it"
    return _EXPECTED[type_]


_EXPECTED: dict[Any, str] = {
    str: "a string in quotes",
    int: "a whole number, such as 7",
    bool: "true or false",
    StrictBool: "true or false",
    date: "a date, such as 2027-01-31",
}
"""What to write, by type."""

_EXAMPLES = {
    "types": "Process",
    "needs": "Resolution", "with": "Resolution", "without": "Resolution",
    "distinct_from": "Author",
    "choices": "Core",
    "special_values": "Pending",
    "record_formats": "{date} {url}",
    "allowed_urls": "https://example.org/{slug}",
    "refused_urls": "https://example.org/{rest}",
    "refused_words": "standard",
    "url_prefixes": "https://example.org/",
    "include": "proposals/*.rst", "exclude": "proposals/index.rst",
    "literal_roles": "ref", "directives": "mermaid", "ignored_directives": "mermaid",
    "code_languages": "myst",
    "editors": "Ada Lovelace",
    "names": "announce", "title_words": "release schedule",
}  # fmt: skip
"""A string in the value of a key that is a list."""

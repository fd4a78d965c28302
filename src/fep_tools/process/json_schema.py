"""JSON Schemas of the files that communities write, for editors.

Taplo, of which the VS Code extension *Even Better TOML* is made, validates with them, completes
keys and values, and shows the descriptions. It reads descriptions as Markdown, and explanations of
choices from its own key ``x-taplo``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from .forms import tables_in
from .reference import describe_keys, describe_model, split_code
from .schema import Header, Table
from .schema.kinds import Kind, KINDS, OPTION_KINDS, ROLES


def table_schema(model: type[Table]) -> dict[str, Any]:
    """Return the JSON Schema of the file that *model* reads."""
    schema = model.model_json_schema(mode="validation")
    definitions = schema.get("$defs", {})
    for part in definitions.values():
        part["description"] = _markdown(part["description"])
        part.pop("title")
    for table in {model, *_tables_below(model)}:
        part = schema if table is model else definitions[table.__name__]
        part["description"] = _markdown(describe_model(table))
        for key, meaning in describe_keys(table).items():
            value = _plain(part["properties"][key])
            part["properties"][key] = {"description": _markdown(meaning), **value}
    if Header.__name__ in definitions:
        _add_kinds(definitions[Header.__name__])
    return schema


def _tables_below(model: type[Table]) -> Iterator[type[Table]]:
    for field in model.model_fields.values():
        for table in tables_in(field.annotation):
            yield table
            yield from _tables_below(table)


def _plain(value: Any) -> Any:
    """Return the schema of a value without pydantic's titles, and without what TOML lacks.

    A key that is ``None`` is left out of a file.
    """
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if not isinstance(value, dict):
        return value
    choices = [choice for choice in value.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        value = {**choices[0], **{key: value[key] for key in value if key != "anyOf"}}
    return {
        key: _plain(part)
        for key, part in value.items()
        if key not in ("title", "description") and not (key == "default" and part is None)
    }


def _add_kinds(header: dict[str, Any]) -> None:
    """Add which roles, kinds and options go together to the schema of a header."""
    header["allOf"] = [*_kinds_of_roles(), *_kinds_of_options()]
    keys = header["properties"]
    keys["role"] |= _explain({role: info.meaning for role, info in ROLES.items()})
    keys["kind"] |= _explain(KINDS)


def _kinds_of_roles() -> Iterator[dict[str, Any]]:
    roles = defaultdict(list)
    for role, info in ROLES.items():
        roles[info.kinds].append(role)
    for kinds, names in roles.items():
        has_role = {"required": ["role"], "properties": {"role": {"enum": names}}}
        yield {"if": has_role, "then": _with_kind(kinds)}


def _kinds_of_options() -> Iterator[dict[str, Any]]:
    options = defaultdict(list)
    for option, kinds in OPTION_KINDS.items():
        options[kinds].append({"required": [option]})
    for kinds, required in options.items():
        yield {"if": {"anyOf": required}, "then": _with_kind(kinds)}


def _with_kind(kinds: tuple[Kind, ...]) -> dict[str, Any]:
    return {"properties": {"kind": {"enum": list(kinds)}}}


def _explain(meanings: Mapping[Any, str]) -> dict[str, Any]:
    return {"x-taplo": {"docs": {"enumValues": [*map(_markdown, meanings.values())]}}}


def _markdown(text: str) -> str:
    """Return a description in Markdown, where code has one backquote on each side."""
    return "".join(
        part if not is_code else f"`` {part} ``" if "`" in part else f"`{part}`"
        for part, is_code in split_code(text)
    )

"""The role, the kind and the options of a header go together, or the process is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from fep_tools.errors import ProcessError
from fep_tools.process.loader import parse_process
from fep_tools.process.schema import Header, Kind, kinds, Role
from fep_tools.process.schema.kinds import OPTION_KINDS

from . import usage

KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)
OPTIONS: dict[str, Any] = {
    "past_only": True,
    "distinct_from": ["Author"],
    "choices": ["One"],
    "summaries": {"One": "The first."},
    "date_format": "DD-mmm-YYYY",
    "record_formats": ["{date} {url}"],
    "allowed_urls": ["https://example.org/{id}"],
    "refused_urls": ["https://example.com/{rest}"],
    "separator": "line",
    "max_length": 60,
    "sorted": True,
    "leading_zeros": True,
    "version_wildcards": True,
    "major_versions": [3],
    "zero_patch": False,
    "one_person": True,
    "plain_names": True,
    "bare_handles": True,
    "handle_required": True,
    "refused_words": ["Flask"],
    "permanent_urls": True,
    "emails": False,
    "linked_numbers": True,
    "trailing_text": True,
    "repeated": True,
}
"""A value for each option, other than its default."""
KEYS = {field.alias or name for name, field in Header.model_fields.items()}
GENERAL = {"name", "kind", "role", "formerly", "summary", "required", "forbidden", "allow_empty",
           "special_values", "initial"}  # fmt: skip
"""Keys of a header that all kinds have."""


def with_header(role: Role | None, kind: Kind, **options: Any) -> str:
    """Return a process whose header of *role* has another kind; without a role, an extra one."""
    tables = usage.starter()
    tables.pop("list", None)  # it is sorted by a header that must have a date
    header = next((h for h in tables["header"] if role and h.get("role") == role), None)
    if header is None:
        header = {"name": "Extra", **({"role": role} if role else {})}
        tables["header"].append(header)
    for key in {*header} - GENERAL:
        del header[key]
    header["kind"] = kind
    if kind in {"choice", "choices"} and role not in {"status", "type"}:
        header["choices"] = ["One", "Two"]
    if kind in {"record", "records"}:
        header["record_formats"] = [
            "{date} {status} {url}" if role == "history" else "{date} {url}"
        ]
    header.update(options)
    return usage.to_toml(tables)


def line_of(text: str, header: str, key: str) -> int:
    """Return the line of *key* below the name of *header*."""
    lines = text.split("\n")
    start = lines.index(f'name = "{header}"')
    return next(n for n, line in enumerate(lines[start:], start + 1) if line.startswith(f"{key} ="))


def refusal(text: str) -> str:
    with pytest.raises(ProcessError) as caught:
        parse_process(text, "x.toml")
    return str(caught.value)


def test_every_role_and_every_option_has_its_kinds() -> None:
    assert list(kinds.ROLES) == list(ROLES)
    assert list(kinds.KINDS) == list(KINDS)
    assert set(OPTION_KINDS) == set(OPTIONS) == KEYS - GENERAL


@pytest.mark.parametrize("role", ROLES)
def test_a_kind_that_the_readers_of_a_role_cannot_use_is_refused(role: Role) -> None:
    for kind in KINDS:
        text = with_header(role, kind)
        if kind in kinds.ROLES[role].kinds:
            parse_process(text)
            continue
        name = next(h["name"] for h in usage.starter()["header"] + [{"name": "Extra", "role": role}]
                    if h.get("role") == role)  # fmt: skip
        message = refusal(text)
        assert message.startswith(f"x.toml:{line_of(text, name, 'kind')}: header {name!r}: ")
        assert f"the role {role!r} does not go with the kind {kind!r}; write kind = " in message
        assert f'"{kinds.ROLES[role].kinds[0]}"' in message


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "kind"), [(role, kind) for role in ROLES for kind in kinds.ROLES[role].kinds]
)
def test_every_kind_of_a_role_can_be_used(
    role: Role, kind: Kind, tmp_path: Path, parse_in_process: None
) -> None:
    usage.use_everything(tmp_path, with_header(role, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_an_option_that_a_kind_does_not_know_is_refused(kind: Kind) -> None:
    for option, value in OPTIONS.items():
        with_people = {"separator": "line"} if (kind, option) == ("people", "trailing_text") else {}
        text = with_header(None, kind, **with_people, **{option: value})
        if kind in OPTION_KINDS[option]:
            parse_process(text)
            continue
        assert refusal(text).startswith(
            f"x.toml:{line_of(text, 'Extra', option)}: header 'Extra': {option!r} is for the kind "
        )


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_of_a_kind_can_be_used(
    kind: Kind, tmp_path: Path, parse_in_process: None
) -> None:
    options = {option: value for option, value in OPTIONS.items() if kind in OPTION_KINDS[option]}
    usage.use_everything(tmp_path, with_header(None, kind, **options))


@pytest.mark.parametrize(
    ("role", "kind", "options", "key", "message"),
    [
        (None, "date", {"date_format": ["YYYY/MM/DD", "YYYY/MM/DD"]}, "date_format",
         "'date_format' has a format twice; remove one"),
        (None, "records", {"date_format": ["YYYY Month D"]}, "date_format",
         "'YYYY Month D' has blanks, so a record with it could not be read; use YYYY-MM-DD"),
        ("type", "choice", {"trailing_text": True}, "trailing_text",
         "the role 'type' takes a word of its own; remove 'trailing_text'"),
        (None, "people", {"trailing_text": True}, "trailing_text",
         "'trailing_text' of people follows a comma; add separator = \"line\""),
        (None, "choice", {"choices": []}, "kind", "the kind 'choice' needs choices"),
        (None, "choices", {"choices": []}, "kind", "the kind 'choices' needs choices"),
        (None, "choice", {"choices": ["A", "A"]}, "choices", "'choices' has a word twice"),
        (None, "choices", {"choices": ["A, B"]}, "choices", "'A, B' has a comma"),
        (None, "flag", {"choices": ["yes", "no"]}, "choices", "a flag has one choice"),
        ("status", "choice", {"choices": ["Open"]}, "choices", "are those of [[status]]"),
        ("type", "choice", {"choices": ["Open"]}, "choices", "are those of [[type]]"),
        ("history", "records", {"record_formats": ["{date} {url}"]}, "record_formats",
         "needs {date} and {status}, which '{date} {url}' lacks"),
        (None, "record", {"record_formats": []}, "record_formats", "is empty"),
        (None, "record", {"record_formats": ["{date} {date}"]}, "record_formats",
         "has {date} twice"),
        (None, "record", {"record_formats": ["{date} {"]}, "record_formats",
         "has a brace that is no placeholder"),
        (None, "record", {"record_formats": ["{0} {date}"]}, "record_formats",
         "names '0', which is not defined"),
        (None, "record", {"record_formats": ["soon"]}, "record_formats", "has no placeholder"),
        (None, "url", {"allowed_urls": ["https://e.org/{"]}, "allowed_urls",
         "has a brace that is no placeholder"),
        (None, "url", {"refused_urls": ["e.org/{rest}"]}, "refused_urls",
         "matches no URL; begin it with https://"),
        (None, "people", {"distinct_from": ["Extra"]}, "distinct_from", "is this header itself"),
        (None, "people", {"distinct_from": ["Title"]}, "distinct_from", "names no people"),
        (None, "text", {"max_length": -4}, "max_length", "must be a number from 0 to 9999"),
        (None, "text", {"required": "yes"}, "required", "must be true, false or a list"),
        (None, "text", {"allow_empty": 1}, "allow_empty", "must be true or false"),
    ],
)  # fmt: skip
def test_options_that_cannot_work_are_refused(
    role: Role | None, kind: Kind, options: dict[str, Any], key: str, message: str
) -> None:
    text = with_header(role, kind, **options)
    name = "Extra" if role in (None, "history") else str(role).title()
    assert refusal(text).startswith(f"x.toml:{line_of(text, name, key)}: ")
    assert message in refusal(text)


@pytest.mark.parametrize("name", ["Title", "Status", "Number", "Authors", "Url", "History", "Path"])
def test_the_name_of_a_header_is_no_role(name: str, tmp_path: Path, parse_in_process: None) -> None:
    """A header called ``Title`` without that role is a text like any other."""
    tables = usage.starter()
    for header in tables["header"]:
        if header["name"] == name:
            header["name"] = "Renamed"
    tables["header"].append({"name": name, "kind": "text"})
    repository = usage.use_everything(tmp_path, usage.to_toml(tables))
    proposal = repository.corpus(jobs=1).by_number[1]
    assert proposal.values[f"{name.lower()}_header"] == "Some words"
    assert proposal.title == "Follow-up to XEP 1, part 1"
    assert proposal.status == "Draft"


def test_a_header_called_title_is_not_the_heading(tmp_path: Path, parse_in_process: None) -> None:
    tables = usage.starter()
    tables |= {"dialect": "field-list", "title_source": "heading"}
    for header in tables["header"]:
        if header.get("role") == "title":
            del header["role"]
    repository = usage.use_everything(tmp_path, usage.to_toml(tables))
    assert repository.corpus(jobs=1).by_number[1].title == "XEP 1: A title"

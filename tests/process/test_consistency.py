"""Definitions that cannot be used are refused with their line; all others work everywhere."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from hypothesis import given, HealthCheck, settings
from hypothesis import strategies as st

from fep_tools.errors import FepError, ProcessError
from fep_tools.process.forms import fields_of, tables_in
from fep_tools.process.json_schema import table_schema
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY

from ..conftest import ROOT
from . import usage


def with_tables(**changed: Any) -> dict[str, Any]:
    """Return the process of ``fep init`` with further tables, or others."""
    tables = usage.starter()
    for key, value in changed.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            tables[key] = [*tables.get(key, []), *value]
        else:
            tables[key] = value
    return tables


def edited(table: str, position: int, **changed: Any) -> dict[str, Any]:
    """Return the same with some keys of one of its tables changed."""
    tables = usage.starter()
    tables[table][position] |= changed
    return tables


ROLE = {"name": "issue", "url": "https://example.org/{0}"}
REDIRECT = [{"from": 5, "to": 6}, {"from": 6, "to": 5}]


@pytest.mark.parametrize(
    ("tables", "line", "message"),
    [
        # Numbers
        (with_tables(review_days=-4), "review_days", "must be a number from 0 to "),
        (with_tables(review_days=10**30), "review_days", "must be a number from 0 to "),
        (with_tables(review_days=True), "review_days", "must be a number from 0 to "),
        (with_tables(first_number=10**9), "first_number", "must be a number from 0 to "),
        (edited("status", 0, rank=-1), "rank", "must be a number from 0 to "),
        (edited("status", 0, settled=1), "settled", "must be true or false"),
        (edited("status", 0, settled="no"), "settled", "must be true or false"),
        (with_tables(exempt=[{"number": 1, "code": "H101", "reason": "x", "until": "soon"}]),
         "until", "must be a date, such as 2027-01-31"),
        (with_tables(exempt=[{"number": -1, "code": "H101", "reason": "x"}]), "number = -1",
         "must be a number from 0 to "),
        (with_tables(reserved=[{"number": 13, "reason": "x"}] * 2), None, "is reserved twice"),
        (
            with_tables(reserved=[{"number": 9, "last": 13, "reason": "x"},
                                  {"number": 13, "reason": "x"}]),
            None,
            "the number 13 is reserved twice",
        ),
        (
            with_tables(reserved=[{"number": 9, "last": 8, "reason": "x"}]),
            None,
            "'last' is 8, which is before 9",
        ),
        (with_tables(redirect=[{"from": 5, "to": 5}]), "from = 5", "leads back to itself"),
        (with_tables(redirect=REDIRECT), "from = 6", "leads back to itself"),
        (with_tables(redirect=[{"from": 5, "to": 1}, {"from": 5, "to": 2}]), None,
         "is redirected twice"),
        # Empty definitions
        (with_tables(status=[]), "status =", "must be a list of tables; write [[status]]"),
        (with_tables(type=[]), 'role = "type"',
         "the role 'type' needs types; add a table [[type]] for each, or remove the role"),
        (with_tables(index=[]), "index =", "must be a list of tables; write [[index]]"),
        (with_tables(name=""), "name =", "must be a string in quotes, on one line"),
        (with_tables(name="a\nb"), "name =", "must be a string in quotes, on one line"),
        (with_tables(summary="a\x00b"), "summary =", "without control characters"),
        (edited("transition", 0, to=[]), "to =", "must be a list of strings"),
        (edited("header", 0, formerly=[""]), "formerly =", "must be a list of strings"),
        # URLs
        (with_tables(url="https://example.org/{0:99}"), "url =", "a brace that is no placeholder"),
        (with_tables(url="https://example.org/{n}"), "url =", "a brace that is no placeholder"),
        (with_tables(url="example.org"), "url =", "must be a string with a URL"),
        (with_tables(url_prefixes=["example.org"]), "url_prefixes =",
         'must be a list of strings, such as ["https://example.org/"]'),
        (with_tables(repository={"url": "https://e.org/{x}"}), "url =", "has a brace"),
        (with_tables(repository={"url": "https://e.org", "file_url": "{url}/{file}"}), "file_url =",
         "has a brace that is no placeholder; use {url} or {path}"),
        (with_tables(role=[ROLE | {"text": "{1}"}]), "text =", "a brace that is no placeholder"),
        (with_tables(role=[ROLE | {"url": "https://example.org/"}]), "url =", "must contain {0}"),
        (with_tables(role=[ROLE | {"name": "Is sue"}]), "name =", "a string of lower-case letters"),
        (with_tables(role=[ROLE | {"name": "xep"}]), 'name = "xep"', "links to your proposals"),
        (with_tables(literal_roles=["xep"]), "literal_roles", "is a link"),
        # Links in headers, and banners
        (with_tables(link=[{"pattern": "{nix}@e.org", "text": "x"}]), "pattern =",
         "has a brace that is no placeholder; use {slug}"),
        (with_tables(link=[{"pattern": [], "text": "x"}]), "pattern =", "must be an address"),
        (with_tables(link=[{"pattern": "list@e.org", "names": ["a"], "text": "x"}]), "names =",
         "'names' needs {name} in each pattern"),
        (with_tables(link=[{"pattern": ["{name}@e.org", "a@e.org"], "text": "{name}"}]), "text =",
         "'{name}' is not in each pattern of the link"),
        (with_tables(link=[{"pattern": "{name}@e.org", "text": "x", "url": "https://e.org/{id}"}]),
         "url =", "'{id}' is not in each pattern of the link"),
        (with_tables(link=[{"pattern": "{name}@e.org", "text": "x}"}]), "text =",
         "is not in each pattern"),
        (with_tables(banner=[{"name": "old", "text": "x", "text_with": "y"}]), "text_with =",
         "'text_with' must contain {0}"),
        (with_tables(banner=[{"name": "old", "text": "x", "text_with": "{0} {1}"}]), "text_with =",
         "has a brace that is no placeholder; use {0}"),
        (edited("header", 0, summaries={"x": 1}), "summaries", "must be a table of texts"),
        (edited("header", 0, summaries={"x": "y"}), "summaries", "is for the kind choice"),
        (with_tables(header=[{"name": "Field", "kind": "choice", "choices": ["A"],
                              "summaries": {"B": "x"}}]), None,
         "header 'Field': 'B' is none of its choices; use A"),
        (with_tables(index=[{"title": "None", "statuses": ["Draft"],
                             "also": [{"statuses": ["Drafty"]}]}]), "also =",
         "index group 'None' names 'Drafty', which is not defined; did you mean Draft?"),
        (with_tables() | {"index": [{"title": "All", "statuses": ["Draft"], "title_words": ["x"]}]},
         None, "no index group has the status 'Draft'"),
        # Addresses
        (with_tables(alias=[{"from": "../x", "to": ""}]), "from =", "must be a path on the site"),
        (with_tables(alias=[{"from": "a/.b", "to": ""}]), "from =", "must be a path on the site"),
        (with_tables(alias=[{"from": "a", "to": "/"}]), "to =", "must be the name of a page"),
        (with_tables(index_number=-1), "index_number =", "must be a number from 0"),
        (with_tables(pages=[{"directory": "../x", "path": "x"}]), "directory =",
         "no path inside the repository"),
        (with_tables(pages=[{"directory": "p/x-*", "path": "x"}]), "path =", "may have one * each"),
        (with_tables(pages=[{"directory": "*/x", "path": "x-*"}]), "path =", "may have one * each"),
        (with_tables(copy=[{"from": "../x.json", "to": "x.json"}]), "from =",
         "no path inside the repository"),
        (with_tables(copy=[{"from": "x.html", "to": "x.html"}]), "to =",
         "must be a path on the site that ends in .csv, .ics"),
        (with_tables(copy=[{"from": "a.json", "to": "x.json"}], feed=[{"path": "x.json"}]), "to =",
         "the site has something else at x.json"),
        (with_tables(json=[{"path": "api/proposals.json", "keys": [{"key": "a", "url": True}]}]),
         "path =", "something else at api/proposals.json"),
        (with_tables(json=[{"path": "x.json", "keys": []}]), "keys =", "must be a list of tables"),
        (with_tables(json=[{"path": "x.json", "keys": [{"key": "a", "header": "Titel"}]}]),
         "keys =", "the JSON file x.json names 'Titel', which is not defined; did you mean Title?"),
        (with_tables(json=[{"path": "x.json", "keys": [{"key": "a"}]}]), "keys =",
         "the key 'a' needs either 'header' or url = true"),
        (with_tables(json=[{"path": "x.json", "keys": [{"key": "a", "url": True}] * 2}]), "keys =",
         "the key 'a' is defined twice"),
        # Paths
        (with_tables(files={"pattern": "p/{number}.rst", "include": ["q/*.rst"]}), "include =",
         "a new proposal would be p/1.rst, which 'include' does not match"),
        (with_tables(files={"pattern": "p/{number}.rst", "include": ["p/*.rst"],
                            "exclude": ["p/1.rst"]}), "include =", "does not match"),
        (with_tables(files={"pattern": "{number}.rst", "include": ["../*.rst"]}), "include =",
         "no path inside the repository"),
        (with_tables(files={"pattern": "{number}.rst", "include": []}), "include =",
         "must be a list of strings"),
        (edited("type", 0, template="../../x.rst"), "template =", "the name of a file in the"),
        (edited("type", 1, template="none.rst"), 'template = "none.rst"',
         "the template 'none.rst' cannot be read"),
        # Names
        (edited("status", 0, formerly=["Final"]), "formerly =", "is the name of a status today"),
        (with_tables(status=[]) | {"status": [
            {"name": "Draft", "summary": "x", "formerly": ["Old"]},
            {"name": "Done", "summary": "x", "formerly": ["old"]}]}, None, None),
        (with_tables(header=[{"name": "discussions to", "kind": "text"},
                             {"name": "Discussions to", "kind": "text"}]), "name = \"Discuss",
         "too similar to"),
        (edited("header", 0, name="X: Y"), 'name = "X: Y"', "could not be read as 'X: Y: x'"),
        (edited("transition", 0, **{"from": "Draft", "to": ["Draft"]}), "to =", "the same status"),
        (with_tables(section=[{"title": "Abstract"}]), None, "is defined twice"),
        (with_tables(list=[{"title": "A b"}, {"title": "a-B"}]), 'title = "a-B"',
         "has the URL of list"),
        (with_tables(list=[{"title": "A", "slug": "x"}, {"title": "B", "slug": "x"}]), None,
         "is defined twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_line(
    tables: dict[str, Any], line: str | None, message: str | None, tmp_path: Path
) -> None:
    text = usage.to_toml(tables)
    with pytest.raises(ProcessError) as caught:
        usage.use_everything(tmp_path, text)
    found = re.match(r"(?:.*/)?fep/process.toml:(\d+): ", str(caught.value))
    assert found, caught.value
    if line is not None:
        assert text.split("\n")[int(found[1]) - 1].startswith(line)
    assert message is None or message in str(caught.value)


@pytest.mark.parametrize(
    ("acronym", "is_usable"),
    [("xep", True), ("X2", True), ("C++P", False), ("A.B", False), ("ÄEP", False), ("7X", False),
     ("", False), ("X" * 17, False), ("^(a+)+$", False)],
)  # fmt: skip
def test_an_acronym_works_or_is_refused(
    acronym: str, is_usable: bool, tmp_path: Path, parse_in_process: None
) -> None:
    text = usage.to_toml(with_tables(acronym=acronym))
    if is_usable:
        usage.use_everything(tmp_path, text)
        return
    with pytest.raises(ProcessError, match="'acronym' must be 1 to 16 letters and digits"):
        parse_process(text)


def reduced() -> dict[str, Any]:
    """Return a process with a single status, and without topics, relations or sections."""
    tables = usage.starter()
    for key in ("transition", "section", "list"):
        tables.pop(key, None)
    tables["status"] = [{"name": "Open", "summary": "x"}]
    tables["index"] = [{"title": "All", "statuses": ["Open"]}]
    roles = {"number", "title", "authors", "status", "type", "created"}
    tables["header"] = [header for header in tables["header"] if header.get("role") in roles]
    return tables


def without(*roles: str) -> dict[str, Any]:
    """Return a process without the headers of some roles, and without types if one is theirs."""
    tables = reduced()
    tables["header"] = [header for header in tables["header"] if header["role"] not in roles]
    if "type" in roles:
        del tables["type"]
    return tables


@pytest.mark.parametrize(
    "tables",
    [
        reduced(),
        without("number"),
        without("type"),
        without("created"),
        without("number", "type", "created"),
        with_tables(literal_roles=["*"]),
        with_tables(ignored_directives=["*"]),
        with_tables(literal_roles=["[", "**", "py:*"]),
        with_tables(index=[{"title": "提案", "statuses": ["Draft"]},
                           {"title": "草案", "statuses": ["Draft"]}]),
        with_tables(list=[{"title": "提案"}, {"title": "草案"}]),
        edited("type", 0, name="^(a+)+$ {0} %s <b>"),
        with_tables(summary="Vorschläge\nfür « C++ »"),
    ],
)  # fmt: skip
def test_unusual_processes_work(
    tables: dict[str, Any], tmp_path: Path, parse_in_process: None
) -> None:
    usage.use_everything(tmp_path, usage.to_toml(tables))


def test_text_in_single_quotes_is_reported_where_all_roles_are_literal(
    tmp_path: Path, parse_in_process: None
) -> None:
    """The pattern ``*`` matches the missing name of a role, too."""
    tables = with_tables(literal_roles=["*"])
    repository = usage.use_everything(tmp_path, usage.to_toml(tables))
    codes = {finding.code for finding in repository.check(usage.OPTIONS).diagnostics}
    assert "B008" in codes
    assert "B004" not in codes


# Any value of any key -------------------------------------------------------------------------

WRONG = [
    -4, 0, 20000, 10**30, 1.5, True, "", " ", "yes", "x", "a\nb", "{foo}", "{", "{0}", "%s",
    "^(a+)+$", "*", "..", "../x", "/etc/passwd", "é", "\x00", "x" * 3000, [], [""], ["x"], ["*"],
    ["{foo}"], [1], [[]], [{}], {}, {"a": 1}, "Title", "Draft", ["Draft"], ["Draft", "Draft"],
]  # fmt: skip

COMPLETE: dict[str, Any] = with_tables(
    role=[{"name": "issue", "url": "https://example.org/{0}", "text": "issue {0}",
           "url_prefixes": ["https://example.org/"]}],
    inventory=[{"name": "p", "url": "https://example.org/", "file": "p.inv"}],
    banner=[{"name": "old", "text": "Old", "statuses": ["Draft"]}],
    link=[{"pattern": "{name}@example.org", "text": "{name} list"}],
    alias=[{"from": "numerical", "to": "number"}],
    pages=[{"directory": "docs", "path": "docs"}],
    feed=[{"path": "new.rss"}],
    copy=[{"from": "data.json", "to": "data.json"}],
    json=[{"path": "api/x.json", "keys": [{"key": "title", "header": "Title"}]}],
    exempt=[{"number": 1, "code": "header-order", "reason": "x"}],
    reserved=[{"number": 13, "reason": "x"}],
    redirect=[{"from": 5, "to": 1}],
    list=[{"title": "L", "slug": "l", "statuses": ["Draft"], "sort_by": "Created"}],
    repository={"url": "https://example.org/r"},
    notes={"section": "Notes", "frameworks": "fep/frameworks.toml"},
    extensions={"section": "Notes", "watched": "fep/extensions.toml"},
    section=[{"title": "Notes"}],
)  # fmt: skip
"""A process with every table."""


def keys_of(tables: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """Yield every key that a process file may have, in one table of each kind."""
    for table, field in fields_of(Process, ()).items():
        yield (table,)
        for key in fields_of(Process, (table,)) if any(tables_in(field.annotation)) else ():
            yield (table, key) if isinstance(tables[table], dict) else (table, 0, key)


KEYS = list(keys_of(COMPLETE))


_SCHEMA = table_schema(Process)
SCHEMA = jsonschema.Draft202012Validator(_SCHEMA)


def value_at(key: tuple[str | int, ...], value: object) -> dict[str, Any]:
    tables = copy.deepcopy(COMPLETE)
    parent: Any = tables
    for part in key[:-1]:
        parent = parent[part]
    parent[key[-1]] = value
    return tables


def changed(key: tuple[str | int, ...], value: object) -> str:
    return usage.to_toml(value_at(key, value))


def is_in_schema(key: tuple[str | int, ...], value: object) -> bool:
    """Return whether the schema allows a value; all other tables are as it wants them."""
    table = value_at(key, value)[str(key[0])]
    validator = SCHEMA.evolve(schema=_SCHEMA["properties"][key[0]])
    return validator.is_valid(table[:1] if isinstance(table, list) and len(key) > 1 else table)


def test_the_schema_allows_the_complete_process() -> None:
    assert SCHEMA.is_valid(COMPLETE)
    assert is_in_schema(("acronym",), "XEP")
    assert not is_in_schema(("acronym",), 5)


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS, ids=lambda key: ".".join(map(str, key)))
def test_a_wrong_value_is_refused_with_a_line(key: tuple[str | int, ...]) -> None:
    for value in WRONG:
        try:
            parse_process(changed(key, value), "x.toml")
        except ProcessError as problem:
            message = str(problem)
        else:
            assert is_in_schema(key, value), value
            continue
        assert re.match(r"x\.toml:\d+: ", message), value


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(KEYS), value=st.sampled_from(WRONG) | st.text() | st.integers())
def test_a_process_is_refused_or_works_everywhere(
    parse_in_process: None, key: tuple[str | int, ...], value: object
) -> None:
    with TemporaryDirectory() as directory:
        try:
            text = changed(key, value)
            text.encode()
        except UnicodeError:
            return  # a lone surrogate is no file
        try:
            usage.use_everything(Path(directory), text)
        except FepError as problem:
            message = str(problem)
        else:
            return
    assert re.match(r"(?:.*/)?fep/process.toml:\d+: |.*: larger than", message)


@pytest.mark.parametrize("name", ["fep", "dep", "glep", "nep", "pep", "rep", "slep"])
def test_shipped_processes_work_everywhere(
    name: str, tmp_path: Path, parse_in_process: None
) -> None:
    path = ROOT / "fep/process.toml" if name == "fep" else BUILTIN_DIRECTORY / f"{name}.toml"
    text = re.sub('(?m)^template = ".*"$', 'template = "proposal.rst"', path.read_text("utf-8"))
    usage.use_everything(tmp_path, text)

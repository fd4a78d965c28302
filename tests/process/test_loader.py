"""Process files: what they may say, and that every name in them must be defined."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fep_tools.diagnostics import Severity
from fep_tools.errors import ProcessError, RepositoryError
from fep_tools.process import loader
from fep_tools.process.forms import fields_of, tables_in
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY, find_process

ROOT = Path(__file__).parents[2]

TEXT = (ROOT / "fep" / "process.toml").read_text("utf-8")
ALL = [ROOT / "fep" / "process.toml", *sorted(BUILTIN_DIRECTORY.glob("*.toml"))]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_built_in_processes_can_be_loaded(path: Path) -> None:
    process = load_process(path)
    assert process.initial_status.name == "Draft"
    assert all(header.summary for header in process.headers)


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        # Keys
        ('acronym = "FEP"', 'acronim = "FEP"', 'acronim',
         "unknown key 'acronim'; did you mean acronym?"),
        ('\n[[status]]', '\n[[statuses]]', '[[statuses]]',
         "unknown key 'statuses'; did you mean status?"),
        ('required = true', 'required = [{ status = ["Draft"] }]', 'status = ["Draft"]',
         "unknown key 'status'; did you mean statuses?"),
        ('required = true', 'required = [{ zzz = 1 }]', 'zzz',
         "unknown key 'zzz'; use statuses, types, with or without"),
        ('\n[files]', '\n[repository]\nadress = "x"\n\n[files]', 'adress',
         "unknown key 'adress'; use url, file_url, history_url, commit_url, edit_url or lines_url"),
        ('pattern = "proposals', 'patern = "proposals', 'patern',
         "unknown key 'patern'; did you mean pattern?"),
        ('role = "number"\n', 'role = "number"\nnames = "X"\n', 'names = "X"',
         "unknown key 'names'; did you mean name?"),
        ('summary = "A change to Flask', '# summary = "', '[[type]]',
         "the key 'summary' is missing"),
        # Choices
        ('kind = "number"', 'kind = "numbre"', 'numbre',
         "'numbre' is not a kind; did you mean number?"),
        ('kind = "number"', 'kind = "persons"', 'persons',
         ("'persons' is not a kind; use one of text, choice, choices, flag, number, numbers, date, "
          "version, versions, url, urls, people, record, records, symbols")),
        ('dialect = "rfc2822"', 'dialect = "x"', 'dialect',
         ("'x' is not a dialect; use one of rfc2822, field-list, directives, paragraphs, yaml, "
          "bullet-list, code-block")),
        ('role = "created"', 'role = "create"', '"create"',
         "'create' is not a role; did you mean created?"),
        ('to = ["Final"]\n', 'to = ["Final"]\nlevel = 3\n', 'level = 3',
         "3 is not a level; use one of allowed, unusual"),
        # Types of values
        ('required = true', 'required = "maybe"', 'maybe',
         ("'required' must be true, false or a list of conditions, such as "
          '[{ statuses = ["Draft"] }]')),
        ('required = true', 'required = ["Draft"]', 'required = ["Draft"]',
         ("'required' must be true, false or a list of conditions, such as "
          '[{ statuses = ["Draft"] }]')),
        ('required = true', 'required = [{ statuses = "Draft" }]', 'statuses = "Draft"',
         "'statuses' must be a list of strings, such as [\"Draft\"]"),
        ('review_days = 14', 'review_days = 1.5', 'review_days',
         "'review_days' must be a number from 0 to 9999"),
        ('max_length = 79', 'max_length = "many"', 'many',
         "'max_length' must be a number from 0 to 9999"),
        ('review_days = 14', 'editors = "Ada"', 'editors',
         "'editors' must be a list of strings, such as [\"Ada Lovelace\"]"),
        ('review_days = 14', 'editors = [7]', 'editors',
         "'editors' must be a list of strings, such as [\"Ada Lovelace\"]"),
        ('to = ["Review", "Deferred", "Withdrawn"]', 'to = "Review"', 'to = "Review"',
         "'to' must be a list of strings, such as [\"Draft\"]"),
        ('acronym = "FEP"', 'acronym = 7', 'acronym',
         "'acronym' must be 1 to 16 letters and digits, starting with a letter"),
        ('acronym = "FEP"', 'acronym = "F-P"', 'acronym',
         "'acronym' must be 1 to 16 letters and digits, starting with a letter"),
        ('name = "Draft"', 'name = 7', 'name = 7',
         "'name' must be a string in quotes, on one line and without blanks at its ends"),
        ('settled = true', 'settled = "perhaps"', 'perhaps', "'settled' must be true or false"),
        ('\n[files]', '\n[[files]]', '[[files]]',
         "'files' must be a table; write [files] above it"),
        ('review_days = 14', 'redirect = 3', 'redirect = 3',
         "'redirect' must be a list of tables; write [[redirect]] above each"),
        ('kind = "number"', 'kind = "number"\nmajor_versions = ["x"]', 'major_versions',
         "'major_versions' must be a list of whole numbers, such as [1, 2]"),
        # Names
        ('needs = ["Flask-Version", "Upstream"]', 'needs = ["Flask-Versoin"]', 'Flask-Versoin',
         ("the transition from 'Accepted' names 'Flask-Versoin', which is not defined; "
          "did you mean Flask-Version?")),
        ('needs = ["Superseded-By"]', 'needs = ["Superseeded-By"]', 'Superseeded-By',
         ("the transition from 'Active' names 'Superseeded-By', which is not defined; "
          "did you mean Superseded-By?")),
        ('to = ["Review", "Deferred", "Withdrawn"]', 'to = ["Zzz"]', 'Zzz',
         ("the transition from 'Draft' names 'Zzz', which is not defined; use Draft, Review, "
          "Accepted, Active, Final, Deferred, Rejected, Withdrawn or Superseded")),
        ('types = ["Standards Track"]', 'types = ["Standard"]', '"Standard"',
         "status 'Accepted' names 'Standard', which is not defined; did you mean Standards Track?"),
        ('kind = "number"', 'kind = "number"\nrecord_formats = ["{url}", "{datum}"]', 'datum',
         "header 'FEP' names 'datum', which is not defined; did you mean date?"),
        ('required = true', 'required = [\n  {},\n  { with = ["Titel"] },\n]', 'Titel',
         "header 'FEP' names 'Titel', which is not defined; did you mean Title?"),
        ('sort_by = "Review-Until"', 'sort_by = "Status"', 'sort_by = "Status"',
         ("list 'In review': sort_by must name a header of kind date: "
          "Created, Review-Until or Review-By")),
        ('name = "Review"', 'name = "Draft"', None, "status 'Draft' is defined twice"),
        ('role = "created"', 'role = "status"', None, "the role 'status' is defined twice"),
        # Whole definitions
        ('statuses = ["Review"]\n\n[[index]]', 'statuses = ["Draft"]\n\n[[index]]',
         'name = "Review"',
         "no index group has the status 'Review'; add it to one"),
        ('role = "status"\n', "", '[[header]]',
         "no header has the role 'status'; add role = \"status\" to one"),
        ('role = "type"\n', "", '[[type]]',
         "no header has the role 'type'; add role = \"type\" to one, or remove [[type]]"),
        ('pattern = "proposals/fep-{number:04}.rst"', 'pattern = "fep.rst"', 'pattern',
         "'pattern' must contain {number}, and may contain {status} and {slug}"),
        ('pattern = "proposals/fep-{number:04}.rst"', 'pattern = "{slug}-{slug}-{number}.rst"',
         'pattern', "'pattern' may contain {slug} twice: in the name of a directory and a file"),
        ('pattern = "proposals/fep-{number:04}.rst"', 'pattern = "{slug}/{slug}/{slug}/{number}"',
         'pattern', "'pattern' may contain {slug} twice: in the name of a directory and a file"),
        ('include = ["proposals/*.rst"]', 'include = ["proposals/*.rst"]\nimages = ["../a"]',
         'images',
         "'images' must be directories inside the repository, such as docs/images"),
    ],
)  # fmt: skip
def test_errors_have_the_line_and_what_to_write(
    old: str, new: str, at: str | None, message: str
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    # The first line with the text *at*; or else, of a definition that is there twice, the second.
    numbers = [n for n, line in enumerate(text.split("\n"), 1) if (at or new) in line]
    line = numbers[0] if at else numbers[1]
    with pytest.raises(ProcessError) as caught:
        parse_process(text, "x.toml")
    assert str(caught.value) == f"x.toml:{line}: {message}"


# Every key of the tables that this repository's process file has, with its table.
KEYS = [
    *((None, key) for key in fields_of(Process, ())),
    *(
        (table, key)
        for table, field in fields_of(Process, ()).items()
        if any(tables_in(field.annotation))
        for key in fields_of(Process, (table,))
    ),
]


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_every_key_has_a_message_for_a_value_of_another_type(table: str | None, key: str) -> None:
    process = tomllib.loads(TEXT)
    parent: Any = process
    if table is not None:
        parent = process.setdefault(
            table, {} if table in ("files", "repository", "notes") else [{}]
        )
        parent = parent[0] if isinstance(parent, list) else parent
    parent[key] = 1979.5
    with pytest.raises(ValidationError) as caught:
        Process.model_validate(process)
    wrong = [error for error in caught.value.errors() if key in error["loc"]]
    for error in wrong:
        message = loader._describe(Process, loader._path(process, error["loc"]), error)
        assert re.match(rf"'{key}' must be (a|the|true|at most|1 to) ?|1979.5 is not a ", message)
    assert wrong


@pytest.mark.parametrize("level", ['"fatal"', "1", "[]", "{ a = 1 }"])
def test_a_level_that_is_none_is_reported_on_its_line(level: str) -> None:
    text = TEXT.replace("[severity]", f'[severity]\nH103 = "error"\nB020 = {level}')
    line = text.partition("B020 = ")[0].count("\n") + 1
    with pytest.raises(ProcessError, match=f"^process.toml:{line}: .* is not a level; use error, "):
        parse_process(text)


def test_levels_of_rules_are_read() -> None:
    text = TEXT.replace("[severity]", '[severity]\nH103 = "warning"')
    levels = parse_process(text).severity
    assert levels == {"H103": Severity.WARNING, "link-branch": Severity.WARNING}


def test_a_missing_file_is_a_process_error(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="cannot be read"):
        load_process(tmp_path / "no.toml")


def test_find_process_prefers_what_is_requested(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("own", "utf-8")
    (tmp_path / "other.toml").write_text("other", "utf-8")
    assert find_process(tmp_path, None, "own.toml") == (str(tmp_path / "own.toml"), "own")
    other = str(tmp_path / "other.toml")
    assert find_process(tmp_path, other, "own.toml") == (other, "other")
    name, text = find_process(tmp_path, "pep", "own.toml")
    assert name == "pep.toml"
    assert 'acronym = "PEP"' in text


@pytest.mark.parametrize(
    ("requested", "message"),
    [
        (
            None,
            r"no own.toml; .* --process FILE or --process NAME \(dep, glep, nep, pep, rep, slep\)",
        ),
        ("pepp", r"there is no process pepp; did you mean pep\?"),
        ("/no/such.toml", "/no/such.toml: cannot be read: no such file or directory"),
    ],
)
def test_find_process_explains_what_is_missing(
    requested: str | None, message: str, tmp_path: Path
) -> None:
    with pytest.raises((ProcessError, RepositoryError), match=message):
        find_process(tmp_path, requested, "own.toml")


def test_a_missing_process_file_of_the_settings_is_reported_there(tmp_path: Path) -> None:
    message = r"^pyproject.toml:81: 'process' names x.toml, which does not exist; "
    with pytest.raises(RepositoryError, match=message):
        find_process(tmp_path, None, "x.toml", "pyproject.toml:81")

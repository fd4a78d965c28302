"""Process files: what they may say, and that every name in them must be defined."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.errors import ProcessError, RepositoryError
from fep_tools.process.loader import load_process, parse_process
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
    ("old", "new", "message"),
    [
        ('acronym = "FEP"', 'acronim = "FEP"', r"x.toml:7: unknown key 'acronim'|'acronym' is mis"),
        ('needs = ["Flask-Version", "Upstream"]', 'needs = ["Flask-Versoin"]',
         r"the transition from 'Accepted' names 'Flask-Versoin', .*did you mean Flask-Version\?"),
        ('to = ["Review", "Deferred", "Withdrawn"]', 'to = ["Reviewed"]', "did you mean Review"),
        ('statuses = ["Review"]\n\n[[index]]', 'statuses = ["Draft"]\n\n[[index]]',
         "no index group has the status 'Review'"),
        ('kind = "number"', 'kind = "numbre"', "header kind is 'numbre'; write number"),
        ('name = "Review"', 'name = "Draft"', "status 'Draft' is defined twice"),
        ('role = "created"', 'role = "topics"', "twice|no header has the role"),
        ('role = "created"\n', "", "no header has the role 'created'"),
        ('role = "created"', 'role = "creation"', r"header role is 'creation'; write \w+"),
        ('pattern = "proposals/fep-{number:04}.rst"', 'pattern = "fep.rst"', "needs {number}"),
        ('types = ["Standards Track"]', 'types = ["Standard"]', "Standards Track"),
        ('max_length = 79', 'max_length = "many"', "max_length"),
    ],
)  # fmt: skip
def test_errors_have_the_line_and_what_to_write(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ProcessError, match=message) as caught:
        parse_process(TEXT.replace(old, new, 1), "x.toml")
    assert str(caught.value).startswith("x.toml:")


def test_an_undefined_name_is_reported_on_its_own_line() -> None:
    text = TEXT.replace('needs = ["Superseded-By"]', 'needs = ["Superseeded-By"]', 1)
    line = text.split("\n").index('needs = ["Superseeded-By"]') + 1
    with pytest.raises(ProcessError, match=f"x.toml:{line}: "):
        parse_process(text, "x.toml")


def test_a_missing_file_is_a_process_error(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="cannot be read"):
        load_process(tmp_path / "no.toml")


def test_an_unknown_key_of_a_nested_table_is_reported() -> None:
    text = TEXT.replace("\n[files]", '\n[repository]\nadress = "x"\n\n[files]', 1)
    with pytest.raises(ProcessError, match="unknown key 'adress'"):
        parse_process(text)


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
        (None, r"no own.toml; name a process with --process FILE or --process NAME \(dep, pep\)"),
        ("pepp", r"there is no process pepp; did you mean pep\?"),
        ("/no/such.toml", "/no/such.toml: cannot be read: no such file or directory"),
    ],
)
def test_find_process_explains_what_is_missing(
    requested: str | None, message: str, tmp_path: Path
) -> None:
    with pytest.raises((ProcessError, RepositoryError), match=message):
        find_process(tmp_path, requested, "own.toml")

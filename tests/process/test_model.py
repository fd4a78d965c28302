"""Processes: what a file may say, and that every name in it is one that it defines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fep_tools.errors import ProcessError
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.schema import any_applies, Condition
from fep_tools.process.source import BUILTIN_DIRECTORY

ROOT = Path(__file__).parents[2]

TEXT = (ROOT / "fep" / "process.toml").read_text("utf-8")
ALL = [ROOT / "fep" / "process.toml", *sorted(BUILTIN_DIRECTORY.glob("*.toml"))]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_shipped_processes_are_sound(path: Path) -> None:
    process = load_process(path)
    assert process.initial_status.name == "Draft"
    assert all(header.summary for header in process.headers)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('acronym = "FEP"', 'acronim = "FEP"', r"x.toml:7: unknown key 'acronim'|'acronym' is mis"),
        ('needs = ["Flask-Version", "Upstream"]', 'needs = ["Flask-Versoin"]',
         r"the transition from 'Accepted' names 'Flask-Versoin', .*did you mean 'Flask-Version'\?"),
        ('to = ["Review", "Deferred", "Withdrawn"]', 'to = ["Reviewed"]', "did you mean 'Review'"),
        ('statuses = ["Review"]\n\n[[index]]', 'statuses = ["Draft"]\n\n[[index]]',
         "no index group holds the status 'Review'"),
        ('kind = "number"', 'kind = "numbre"', "header kind is 'numbre'; write number"),
        ('name = "Review"', 'name = "Draft"', "status 'Draft' is defined twice"),
        ('role = "created"', 'role = "topics"', "twice|no header has the role"),
        ('role = "created"\n', "", "no header has the role 'created'"),
        ('role = "created"', 'role = "creation"', r"header role is 'creation'; write \w+"),
        ('pattern = "proposals/fep-{number:04}.rst"', 'pattern = "fep.rst"', "needs {number}"),
        ('types = ["Standards Track"]', 'types = ["Standard"]', "Standards Track"),
        ('max_length = 79', 'max_length = "many"', "max_length"),
        ('level', 'level', None),
    ],
)  # fmt: skip
def test_a_process_is_closed(old: str, new: str, message: str | None) -> None:
    if message is None:
        assert parse_process(TEXT).acronym == "FEP"
        return
    assert old in TEXT
    with pytest.raises(ProcessError, match=message) as caught:
        parse_process(TEXT.replace(old, new, 1), "x.toml")
    assert str(caught.value).startswith("x.toml:")


def test_a_misspelt_name_is_told_with_its_own_line() -> None:
    text = TEXT.replace('needs = ["Superseded-By"]', 'needs = ["Superseeded-By"]', 1)
    line = text.split("\n").index('needs = ["Superseeded-By"]') + 1
    with pytest.raises(ProcessError, match=f"x.toml:{line}: "):
        parse_process(text, "x.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="cannot be read"):
        load_process(tmp_path / "no.toml")


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ({}, True),
        ({"statuses": ["Final"]}, True),
        ({"statuses": ["Draft"]}, False),
        ({"types": ["Process"]}, False),
        ({"with": ["Retroactive"]}, False),
        ({"with": ["Title"]}, True),
        ({"without": ["Title"]}, False),
    ],
)
def test_when(row: dict[str, Any], holds: bool) -> None:
    when = Condition.model_validate(row)
    assert when.applies("Final", "Standards Track", ["Title"]) is holds
    assert any_applies((when,), "Final", "Standards Track", ["Title"]) is holds
    assert any_applies(True, None, None, ()) is True


def test_questions(process: Process) -> None:
    assert process.header_name("superseded_by") == "Superseded-By"
    assert process.header_name("posts") == "posts"
    assert process.header_for("created") is process.header("Created")
    assert process.status("Draft") is process.initial_status
    assert process.status(None) is None
    assert process.label(7) == "FEP 7"
    assert process.label(None) == "FEP"
    group = process.index_group("Withdrawn", "Process")
    assert group is not None
    assert group.title == "Rejected and withdrawn"
    assert process.index_group("Nonsense", None) is None
    assert "Backwards Compatibility" not in [s.title for s in process.sections_for("Process")]


def test_the_name_of_a_file_says_its_number() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    assert dep.files.match("final/0008-black.rst") == {
        "status": "final",
        "number": "0008",
        "slug": "black",
    }
    assert dep.files.match("README.rst") is None
    assert dep.path_for_new(9, "Async  Django!") == "draft/0009-async-django.rst"
    assert dep.path_for_new(9, "日本") == "draft/0009-untitled.rst"

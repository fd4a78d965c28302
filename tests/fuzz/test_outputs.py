"""Everything that is printed about any proposals: complete, and in its format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree

import jsonschema
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from fep_tools._text import bare_text
from fep_tools.catalog import schemas
from fep_tools.cli.main import run
from fep_tools.cli.output import FORMATS
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.proposals import loader
from fep_tools.proposals.body import Body
from fep_tools.proposals.rst.parser import parse_body_safely
from fep_tools.proposals.vocabulary import Vocabulary

from ..conftest import ROOT
from ..history import histories
from ..lint.reporters import requirements
from . import strategies
from .budget import examples
from .strategies import process_named
from .test_findings import check_text

SCHEMAS = {
    "gitlab": requirements.GITLAB,
    "rdjson": requirements.RDJSON,
    "sarif": requirements.SARIF,
}


@cache
def schema(name: str) -> Any:
    return json.loads(schemas.json_schema(name))


def assert_has_format(name: str, text: str) -> None:
    """Assert that a report can be read by the programs that it is for."""
    text.encode()
    match name:
        case "json":
            jsonschema.validate(json.loads(text), schema("check"))
        case "gitlab" | "rdjson" | "sarif":
            jsonschema.validate(json.loads(text), SCHEMAS[name])
        case "json-lines" | "rdjsonl":
            for line in text.splitlines():
                json.loads(line)
        case "junit":
            ElementTree.fromstring(text)
        case _:
            assert bare_text(text)


@examples(15)
@given(strategies.communities())
def test_reports_have_their_formats(case: strategies.Case) -> None:
    process = process_named(case[0])
    corpus, result = check_text(case[1], process)
    context = ReportContext(
        "1.0.0", "https://example.org/rules", "", lambda p: corpus.by_path[p].text
    )
    for name, report in FORMATS.items():
        assert_has_format(name, report(result, context))


# Commands -----------------------------------------------------------------------------------


def read_in_process(
    texts: list[str], vocabulary: Vocabulary, jobs: int = 0, **_options: object
) -> Any:
    found: list[tuple[int, Body]] = [
        (n, parse_body_safely(text, vocabulary)) for n, text in enumerate(texts)
    ]
    return found


def call(root: Path, *arguments: str) -> tuple[int, str]:
    """Run a command, and return its status and what it prints on standard output."""
    output, errors = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        status = run([*arguments, "--root", str(root)])
    output.flush()
    assert status in (0, 1, 2), (arguments, errors.getvalue())
    assert "Traceback" not in errors.getvalue()
    buffer = output.buffer
    assert isinstance(buffer, io.BytesIO)
    return status, buffer.getvalue().decode()


def is_json(name: str) -> Callable[[str], object]:
    return lambda text: jsonschema.validate(json.loads(text), schema(name))


def read_bibtex(text: str) -> None:
    assert parse_string(text).failed_blocks == []


COMMANDS: Mapping[tuple[str, ...], Callable[[str], object]] = {
    ("check", "--no-cache", "--jobs", "1", "--format", "json"): is_json("check"),
    ("list", "--format", "json"): json.loads,
    ("list", "--format", "csv"): lambda text: list(csv.reader(io.StringIO(text), strict=True)),
    ("list",): str,
    ("show", "7", "--format", "json"): is_json("proposal"),
    ("show", "7"): str,
    ("log", "--all", "--format", "json"): is_json("log"),
    ("log", "--all"): str,
    ("ready", "7", "--format", "json"): is_json("ready"),
    ("overdue", "--format", "json"): is_json("overdue"),
    ("agenda", "--format", "json"): is_json("agenda"),
    ("agenda", "--format", "rst"): str,
    ("stats",): str,
    ("related", "7"): str,
    ("export", "json"): is_json("proposals"),
    ("export", "atom"): ElementTree.fromstring,
    ("export", "ics"): Calendar.from_ical,
    ("export", "bibtex"): read_bibtex,
    ("export", "csl"): json.loads,
}
"""Commands, and what reads their output."""


def write_repository(root: Path, files: Mapping[str, bytes]) -> None:
    """Write a repository with the files of this one, in place of which *files* are."""
    own = [*(ROOT / "fep").glob("*.toml"), *(ROOT / "fep" / "templates").iterdir()]
    ours = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in own}
    for name, data in {**ours, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, bytes]:
    """Return the files of a repository: proposals, and maybe files that say how to read them."""
    texts = strategies.as_bytes(strategies.proposals(process_named("fep")))
    files = {"proposals/fep-0007.rst": draw(texts), "proposals/fep-0012.rst": draw(texts)}
    others = {
        "proposals/fep-0007.notes.json": strategies.as_bytes(strategies.results_files),
        "proposals/fep-0007.extensions.json": strategies.as_bytes(strategies.affected_files),
        "fep/frameworks.toml": strategies.as_bytes(strategies.framework_files),
        "fep/people.toml": strategies.as_bytes(strategies.people_files),
        "fep/extensions.toml": strategies.as_bytes(strategies.extension_settings),
        "pyproject.toml": strategies.as_bytes(strategies.settings_files),
        ".fep-baseline.json": strategies.as_bytes(strategies.baseline_files),
        "locales/fr/LC_MESSAGES/proposals/fep-0007.po": strategies.as_bytes(
            strategies.translations
        ),
    }
    for name in draw(st.lists(st.sampled_from(sorted(others)), max_size=2, unique=True)):
        files[name] = draw(others[name])
    return files


@examples(6)
@given(repositories(), st.lists(st.sampled_from(sorted(COMMANDS)), min_size=3, max_size=6))
def test_commands_print_their_formats(
    files: dict[str, bytes], commands: list[tuple[str, ...]]
) -> None:
    with TemporaryDirectory() as directory, patch.object(loader, "read_bodies", read_in_process):
        write_repository(Path(directory), files)
        for command in commands:
            status, output = call(Path(directory), *command)
            if status < 2:
                COMMANDS[command](output)
                continue
            # Settings were refused, there is no git, or no proposal has that number.
            assert len(files) > 2 or command[0] in ("log", "stats", "show", "ready", "related")


@examples(4)
@given(histories.histories(most=6))
def test_any_history_is_printed(history: histories.History) -> None:
    with TemporaryDirectory() as directory:
        histories.make(Path(directory, ".git"), history)
        write_repository(Path(directory), {})
        status, output = call(Path(directory), "log", "--all", "--format", "json")
        assert status == 0
        is_json("log")(output)

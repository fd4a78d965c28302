"""Files of results: written in one way, read from anybody, believed as far as they belong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fep_tools.notes.results import (
    CheckRecord,
    MAX_FILE_SIZE,
    result_state,
    results_path,
    ResultsFile,
    ResultState,
    SnippetResult,
    worst_state,
)

from .examples import HARNESS, result, snippet, TODAY


def judged(found: SnippetResult | None) -> ResultState:
    return result_state(snippet(), found, TODAY, HARNESS)


def test_they_lie_beside_the_proposal() -> None:
    assert results_path("proposals/fep-0011.rst") == "proposals/fep-0011.notes.json"


def test_what_is_written_is_read_again() -> None:
    results = ResultsFile(number=11, snippets={"sanic-näme": result(reason="\u202e")})
    data = results.dump()
    assert ResultsFile.parse(data) == results
    assert data.isascii()
    assert data.endswith(b"}\n")
    assert list(json.loads(data)) == ["number", "schema_version", "snippets"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[]", 'is not what `fep notes run` writes, in "all of it"'),
        (b'{"number": 1, "schema_version": 2}', 'in "schema_version"'),
        (b'{"number": "1"}', 'in "number"'),
        (b'{"number": 1, "x\\u001b[31m": 1}', r'in "x\x1b[31m"'),
        (b'{"number": 2, "number": 1}', 'says "number" twice in one place'),
        (b'{"number": 1' + b" " * MAX_FILE_SIZE + b"}", "is larger than 256 KiB"),
    ],
)
def test_anything_else_is_told_in_plain_words(data: bytes, message: str) -> None:
    with pytest.raises(ValueError) as told:
        ResultsFile.parse(data)
    assert str(told.value).endswith(message)


def test_an_answer_of_any_length_is_not_taken() -> None:
    data: Any = json.loads(ResultsFile(number=1, snippets={"a": result()}).dump())
    data["snippets"]["a"]["checks"][0]["got"] = "x" * 301
    with pytest.raises(ValueError, match="got"):
        ResultsFile.parse(json.dumps(data).encode())


def test_a_result_that_belongs_to_all_of_it_verifies_the_snippet() -> None:
    assert judged(result()) is ResultState.VERIFIED


def test_without_a_result_it_was_not_run() -> None:
    assert judged(None) is ResultState.NOT_RUN


@pytest.mark.parametrize("part", ["framework", "version", "python", "snippet", "environment"])
def test_a_result_of_something_else_is_stale(part: str) -> None:
    assert judged(result(**{part: "other"})) is ResultState.STALE


def test_a_result_of_another_harness_is_stale() -> None:
    assert result_state(snippet(), result(), TODAY, "b" * 64) is ResultState.STALE


def test_a_result_is_stale_where_nobody_knows_the_environment() -> None:
    assert result_state(snippet(), result(), None, HARNESS) is ResultState.STALE


@pytest.mark.parametrize(
    "checks",
    [
        (),
        (CheckRecord(line=5, expected="'pages'", got="'pages'", ok=True),),
        (CheckRecord(line=4, expected="'page'", got="'page'", ok=True),),
        (CheckRecord(line=4, expected="'pages'", got="'pages'", ok=True),) * 2,
    ],
)
def test_other_checks_than_those_of_the_snippet_verify_nothing(checks: Any) -> None:
    assert judged(result(checks=checks)) is ResultState.STALE


def test_a_verified_result_with_a_check_that_failed_has_failed() -> None:
    checks = (CheckRecord(line=4, expected="'pages'", got="'page'", ok=False),)
    assert judged(result(checks=checks)) is ResultState.FAILED


def test_a_failure_and_an_environment_that_is_not_there_are_told_as_such() -> None:
    assert judged(result(state="failed", reason="too slow")) is ResultState.FAILED
    assert judged(result(state="unavailable", checks=())) is ResultState.UNAVAILABLE


def test_a_note_is_believed_as_far_as_the_worst_of_its_snippets() -> None:
    assert worst_state([]) is ResultState.CLAIM_ONLY
    assert worst_state([ResultState.VERIFIED, ResultState.STALE]) is ResultState.STALE
    assert (
        worst_state([ResultState.VERIFIED, ResultState.FAILED, ResultState.STALE])
        is ResultState.FAILED
    )

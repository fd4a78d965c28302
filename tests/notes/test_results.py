"""Files of results: one way to write them, strict parsing, and when a result still applies."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from fep_tools.errors import FepError
from fep_tools.notes.model import MAX_SNIPPET_LENGTH, parse_checks
from fep_tools.notes.results import (
    CheckRecord,
    EnvironmentRecord,
    result_state,
    results_path,
    ResultsFile,
    ResultState,
    SnippetResult,
    worst_state,
)
from fep_tools.notes.store import explain_stale, NoteStatus, SnippetStatus

from .examples import HARNESS, notes, result, snippet, TODAY

OTHER_LOCK = EnvironmentRecord("sanic", "26.1", "3.11", "b" * 64)


def check(line: int = 4, expected: str = "'pages'", got: str = "'pages'") -> CheckRecord:
    return CheckRecord(line=line, expected=expected, got=got, ok=got == expected)


def test_results_are_beside_the_proposal() -> None:
    assert results_path("proposals/fep-0011.rst") == "proposals/fep-0011.notes.json"


def test_a_file_survives_writing_and_parsing() -> None:
    results = ResultsFile(number=11, snippets={"sanic-näme": result(reason="\u202e")})
    data = results.dump()
    assert ResultsFile.parse(data) == results
    assert data.isascii()
    assert data.endswith(b"}\n")
    assert list(json.loads(data)) == ["number", "schema_version", "snippets"]


def test_a_file_that_would_not_be_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    results = ResultsFile(number=11, snippets={"sanic-view": result(reason="x" * 300)})
    size = len(results.dump())
    monkeypatch.setattr(ResultsFile, "max_size", size)
    assert ResultsFile.parse(results.dump()) == results
    monkeypatch.setattr(ResultsFile, "max_size", size - 1)
    message = "the results of fep notes run for proposal 11 take 1 KiB, but files over 0 KiB are"
    with pytest.raises(FepError, match=f"^{message} not read; nothing was written for it$"):
        results.dump()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[]", "does not have the format of `fep notes run`"),
        (b'{"number": 1, "schema_version": 2}', 'see "schema_version"'),
        (b'{"number": "1"}', 'see "number"'),
        (b'{"number": 1, "x\\u001b[31m": 1}', r'see "x\x1b[31m"'),
        (b'{"number": 2, "number": 1}', 'has "number" twice in one object'),
        (b'{"number": 1' + b" " * ResultsFile.max_size + b"}", "is larger than 256 KiB"),
    ],
)
def test_an_invalid_file_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(ValueError) as error:
        ResultsFile.parse(data)
    assert str(error.value).endswith(message)


def test_the_length_of_a_value_is_limited() -> None:
    data: Any = json.loads(ResultsFile(number=1, snippets={"a": result()}).dump())
    data["snippets"]["a"]["checks"][0]["got"] = "x" * 301
    with pytest.raises(ValueError, match="got"):
        ResultsFile.parse(json.dumps(data).encode())


# The order of the conditions counts: what belongs to something else is stale, whatever it says.
STATES: dict[str, tuple[dict[str, Any], ResultState]] = {
    "nothing changed": ({}, ResultState.VERIFIED),
    "other snippet": ({"snippet": "0" * 64}, ResultState.STALE),
    "other framework": ({"framework": "hug"}, ResultState.STALE),
    "other version": ({"version": "24.6.0"}, ResultState.STALE),
    "other python": ({"python": "3.12"}, ResultState.STALE),
    "other environment": ({"environment": "0" * 64}, ResultState.STALE),
    "other harness": ({"harness": "0" * 64}, ResultState.STALE),
    "failed": ({"state": "failed", "reason": "too slow"}, ResultState.FAILED),
    "failed, other snippet": ({"state": "failed", "snippet": "0" * 64}, ResultState.STALE),
    "failed, without checks": ({"state": "failed", "checks": ()}, ResultState.FAILED),
    "unavailable": ({"state": "unavailable", "checks": ()}, ResultState.UNAVAILABLE),
    "unavailable, other python": (
        {"state": "unavailable", "checks": (), "python": "3.12"},
        ResultState.STALE,
    ),
    "verified, but a check is not": ({"checks": (check(got="'page'"),)}, ResultState.FAILED),
    "verified, without checks": ({"checks": ()}, ResultState.STALE),
    "verified, check of another line": ({"checks": (check(line=5),)}, ResultState.STALE),
    "verified, check of another value": (
        {"checks": (check(expected="'page'", got="'page'"),)},
        ResultState.STALE,
    ),
    "verified, a check too many": ({"checks": (check(), check())}, ResultState.STALE),
}


@pytest.mark.parametrize(("changed", "state"), STATES.values(), ids=STATES.keys())
def test_state_of_a_result(changed: dict[str, Any], state: ResultState) -> None:
    assert result_state(snippet(), result(**changed), TODAY, HARNESS) is state


def test_a_snippet_without_checks_is_never_verified() -> None:
    bare = replace(snippet(), text="print(1)")
    verified = result(snippet=bare.digest, checks=())
    assert result_state(bare, verified, TODAY, HARNESS) is ResultState.STALE


@pytest.mark.parametrize(
    ("environment", "harness", "state"),
    [
        (TODAY, HARNESS, ResultState.VERIFIED),
        (TODAY, "b" * 64, ResultState.STALE),
        (OTHER_LOCK, HARNESS, ResultState.STALE),
        (None, HARNESS, ResultState.STALE),
    ],
)
def test_state_after_a_change_of_environment_or_harness(
    environment: EnvironmentRecord | None, harness: str, state: ResultState
) -> None:
    assert result_state(snippet(), result(), environment, harness) is state
    assert result_state(snippet(), None, environment, harness) is ResultState.NOT_RUN


@pytest.mark.parametrize(
    ("changed", "environment", "reason"),
    [
        ({"snippet": "0" * 64, "version": "1"}, TODAY, "changed since its last run"),
        ({"snippet": "0" * 64}, None, "changed since its last run"),
        ({}, None, "has no locked environment"),
        (
            {},
            OTHER_LOCK,
            "last ran on Sanic 25.12.1, Python 3.11, but the lock has 26.1, Python 3.11",
        ),
        ({"framework": "hug", "version": "1"}, TODAY, "last ran in another environment"),
        ({"environment": "0" * 64, "harness": "0"}, TODAY, "last ran in another environment"),
        ({"harness": "0" * 64}, TODAY, "was last run by another version of fep-tools"),
    ],
)
def test_reason_of_a_stale_result(
    changed: dict[str, Any], environment: EnvironmentRecord | None, reason: str
) -> None:
    stale = SnippetStatus(snippet(), result(**changed), ResultState.STALE)
    assert explain_stale(NoteStatus(notes()[0], environment, (stale,)), stale) == reason


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        ("", "claim-only"),
        ("verified", "verified"),
        ("verified unavailable", "unavailable"),
        ("unavailable not-run", "not-run"),
        ("not-run stale", "stale"),
        ("stale failed verified", "failed"),
    ],
)
def test_a_note_has_the_worst_state_of_its_snippets(states: str, worst: str) -> None:
    assert worst_state(map(ResultState, states.split())) == worst


def test_all_checks_of_the_longest_snippet_can_be_saved() -> None:
    """Otherwise one snippet would end the run of all others."""
    text = "0#>1\n" * (MAX_SNIPPET_LENGTH // 5)
    checks = tuple(check(line, expected, "0") for line, expected in parse_checks(text))
    assert len(checks) == MAX_SNIPPET_LENGTH // 5
    checked = SnippetResult.model_validate({**result().model_dump(), "checks": checks})
    data = ResultsFile(number=1, snippets={"a": checked}).dump()
    assert ResultsFile.model_validate_json(data).snippets["a"].checks == checks

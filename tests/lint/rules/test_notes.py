"""The rules about notes, where their own examples do not reach; and what makes them judge again."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fep_tools.diagnostics import CheckOptions, Diagnostic
from fep_tools.errors import ProcessError
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.notes.frameworks import environment_digest
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.repository import Repository

RULES = [rule for rule in all_rules() if rule.code.startswith("N")]
TODAY = date(2026, 11, 20)
Noted = Callable[..., Path]
FEP = """\
FEP: 7
Title: Typed views
Author: Ada Lovelace
Status: {status}
Type: Standards Track
Created: 2026-11-01

Cross-Framework Notes
=====================

Sanic
-----

:Stance: similar

A view may declare what it returns.

.. code-block:: python
   :class: fep-check
   :name: sanic-view

   from sanic import Sanic

   Sanic("demo").name   #> 'demo'

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license, whichever is
more permissive.
"""
CODE = "from sanic import Sanic\n\nSanic(\"demo\").name   #> 'demo'"
LOCK = "sanic==25.12.1\n"


def fep(status: str = "Draft", **replaced: str) -> str:
    text = FEP.format(status=status)
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def found(text: str, process: Process) -> list[Diagnostic]:
    told = testing.judged(RULES, text, process)
    return [one for one in told if one.name != "result-missing"]


def the_one(text: str, process: Process) -> Diagnostic:
    (told,) = found(text, process)
    return told


def results(**changed: Any) -> str:
    from hashlib import sha256

    result = {
        "checks": [{"line": 3, "expected": "'demo'", "got": "'demo'", "ok": True}],
        "environment": environment_digest(LOCK, "3.11"),
        "framework": "sanic",
        "harness": testing.HARNESS,
        "python": "3.11",
        "snippet": sha256(CODE.encode()).hexdigest(),
        "state": "verified",
        "version": "25.12.1",
    }
    return json.dumps({"number": 7, "snippets": {"sanic-view": result | changed}}, indent=2)


def with_results(text: str) -> str:
    return f"# proposals/fep-0007.rst\n{fep()}\n# proposals/fep-0007.notes.json\n{text}\n"


# What is asked -------------------------------------------------------------------------------


def test_a_sound_note_is_left_alone(process: Process) -> None:
    assert found(with_results(results()), process) == []


@pytest.mark.parametrize(
    ("status", "missing"),
    [("Draft", False), ("Review", True), ("Accepted", True), ("Final", True), ("Deferred", False)],
)
def test_the_frameworks_are_asked_for_from_review_on(
    status: str, missing: bool, process: Process
) -> None:
    told = found(fep(status), process)
    assert [one.name for one in told] == ["framework-missing"] * missing
    for one in told:
        assert "needs notes on Hug; write them here" in one.message
        assert one.span.line == 8


def test_a_misspelt_framework_is_one_finding(process: Process) -> None:
    told = the_one(fep("Review").replace("Sanic\n-----", "Sanik\n-----"), process)
    assert told.message == '"Sanik" is no framework that notes are about; did you mean Sanic?'


def test_an_unlike_framework_is_told_which_there_are(process: Process) -> None:
    told = the_one(fep().replace("Sanic\n-----", "Pyramid\n-------"), process)
    assert told.message.endswith("write Sanic, Hug or Quart")


def test_a_stance_that_is_empty_is_missing_and_one_that_is_another_word_unknown(
    process: Process,
) -> None:
    assert the_one(fep().replace(": similar", ":"), process).name == "stance-missing"
    told = the_one(fep().replace(": similar", ": better"), process)
    assert told.message.startswith('the stance is "better"; write baseline, adopted, similar,')


def test_a_docs_that_could_run_is_no_address(process: Process) -> None:
    text = fep().replace(": similar", ": similar\n:Docs: javascript:alert(1)")
    assert the_one(text, process).name == "note-docs"


def test_a_name_that_is_no_key_is_told_with_one_that_is(process: Process) -> None:
    told = the_one(fep().replace("sanic-view", "The View"), process)
    assert told.message == (
        'the snippet is named "The View"; write such as :name: sanic-what-it-shows'
    )


def test_a_snippet_as_long_as_a_program_is_refused(process: Process) -> None:
    text = fep().replace("   from sanic", "   # x\n" * 3000 + "   from sanic")
    assert "is longer than 10000 characters" in the_one(text, process).message


# What was shown ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"snippet": "0" * 64}, "has a result of another text; run it again"),
        (
            {"version": "24.6.0"},
            "on Sanic 24.6.0, Python 3.11, and not on 25.12.1, Python 3.11; run it",
        ),
        ({"python": "3.12"}, "on Sanic 25.12.1, Python 3.12, and not on 25.12.1, Python 3.11"),
        ({"environment": "0" * 64}, "of another environment"),
        ({"framework": "hug"}, "of another environment"),
        ({"harness": "f" * 64}, "that was made in another way"),
        ({"checks": []}, "that was made in another way"),
    ],
)
def test_a_stale_result_says_what_differs(
    changed: dict[str, Any], message: str, process: Process
) -> None:
    told = the_one(with_results(results(**changed)), process)
    assert (told.name, told.span.line) == ("result-stale", 18)
    assert message in told.message


def test_a_failure_stands_at_the_line_that_does_not_hold(process: Process) -> None:
    checks = [{"line": 3, "expected": "'demo'", "got": "\x1b[2Jx", "ok": False}]
    told = the_one(with_results(results(state="failed", checks=checks)), process)
    assert told.span.line == 24
    assert told.message == ('on Sanic 25.12.1 this is "\\x1b[2Jx"; expected was "\'demo\'"')


def test_a_failure_beyond_the_file_is_no_crash(process: Process) -> None:
    checks = [{"line": 10_000, "expected": "1", "got": "2", "ok": False}]
    assert the_one(with_results(results(checks=checks)), process).span.line == 24


def test_a_failure_without_a_check_has_its_reason(process: Process) -> None:
    told = the_one(with_results(results(state="failed", reason="took too long")), process)
    assert told.message == 'the snippet "sanic-view" fails on Sanic 25.12.1: "took too long"'


@pytest.mark.parametrize("text", ["{", "[" * 9999, '{"number": 7, "number2": 7}', '{"number": 8}'])
def test_results_that_are_of_no_use_are_one_finding(text: str, process: Process) -> None:
    told = the_one(with_results(text), process)
    assert (told.name, told.path) == ("results-unreadable", "proposals/fep-0007.rst")


def test_a_community_without_notes_is_told_nothing() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    text = fep(FEP="PEP").replace("Stance", "Stnace")
    assert testing.judged(RULES, text, pep) == []


# What makes them judge again -----------------------------------------------------------------


def names(root: Path, *select: str) -> list[str]:
    repository = Repository.open(root, cache_directory=root / ".fep_cache")
    told = repository.check(CheckOptions(TODAY, select=select or ("N",))).diagnostics
    return [one.name for one in told]


def test_a_checkout_with_results_is_judged_by_them(noted: Noted) -> None:
    place = noted()
    assert names(place) == []


def test_an_edited_result_is_judged_again(noted: Noted) -> None:
    place = noted()
    assert names(place) == []
    noted(state="failed")
    assert names(place) == ["result-failed"]


def test_a_new_lock_makes_results_stale(noted: Noted) -> None:
    place = noted()
    assert names(place) == []
    (place / "fep" / "environments" / "sanic.txt").write_text("sanic==26.6.0\n")
    assert names(place) == ["result-stale"]


def test_a_results_file_that_is_a_link_is_not_followed(noted: Noted) -> None:
    place = noted()
    file = place / "proposals" / "fep-0007.notes.json"
    file.rename(place / "elsewhere.json")
    file.symlink_to(place / "elsewhere.json")
    assert "results-unreadable" in names(place)


def test_without_the_file_of_the_frameworks_nothing_is_judged(noted: Noted) -> None:
    place = noted()
    (place / "fep" / "frameworks.toml").unlink()
    with pytest.raises(ProcessError, match=r"frameworks.toml: is not there"):
        names(place)
    assert names(place, "H") == []


def test_a_change_is_blamed_for_what_it_brings(noted: Noted) -> None:
    place = noted()

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=place, check=True)

    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "--message", "x")
    repository = Repository.open(place)
    asked = CheckOptions(TODAY, select=("N",))
    assert repository.check(asked, base="main").diagnostics == ()
    noted(state="failed")
    (told,) = Repository.open(place).check(asked, base="main").diagnostics
    assert (told.name, told.introduced) == ("result-failed", True)
    git("commit", "--quiet", "--all", "--message", "y")
    (told,) = Repository.open(place).check(asked, base="main").diagnostics
    assert told.introduced is False

"""Rules about notes: cases beyond their own examples, and what makes a repository stale."""

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
from fep_tools.lint.example_fixtures import HARNESS
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


def diagnostics(text: str, process: Process) -> list[Diagnostic]:
    """Return the findings in *text*, but for the missing result of its snippet."""
    found = testing.check_example(RULES, text, process)
    return [diagnostic for diagnostic in found if diagnostic.name != "result-missing"]


def only(text: str, process: Process) -> Diagnostic:
    (diagnostic,) = diagnostics(text, process)
    return diagnostic


def results(**changed: Any) -> str:
    from hashlib import sha256

    result = {
        "checks": [{"line": 3, "expected": "'demo'", "got": "'demo'", "ok": True}],
        "environment": environment_digest(LOCK, "3.11"),
        "framework": "sanic",
        "harness": HARNESS,
        "python": "3.11",
        "snippet": sha256(CODE.encode()).hexdigest(),
        "state": "verified",
        "version": "25.12.1",
    }
    return json.dumps({"number": 7, "snippets": {"sanic-view": result | changed}}, indent=2)


def with_results(text: str) -> str:
    return f"# proposals/fep-0007.rst\n{fep()}\n# proposals/fep-0007.notes.json\n{text}\n"


# Notes and snippets --------------------------------------------------------------------------


def test_a_valid_note_has_no_findings(process: Process) -> None:
    assert diagnostics(with_results(results()), process) == []


@pytest.mark.parametrize(
    ("status", "missing"),
    [("Draft", False), ("Review", True), ("Accepted", True), ("Final", True), ("Deferred", False)],
)
def test_frameworks_are_required_from_review_on(
    status: str, missing: bool, process: Process
) -> None:
    found = [(d.name, d.span.line) for d in diagnostics(fep(status), process)]
    assert found == [("framework-missing", 8)] * missing


def test_a_misspelled_framework_is_one_finding(process: Process) -> None:
    diagnostic = only(fep("Review").replace("Sanic\n-----", "Sanik\n-----"), process)
    assert diagnostic.message == '"Sanik" is not a known framework; did you mean Sanic?'


def test_an_unknown_framework_lists_the_known_ones(process: Process) -> None:
    diagnostic = only(fep().replace("Sanic\n-----", "Pyramid\n-------"), process)
    assert diagnostic.message.endswith("; use Sanic, Hug or Quart")


def test_an_empty_stance_is_missing_and_another_word_is_unknown(process: Process) -> None:
    assert only(fep().replace(": similar", ":"), process).name == "stance-missing"
    diagnostic = only(fep().replace(": similar", ": better"), process)
    assert diagnostic.message.startswith('"better" is not a stance; use baseline, adopted, ')


def test_a_script_is_not_a_url_of_docs(process: Process) -> None:
    text = fep().replace(": similar", ": similar\n:Docs: javascript:alert(1)")
    assert only(text, process).name == "note-docs"


def test_an_invalid_snippet_name_suggests_a_valid_one(process: Process) -> None:
    diagnostic = only(fep().replace("sanic-view", "The View"), process)
    assert diagnostic.message == (
        'the snippet cannot be named "The View"; write for example :name: sanic-what-it-shows'
    )


def test_a_very_long_snippet_is_a_finding(process: Process) -> None:
    text = fep().replace("   from sanic", "   # x\n" * 3000 + "   from sanic")
    assert "is longer than 10000 characters" in only(text, process).message


# Results -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"snippet": "0" * 64}, "changed since its last run; rerun: fep notes run 7 --update"),
        (
            {"version": "24.6.0"},
            "last ran on Sanic 24.6.0, Python 3.11, but the lock has 25.12.1, Python 3.11; rerun",
        ),
        (
            {"python": "3.12"},
            "last ran on Sanic 25.12.1, Python 3.12, but the lock has 25.12.1, Python 3.11",
        ),
        ({"environment": "0" * 64}, "last ran in another environment"),
        ({"framework": "hug"}, "last ran in another environment"),
        ({"harness": "f" * 64}, "was last run by another version of fep-tools"),
        ({"checks": []}, "was last run by another version of fep-tools"),
    ],
)
def test_a_stale_result_says_what_changed(
    changed: dict[str, Any], message: str, process: Process
) -> None:
    diagnostic = only(with_results(results(**changed)), process)
    assert (diagnostic.name, diagnostic.span.line) == ("result-stale", 18)
    assert diagnostic.message.startswith(f'snippet "sanic-view" {message}')


def test_a_failed_check_is_located_at_its_line(process: Process) -> None:
    checks = [{"line": 3, "expected": "'demo'", "got": "\x1b[2Jx", "ok": False}]
    diagnostic = only(with_results(results(state="failed", checks=checks)), process)
    assert diagnostic.span.line == 24
    assert diagnostic.message == 'expected "\'demo\'", got "\\x1b[2Jx" on Sanic 25.12.1'


def test_a_failed_check_beyond_the_snippet_is_located_at_its_end(process: Process) -> None:
    checks = [{"line": 10_000, "expected": "1", "got": "2", "ok": False}]
    assert only(with_results(results(checks=checks)), process).span.line == 24


def test_a_failure_without_a_failed_check_has_its_reason(process: Process) -> None:
    diagnostic = only(with_results(results(state="failed", reason="took too long")), process)
    assert diagnostic.message == 'snippet "sanic-view" failed on Sanic 25.12.1: "took too long"'


@pytest.mark.parametrize("text", ["{", "[" * 9999, '{"number": 7, "number2": 7}', '{"number": 8}'])
def test_unusable_results_are_one_finding(text: str, process: Process) -> None:
    diagnostic = only(with_results(text), process)
    assert (diagnostic.name, diagnostic.path) == ("results-unreadable", "proposals/fep-0007.rst")


@pytest.mark.parametrize("suffix", [".notes.json", ".extensions.json"])
def test_each_file_of_results_needs_its_proposal(suffix: str, process: Process) -> None:
    example = f"# proposals/fep-0007.rst\n{fep()}\n# proposals/fep-0008{suffix}\n{{}}\n"
    found = [d for d in diagnostics(example, process) if d.code == "N026"]
    assert [d.path for d in found] == [f"proposals/fep-0008{suffix}"]


def test_a_process_without_notes_has_no_findings() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    text = fep(FEP="PEP").replace("Stance", "Stnace")
    assert testing.check_example(RULES, text, pep) == []


# Changes of a repository ---------------------------------------------------------------------


def names(root: Path, *select: str) -> list[str]:
    repository = Repository.open(root, cache_directory=root / ".fep_cache")
    result = repository.check(CheckOptions(TODAY, select=select or ("N",)))
    return [diagnostic.name for diagnostic in result.diagnostics]


def test_a_repository_with_results_has_no_findings(noted: Noted) -> None:
    root = noted()
    assert names(root) == []


def test_an_edited_result_is_checked_again(noted: Noted) -> None:
    root = noted()
    assert names(root) == []
    noted(state="failed")
    assert names(root) == ["result-failed"]


def test_a_new_lock_makes_results_stale(noted: Noted) -> None:
    root = noted()
    assert names(root) == []
    (root / "fep" / "environments" / "sanic.txt").write_text("sanic==26.6.0\n")
    assert names(root) == ["result-stale"]


def test_a_results_file_that_is_a_link_is_not_followed(noted: Noted) -> None:
    root = noted()
    file = root / "proposals" / "fep-0007.notes.json"
    file.rename(root / "elsewhere.json")
    file.symlink_to(root / "elsewhere.json")
    assert "results-unreadable" in names(root)


def test_a_missing_file_of_frameworks_is_an_error(noted: Noted) -> None:
    root = noted()
    (root / "fep" / "frameworks.toml").unlink()
    with pytest.raises(ProcessError, match=r"frameworks.toml is missing"):
        names(root)
    assert names(root, "H") == []


def test_a_change_introduces_the_result_that_it_edits(noted: Noted) -> None:
    root = noted()

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=root, check=True)

    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "--message", "x")
    repository = Repository.open(root)
    options = CheckOptions(TODAY, select=("N",))
    assert repository.check(options, base="main").diagnostics == ()
    noted(state="failed")
    (diagnostic,) = Repository.open(root).check(options, base="main").diagnostics
    assert (diagnostic.name, diagnostic.introduced) == ("result-failed", True)
    git("commit", "--quiet", "--all", "--message", "y")
    (diagnostic,) = Repository.open(root).check(options, base="main").diagnostics
    assert diagnostic.introduced is False

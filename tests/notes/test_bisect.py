"""Find the releases between which a result changed, also if it changed several times."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.cli.render import releases
from fep_tools.notes import bisect
from fep_tools.notes.bisect import (
    first_passing,
    imported_packages,
    passing_ranges,
    ReleaseRun,
    sample_positions,
    search,
)
from fep_tools.notes.runner import Execution
from fep_tools.notes.store import describe_versions
from fep_tools.sandbox.environments import Environment
from fep_tools.sandbox.isolation import Unsandboxed


def searched(answers: str, samples: int = 4) -> list[ReleaseRun]:
    """Search releases with these results: ``y`` passes, ``-`` cannot be run, others differ."""

    def run(position: int) -> ReleaseRun | None:
        letter = answers[position]
        summary = "passes" if letter == "y" else f"got {letter}"
        return (
            None
            if letter == "-"
            else ReleaseRun(
                f"1.{position}", "2026-01-01", "3.11", letter == "y", summary, (letter,)
            )
        )

    return list(search(len(answers), run, samples).values())


def spans(runs: list[ReleaseRun]) -> list[tuple[str, str]]:
    return [(first.version, last.version) for first, last in passing_ranges(runs)]


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ("nnnnnnnnyyyyyyyyyyyy", "1.8"),
        ("yyyynnnnnyyyyyyyyyyy", "1.9"),
        ("abcdefghijklmnopqrsy", "1.19"),
        ("n---------yyyyyyyyyy", None),
        ("----nnnnyyyyyyyyyyyy", "1.8"),
        ("ny", "1.1"),
        ("yyyyyyyyyyyyyyyyyyyy", None),
        ("yyyyyyyyyyyyyyyyyyyn", None),
        ("nnnn", None),
        ("y", None),
        ("", None),
        ("----", None),
    ],
)
def test_first_release_that_passes(answers: str, value: str | None) -> None:
    assert first_passing(searched(answers)) == value


def test_a_result_may_change_more_than_once() -> None:
    runs = searched("yyyyyyynnnnnnnyyyyyyyyyyyyyyyy", samples=5)
    assert spans(runs) == [("1.0", "1.6"), ("1.14", "1.29")]


def test_few_releases_are_run() -> None:
    assert len(searched("n" * 700 + "y" * 300, samples=10)) <= 10 + 7


def test_samples_are_evenly_spaced() -> None:
    assert sample_positions(100, 4) == [0, 33, 66, 99]
    assert sample_positions(3, 12) == [0, 1, 2]


def test_a_title_is_harmless_to_a_terminal() -> None:
    for runs in (searched("ynny"), []):
        assert "\u202e" not in releases.text(runs, "order", "a\u202eb", 40)
    assert describe_versions("a\u202e", "1", "3.11") == "a\\u202e 1, Python 3.11"


def test_output_ends_with_a_field_to_copy() -> None:
    output = releases.text(searched("ynny"), "order", "FastAPI", 40)
    assert (
        output
        == """\
order: 4 of 40 releases of FastAPI tried
  1.0  (2026-01-01, Python 3.11)  passes
  1.1  (2026-01-01, Python 3.11)  got n
  1.2  (2026-01-01, Python 3.11)  got n
  1.3  (2026-01-01, Python 3.11)  passes
It passes up to 1.0, and since 1.3.

:Since: 1.3
"""
    )


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ("yy", "It passes with all that were tried, so the first release is unknown."),
        ("nn", "It passes with none that was tried."),
        ("", "No release of Hug could be tried, so nothing is known."),
        ("--", "No release of Hug could be tried, so nothing is known."),
        ("--yy", "It passes with all that were tried, so the first release is unknown."),
        ("n--y", "It passes since 1.3 or earlier: the 2 releases before it could not be tried."),
        ("n-y", "It passes since 1.2 or earlier: the 1 release before it could not be tried."),
        ("nyn", "It passes with 1.1."),
        ("nyyn", "It passes from 1.1 to 1.2."),
    ],
)  # fmt: skip
def test_summary_of_the_ranges(answers: str, last: str) -> None:
    assert releases.text(searched(answers), "x", "Hug", 9).splitlines()[-1] == last


# Imports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "packages"),
    [
        ("from flask import Flask\n", 1, ["flask"]),
        ("import os\nimport a.b as c, d.e\n", 2, ["a", "d"]),
        ("from flask.views import (\n  View,\n  MethodView,\n)\n", 3, ["flask"]),
        ("def f():\n    import x\n", 2, ["x"]),
        ("from . import x\n", 1, []),
        ("app.run()\n", 1, []),
        ("from flask import (\n", 1, []),
        ("(" * 5000, 1, []),
        ("import x\ny = 1if z else 2\n", 1, ["x"]),  # Python warns about the number
    ],
)
def test_the_packages_of_an_import_statement(text: str, line: int, packages: list[str]) -> None:
    assert imported_packages(text, line) == packages


@pytest.mark.parametrize(
    ("reason", "broken", "failure"),
    [
        (None, False, None),
        ("line 3: expected 1, got 2", False, None),
        ("line 3: raised ValueError: x", False, None),
        ("line 1: raised ImportError: cannot import name 'x' from 'flask'", False, None),
        ("line 1: raised ImportError: cannot import name 'escape' from 'jinja2'", True,
         "import flask fails: ImportError: cannot import name 'escape'"),
        ("line 1: raised AttributeError: module 'collections' has no attribute 'Mapping'", True,
         "import flask fails: ImportError: cannot import name 'escape'"),
        ("line 3: raised ModuleNotFoundError: No module named 'asgiref'", False,
         "raised ModuleNotFoundError: No module named 'asgiref'"),
    ],
)  # fmt: skip
def test_a_release_whose_import_fails_was_not_tried(
    reason: str | None, broken: bool, failure: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a name is missing from a package that can be imported is an answer."""
    text = "from flask import x\n\nx()  #> 1\n"
    probe = "line 1: raised ImportError: cannot import name 'escape'" if broken else None

    def run(text: str, *_: object) -> Execution:
        assert text.startswith("import flask\n")
        return Execution((), probe)

    monkeypatch.setattr(bisect, "run_snippet", run)
    execution, environment = Execution((), reason), Environment(Path(), (), Path())
    found = bisect._import_failure(text, execution, environment, Unsandboxed())
    assert found == failure

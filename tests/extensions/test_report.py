"""Criteria, snapshots, and what changed between two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, UTC
from typing import Any, get_args

import pytest

from fep_tools.errors import FepError
from fep_tools.extensions.criteria import (
    _CHECKS,
    decide,
    Decision,
    ExtensionFacts,
    python_versions,
    State,
)
from fep_tools.extensions.index import IndexUnavailable, ProjectNotFound
from fep_tools.extensions.model import CheckName, Criterion, ExtensionList
from fep_tools.extensions.project import File, Metadata, Project, Release, Vulnerability
from fep_tools.extensions.report import make_snapshot
from fep_tools.extensions.results import Outcome, TargetRecord, TestRecord, TestReport
from fep_tools.extensions.snapshot import compare, Snapshot

DAY = datetime(2023, 10, 30, 14, tzinfo=UTC)
TODAY = date(2023, 11, 9)
FILE = File("x-1.0-py3-none-any.whl", "", "0" * 64, 1, DAY)
METADATA = Metadata("1.0", ("Flask>=2.2,<4",), ">=3.8")
GOOD = Project("x", (Release("1.0", (FILE,)),), METADATA, (), ("a", "b"))


def withdrawn(version: str) -> Release:
    return Release(version, (replace(FILE, yanked=""),))


def declaring(*requires: str, **more: Any) -> Project:
    return replace(GOOD, metadata=replace(METADATA, requires=requires, **more))


CASES = [
    ("released", GOOD, State.MET, "1.0, 2023-10-30"),
    ("released", replace(GOOD, releases=(Release("1.0", (replace(FILE, uploaded=None),)),)),
     State.MET, "1.0"),
    ("released", replace(GOOD, is_complete=False),
     State.UNKNOWN, "whether the release was withdrawn was not stated"),
    ("released", replace(GOOD, releases=(withdrawn("1.0"),)),
     State.NOT_MET, "all final releases were withdrawn"),
    ("released", replace(GOOD, releases=(Release("1.0rc1", (FILE,)), Release("1.0"))),
     State.NOT_MET, "there is no final release with files"),
    ("python-declared", GOOD, State.MET, ">=3.8"),
    ("python-declared", declaring(
        requires_python="",
        classifiers=(
            "Programming Language :: Python :: 3",
            "Programming Language :: Python :: 3.7",
            "Programming Language :: Python :: 3 :: Only",
            "Programming Language :: Python :: Implementation :: CPython",
        ),
    ), State.MET, "3, 3.7"),
    ("python-declared", declaring(requires_python=""),
     State.NOT_MET, "it declares no versions of Python"),
    ("python-declared", replace(GOOD, metadata=None),
     State.UNKNOWN, "what 1.0 declares was not stated"),
    ("python-declared", replace(GOOD, metadata=replace(METADATA, version="0.9")),
     State.UNKNOWN, "what 1.0 declares was not stated"),
    ("python-declared", replace(GOOD, releases=()),
     State.UNKNOWN, "there is no release to look at"),
    ("flask-declared", GOOD, State.MET, "Flask <4,>=2.2"),
    ("flask-declared", declaring("flask>=1", "FLASK <3"), State.MET, "Flask >=1 and <3"),
    ("flask-declared", declaring("flask[async]"),
     State.NOT_MET, "it requires Flask, of any version"),
    ("flask-declared", declaring("Flask-Login>=1", 'flask>=2; extra == "test"'),
     State.NOT_MET, "it does not require Flask"),
    ("flask-declared", declaring("flask >= 1.x.y"),
     State.UNKNOWN, "its requirements are not valid (PEP 508)"),
    ("flask-declared", replace(GOOD, metadata=replace(METADATA, requires=None)), State.UNKNOWN,
     "it has no wheel, and the requirements of an sdist are only known when it is built"),
    ("flask-declared", replace(GOOD, metadata=None),
     State.UNKNOWN, "what 1.0 declares was not stated"),
    ("flask-accepted", GOOD, State.MET, "its requirements allow Flask 3.1.3"),
    ("flask-accepted", declaring("flask"), State.MET, "its requirements allow Flask 3.1.3"),
    ("flask-accepted", declaring("flask<3"), State.NOT_MET, "it requires Flask <3"),
    ("flask-accepted", declaring("flask>=1", "flask<3"), State.NOT_MET, "it requires Flask <3"),
    ("flask-accepted", declaring('flask<3; python_version < "3.9"'), State.UNKNOWN,
     'it depends on the environment: flask<3; python_version < "3.9"'),
    ("flask-accepted", declaring(), State.UNKNOWN,
     "it does not require Flask, so that its requirements do not say"),
    ("flask-accepted", declaring("flask >= 1.x.y"),
     State.UNKNOWN, "its requirements are not valid (PEP 508)"),
    ("flask-accepted", replace(GOOD, metadata=None),
     State.UNKNOWN, "what 1.0 declares was not stated"),
    ("works", GOOD, State.UNKNOWN, "it was not tested"),
    ("vulnerabilities", GOOD, State.MET, "the package index states none"),
    ("vulnerabilities", replace(GOOD, vulnerabilities=None),
     State.UNKNOWN, "vulnerabilities were not stated"),
    ("vulnerabilities", replace(GOOD, releases=()),
     State.UNKNOWN, "there is no release to look at"),
    ("vulnerabilities", replace(GOOD, metadata=replace(METADATA, version="2.0.dev1")),
     State.UNKNOWN, "vulnerabilities were stated for another release"),
    ("vulnerabilities",
     replace(GOOD, vulnerabilities=(Vulnerability("PYSEC-1"), Vulnerability("PYSEC-2"))),
     State.NOT_MET, "PYSEC-1 and PYSEC-2"),
    ("owners", GOOD, State.UNKNOWN, "2 owners on the package index; who can merge is not public"),
    ("owners", replace(GOOD, owners=("a",)), State.NOT_MET, "1 owner on the package index"),
    ("owners", replace(GOOD, owners=None), State.UNKNOWN, "owners were not stated"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "project", "state", "reason"), CASES)
def test_criteria_are_decided(
    check: CheckName, project: Project, state: State, reason: str
) -> None:
    criterion = Criterion(key="x", title="X", check=check, minimum=2)
    assert decide(criterion, ExtensionFacts(project, "", "3.1.3")) == Decision(state, reason)


def test_every_check_has_a_function() -> None:
    assert set(_CHECKS) == set(get_args(CheckName))


def test_nothing_is_concluded_without_a_project_or_without_flask() -> None:
    for check in get_args(CheckName):
        criterion = Criterion(key="x", title="X", check=check)
        assert decide(criterion, ExtensionFacts(None, "no answer")) == Decision(
            State.UNKNOWN, "no answer"
        )
    criterion = Criterion(key="x", title="X", check="flask-accepted")
    assert (
        decide(criterion, ExtensionFacts(GOOD)).reason == "the newest version of Flask is not known"
    )


def test_a_test_decides_whether_it_works() -> None:
    criterion = Criterion(key="x", title="X", check="works")
    trial = Decision(State.NOT_MET, "breaks")
    assert decide(criterion, ExtensionFacts(GOOD, trial=trial)) == trial


def test_text_of_an_index_is_made_harmless() -> None:
    criterion = Criterion(key="x", title="X", check="python-declared")
    decision = decide(criterion, ExtensionFacts(declaring(requires_python=">=3\x1b[2J")))
    assert decision.reason == r">=3\x1b[2J"
    assert python_versions(replace(METADATA, requires_python="", classifiers=("A",))) == ""


# Snapshots ----------------------------------------------------------------------------------------

LIST = ExtensionList.parse("""
[[criterion]]
key = "python"
title = "Declares versions of Python"
check = "python-declared"
[[criterion]]
key = "works"
title = "Works"
check = "works"
[[extension]]
name = "Flask-X"
modules = ["flask_x"]
repository = "https://example.org/x"
why = "X."
[[extension]]
name = "Flask-Y"
modules = ["flask_y"]
why = "Y."
""")


class Projects:
    """A source that knows some projects."""

    def __init__(self, **projects: Project) -> None:
        self.projects = projects

    def project(self, name: str) -> Project:
        found = self.projects.get(name.lower().replace("-", "_"))
        if found is None:
            raise ProjectNotFound(f"{name.lower()}: the package index has no such project")
        return found


FLASK = Project("flask", (Release("3.1.3", (FILE,)),))


def snapshot(today: date = TODAY, **projects: Project) -> Snapshot:
    return make_snapshot(LIST, Projects(**projects), today)


def test_a_snapshot_has_facts_and_decisions() -> None:
    made = snapshot(flask=FLASK, flask_x=GOOD)
    assert (made.flask, made.source, made.date) == ("3.1.3", "index", TODAY)
    first, second = made.extensions
    assert first.model_dump(exclude={"criteria"}) == {
        "name": "Flask-X",
        "repository": "https://example.org/x",
        "version": "1.0",
        "released": date(2023, 10, 30),
        "age": 10,
        "python": ">=3.8",
        "flask": "<4,>=2.2",
        "withdrawn": (),
        "vulnerabilities": (),
        "owners": 2,
        "problem": None,
    }
    assert first.by_key["python"].state is State.MET
    assert second.problem == "the package index has no such project"
    assert {result.state for result in second.criteria} == {State.UNKNOWN}
    assert (second.version, second.age, second.withdrawn, second.owners) == (None,) * 4


def test_a_snapshot_names_no_people() -> None:
    made = snapshot(flask_x=replace(GOOD, owners=("grace-hopper",)))
    assert "grace-hopper" not in made.to_json()


def test_what_is_not_known_is_null() -> None:
    project = replace(GOOD, metadata=None, vulnerabilities=None, owners=None, is_complete=False)
    (first, _second) = snapshot(flask_x=project).extensions
    assert (first.python, first.flask, first.vulnerabilities, first.owners) == (None,) * 4
    assert first.withdrawn is None
    any_version = replace(METADATA, requires=("flask",), requires_python="")
    (first, _second) = snapshot(flask_x=replace(GOOD, metadata=any_version)).extensions
    assert (first.python, first.flask) == (None, "any")


@pytest.mark.parametrize(
    ("flask", "version", "outcome", "expected"),
    [
        ("3.1.3", "1.0", Outcome.WORKS, (State.MET, "works")),
        ("3.1.3", "1.0", Outcome.WARNS, (State.MET, "warns")),
        ("3.1.3", "1.0", Outcome.BREAKS, (State.NOT_MET, "breaks: x")),
        ("3.1.3", "1.0", Outcome.NOT_INSTALLED, (State.UNKNOWN, "cannot be installed")),
        ("3.1.3", "1.0", Outcome.TIMED_OUT, (State.UNKNOWN, "timed out")),
        ("3.1.3", "1.0", Outcome.NOT_TRIED, (State.UNKNOWN, "could not be tried")),
        ("3.1.3", "0.9", Outcome.WORKS, (State.UNKNOWN, "0.9 was tested")),
        ("3.1.3", None, Outcome.NOT_TRIED, (State.UNKNOWN, "no version was tested")),
        ("3.1.2", "1.0", Outcome.WORKS, (State.UNKNOWN, "it was not tested")),
    ],
)
def test_tests_with_the_newest_flask_decide_whether_it_works(
    flask: str, version: str | None, outcome: Outcome, expected: tuple[State, str]
) -> None:
    reason = "x" if outcome is Outcome.BREAKS else None
    record = TestRecord(name="flask_x", version=version, outcome=outcome, reason=reason)
    target = TargetRecord(flask=flask, date=TODAY)
    tests = TestReport(target=target, against=None, python="3.11", tests=(record,))
    source = Projects(flask=FLASK, flask_x=GOOD)
    result = make_snapshot(LIST, source, TODAY, "files", tests).extensions[0].by_key["works"]
    assert (result.state, result.reason) == expected


def test_a_snapshot_is_read_back() -> None:
    made = snapshot(flask=FLASK, flask_x=GOOD)
    assert Snapshot.parse(made.to_json(), "s.json") == made


UNDECIDED = """
{"date": "2023-11-09", "source": "files", "criteria": [{"key": "a", "title": "A"}],
 "extensions": [{"name": "x"}]}
"""


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("[", "Invalid JSON"),
        ("{}", "date: Field required"),
        ('{"date": "2023-11-09", "source": "x", "extensions": []}', "source: Input should be"),
        (UNDECIDED, "x does not have the criteria of the report"),
        (
            UNDECIDED.replace('"A"', f'"{"A" * 201}"'),
            "criteria.0.title: String should have at most",
        ),
    ],
)
def test_something_else_is_no_snapshot(text: str, detail: str) -> None:
    with pytest.raises(
        FepError, match=r"s\.json: is not a report of fep extensions report"
    ) as error:
        Snapshot.parse(text, "s.json")
    assert detail in str(error.value)


def test_changes_are_listed_by_extension() -> None:
    before = snapshot(flask_x=GOOD, flask_y=GOOD)
    newer = Release("1.1", (replace(FILE, uploaded=datetime(2023, 11, 1, tzinfo=UTC)),))
    project = replace(
        GOOD,
        releases=(withdrawn("0.9"), *GOOD.releases, newer),
        metadata=Metadata("1.1", ()),
        vulnerabilities=(Vulnerability("PYSEC-1"),),
    )
    after = snapshot(date(2023, 12, 1), flask_x=project)
    changes = compare(before, after)
    assert (changes.before, changes.after) == (TODAY, date(2023, 12, 1))
    assert [(each.extension, each.text) for each in changes.changes] == [
        ("Flask-X", "newest release: 1.0 -> 1.1 (2023-11-01)"),
        ("Flask-X", "python: met -> not met (it declares no versions of Python)"),
        ("Flask-X", "new public vulnerability: PYSEC-1"),
        ("Flask-X", "withdrawn: 0.9"),
        ("Flask-Y", "newest release: 1.0 -> unknown"),
        ("Flask-Y", "python: met -> unknown (the package index has no such project)"),
    ]


def test_added_and_removed_extensions_and_criteria_are_changes() -> None:
    made = snapshot(flask_x=GOOD)
    first, _second = made.extensions
    short = made.model_copy(update={"extensions": (first,)})
    assert [each.text for each in compare(short, made).changes] == ["is watched now"]
    assert [each.text for each in compare(made, short).changes] == ["is not watched any more"]
    fewer = LIST.model_copy(update={"criteria": LIST.criteria[:1]})
    before = make_snapshot(fewer, Projects(flask_x=GOOD), TODAY)
    assert [each.text for each in compare(before, made).changes] == [
        "works: unknown (it was not tested); it was not decided before",
        "works: unknown (the package index has no such project); it was not decided before",
    ]


def test_a_source_that_does_not_answer_is_reported_for_each() -> None:
    class Silent:
        def project(self, name: str) -> Project:
            raise IndexUnavailable("the package index does not answer")

    made = make_snapshot(LIST, Silent(), TODAY)
    assert [e.problem for e in made.extensions] == ["the package index does not answer"] * 2

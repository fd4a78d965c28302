"""A package or an index that sends odd values: it gets no result, and all others do."""

from __future__ import annotations

from datetime import date, datetime, UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from fep_tools import Repository
from fep_tools._cache import Cache
from fep_tools.errors import FepError
from fep_tools.extensions.affected import AffectedFile
from fep_tools.extensions.archives import MAX_NAME, MAX_PROBLEMS, read_archive
from fep_tools.extensions.criteria import flask_requirements
from fep_tools.extensions.documents import parse_project
from fep_tools.extensions.executors import Threads
from fep_tools.extensions.local import DistributionDirectory
from fep_tools.extensions.locks import LockTask, resolve_lock
from fep_tools.extensions.project import File, Metadata, Project, Release
from fep_tools.extensions.scan import MAX_USES, scan_sources
from fep_tools.extensions.survey import survey_proposal
from fep_tools.sandbox import resolver

from .archive_files import sdist, wheel
from .index_responses import document, file

ROOT = Path(__file__).parents[2]
USES = b"import flask\n" + b"flask.escape\n" * (2 * MAX_USES)
NAME = "a/" * 40_000 + "a.py"

WHEELS = {
    "uses": [("a.py", USES)],
    "names": [(NAME[-60_000:], b"import flask\nflask.escape\n"), ("b.py", b"")],
    "members": [(f"x/{number}.whl", b"") for number in range(15_000)],
}


class OneWheel:
    """A source that has the same release of every project."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def project(self, name: str) -> Project:
        digest = sha256(self.content).hexdigest()
        day = datetime(2002 if name == "Flask" else 2001, 1, 1, tzinfo=UTC)
        only = File(f"{name}-3.0-py3-none-any.whl", "", digest, None, day)
        return Project(name, (Release("3.0", (only,)),))

    def download(self, file: File) -> bytes:
        return self.content


@pytest.mark.parametrize("entries", WHEELS.values(), ids=WHEELS.keys())
def test_a_wheel_with_more_than_a_record_holds(entries: list[tuple[str, bytes]]) -> None:
    proposal = Repository.open(ROOT).corpus(bodies=False).get(35)
    assert proposal is not None
    source = OneWheel(wheel(*entries))
    results, found = survey_proposal(source, proposal, ["a"], Threads(1), Cache(None))
    assert found.failures == {}
    (record,) = results.extensions.values()
    assert record.unread  # it does not count as complete
    assert len(record.uses) <= MAX_USES
    assert AffectedFile.model_validate_json(results.dump()) == results


@pytest.mark.parametrize("make", [wheel, sdist])
def test_names_and_problems_of_an_archive_are_limited(make: Any) -> None:
    name = "x.whl" if make is wheel else "x.tar.gz"
    archive = read_archive(make((NAME[-20_000:], b"x = 1\n")), name)
    assert archive.sources == {}
    assert "characters" in archive.problems[0].reason
    assert max(len(problem.member) for problem in archive.problems) == MAX_NAME
    links = read_archive(make(*[(f"{n}.zip", b"") for n in range(MAX_PROBLEMS + 5)]), name)
    assert len(links.problems) == MAX_PROBLEMS + 1
    assert links.problems[-1].reason == f"has at least {MAX_PROBLEMS} members that are not read"


def test_what_is_beyond_the_limit_of_uses_is_said() -> None:
    result = scan_sources(
        {"a.py": USES.decode(), "b.py": "from flask import escape"}, ["flask.escape"]
    )
    assert len(result.uses) == MAX_USES
    assert [unread.path for unread in result.unread] == ["a.py"]


DATES = ["0001-01-01T00:00:00+23:00", "9999-12-31T23:00:00-23:00"]


@pytest.mark.parametrize(
    "releases",
    [
        *({"1.0": [file("a-1.0-py3-none-any.whl", "", upload_time_iso_8601=day)]} for day in DATES),
        {"1." + "0" * 100: []},
        {"1.0": [file("a" * 301, "2020-01-01")]},
    ],
)
def test_a_document_with_odd_values_is_refused(releases: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"out of range|at most"):
        parse_project("a", {**document(), "releases": releases})


def test_a_lock_with_an_odd_date_is_refused(tmp_path: Path) -> None:
    text = (
        '[[packages]]\nname = "a"\nversion = "1"\nwheels = [{ name = "a-1-py3-none-any.whl", '
        f'upload-time = {DATES[1]}, hashes = {{ sha256 = "{"0" * 64}" }} }}]\n'
    )
    with pytest.raises(FepError, match="is not a lock file"):
        DistributionDirectory(tmp_path, text)


@pytest.mark.parametrize(
    "requirement",
    [
        f"flask; {'(' * 480}os_name=='a'{')' * 480}",
        f"flask; {'(' * 5000}os_name=='a'{')' * 5000}",
        "flask" + ",".join([">=1"] * 1_000_000),
    ],
)
def test_a_requirement_that_is_hard_to_parse_is_not_valid(requirement: str) -> None:
    assert flask_requirements(Metadata("1.0", (requirement,))) is None


def test_a_version_that_is_too_long_is_not_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver, "resolve", lambda *_arguments: f"a==1.{'0' * 70} \\\n")
    with pytest.raises(FepError, match="is not a version"):
        resolve_lock(LockTask("a", None, "3.0", "3.11", date(2024, 1, 1)))

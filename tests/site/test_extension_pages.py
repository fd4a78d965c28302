"""The page that shows the state of extensions."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from fep_tools.catalog import schemas
from fep_tools.errors import FepError
from fep_tools.extensions.results import Outcome, TargetRecord, TestRecord, TestReport
from fep_tools.extensions.snapshot import Snapshot, SNAPSHOT_DIRECTORY
from fep_tools.site.reading import ExtensionReports, read_extensions

from .sites import proposal, Reader, Site, SiteMaker

CRITERIA = [
    {"key": "flask", "title": "Accepts the newest Flask"},
    {"key": "works", "title": "Works with the newest Flask"},
]


def extension(name: str, state: str, reason: str, **more: object) -> dict[str, object]:
    untested = {"key": "works", "state": "unknown", "reason": "it was not tested"}
    decided = {"key": "flask", "state": state, "reason": reason}
    return {"name": name, "criteria": [decided, untested], **more}


REPORT = {
    "date": "2026-11-30",
    "source": "files",
    "flask": "3.1.3",
    "criteria": CRITERIA,
    "extensions": [
        extension(
            "Flask-A", "met", "it does", repository="https://example.org/a", version="1.0",
            released="2026-11-01", age=29, python=">=3.8", flask="any",
        ),
        extension("Flask-B", "not met", "it requires Flask <3", version="0.1<script>"),
        extension("Flask-C", "unknown", "no answer", problem="no answer"),
    ],
}  # fmt: skip

TESTS = TestReport(
    target=TargetRecord(flask="3.0.0", date=date(2023, 9, 30)),
    against=None,
    python="3.11",
    tests=(
        TestRecord(name="flask_a", version="0.9", outcome=Outcome.BREAKS, reason="no attribute x"),
        TestRecord(name="Flask-C", version=None, outcome=Outcome.NOT_TRIED, reason=None),
    ),
)

NEWEST = "fep/extensions/2026-11-30.json"


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site(
        {
            1: proposal(1),
            "fep/extensions/2026-05-01.json": "not read, because there is a newer one",
            "fep/extensions/notes.json": "not read, because it is named after no day",
            NEWEST: json.dumps(REPORT),
            "fep/extensions/2023-09-30.tests.json": TESTS.dump(),
        }
    )
    site.build()
    assert site.warnings == ""
    return site


def test_the_newest_report_has_a_page(site: Site) -> None:
    page = site.page("extensions")
    assert "The state of extensions on 2026-11-30, as the files of their newest" in page.text
    assert "The newest release of Flask was 3.1.3." in page.text
    assert "The last test used Flask 3.0.0 and the other packages as of 2023-09-30." in page.text
    assert "Accepts the newest Flask : 1 met, 1 not met, 1 unknown" in page.text
    assert "Works with the newest Flask : unknown for all (it was not tested)" in page.text
    assert page.text.count("it was not tested") == 1
    assert "https://example.org/a" in page.links()


def test_each_extension_has_a_row(site: Site) -> None:
    rows = site.html("extensions").split("<tr")[2:]
    assert len(rows) == 3
    first, second, third = (Reader(f"<tr{row}").text.partition("</table")[0] for row in rows)
    assert first.startswith(
        "Flask-A Newest release 1.0 2026-11-01 Age in days 29 Python >=3.8 Flask any"
    )
    assert "Flask-B Newest release 0.1<script> Not met Accepts the newest Flask: it requires " in (
        second
    )
    assert first.endswith("Flask any Last test 0.9: breaks (no attribute x)")
    assert third.startswith("Flask-C Unknown no answer Last test could not be tried")
    assert "<script>" not in rows[1]


def test_every_page_links_to_it(site: Site) -> None:
    assert any(link.endswith("extensions/") for link in site.page("number").links())


def test_the_report_is_published_as_json(site: Site) -> None:
    published = json.loads(site.output.joinpath("api", "extensions.json").read_bytes())
    assert published == json.loads(Snapshot.model_validate(REPORT).to_json())
    jsonschema.validate(published, json.loads(schemas.json_schema("extensions-report")))


def test_a_changed_report_changes_the_page(make_site: SiteMaker) -> None:
    site = make_site({1: proposal(1), NEWEST: json.dumps(REPORT)})
    site.build()
    report: dict[str, object] = REPORT | {"source": "index", "flask": None, "extensions": []}
    site.write(NEWEST, json.dumps(report))
    site.build()
    text = site.page("extensions").text
    assert "as the package index stated it" in text
    assert "The newest release of Flask" not in text
    (site.root / NEWEST).unlink()
    site.build()
    assert not site.output.joinpath("extensions", "index.html").exists()
    assert not site.output.joinpath("api", "extensions.json").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "is not a report of fep extensions report"), (None, "is a link")],
)
def test_a_report_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / NEWEST
    path.parent.mkdir(parents=True)
    if content is None:
        path.symlink_to("/etc/passwd")
    else:
        path.write_bytes(content)
    reports = read_extensions(tmp_path)
    assert reports.snapshot is None
    (problem,) = reports.problems
    assert re.fullmatch(rf"{NEWEST}: .*{message}.*", problem)


@pytest.mark.parametrize("name", ["9999-99-99.json", "2023-02-29.json", "２０２３-01-01.json"])
def test_a_report_is_named_after_a_day(tmp_path: Path, name: str) -> None:
    path = tmp_path / SNAPSHOT_DIRECTORY / name
    path.parent.mkdir(parents=True)
    path.write_text("{", "utf-8")
    assert read_extensions(tmp_path) == ExtensionReports()


@pytest.mark.parametrize("name", ["9999-12-31.json", "9999-12-31.tests.json"])
@pytest.mark.parametrize(
    "content", [b"{}", b"[" * 100_000, b'{"tests": "\\ud800"}', b" " * 3_000_000, None]
)
def test_a_broken_report_is_an_error_of_the_build(
    make_site: SiteMaker, name: str, content: bytes | None
) -> None:
    path = f"{SNAPSHOT_DIRECTORY}{name}"
    site = make_site({7: proposal(7)})
    if content is None:
        site.root.joinpath(path).mkdir(parents=True)
    else:
        site.write(path, content)
    report = site.build(jobs=1)
    assert report.errors == 1
    message = rf"^ERROR: {re.escape(path)}: .*; the pages on extensions do without it"
    assert re.search(message, site.warnings, re.MULTILINE)
    assert "Typed views" in site.page("fep-0007").text


def test_results_of_tests_that_cannot_be_read(tmp_path: Path) -> None:
    assert TestReport.newest(tmp_path) is None
    path = tmp_path / "fep" / "extensions" / "2023-09-30.tests.json"
    path.parent.mkdir(parents=True)
    path.write_text("{", "utf-8")
    with pytest.raises(FepError, match=r"tests\.json: has no results of fep extensions test"):
        TestReport.newest(tmp_path)
    path.unlink()
    path.symlink_to("/etc/passwd")
    with pytest.raises(FepError, match=r"tests\.json: is a link"):
        TestReport.newest(tmp_path)


def test_a_report_links_only_to_servers() -> None:
    hostile = extension("x", "met", "y", repository="javascript:alert(1)")
    with pytest.raises(FepError, match=r"extensions\.0\.repository: String should match"):
        Snapshot.parse(json.dumps(REPORT | {"extensions": [hostile]}), "x.json")


def test_a_report_controls_neither_terminals_nor_links(make_site: SiteMaker) -> None:
    address = "https://flask.palletsprojects.com@evil.example/"
    more = {"repository": address, "version": "\u200e"}
    hostile = extension("Flask\u202e", "not met", "it\x1b[31m", **more)
    criteria = [CRITERIA[0] | {"title": "Title\u2066"}, CRITERIA[1]]
    report = REPORT | {"flask": "3\u202d", "criteria": criteria, "extensions": [hostile]}
    site = make_site({1: proposal(1), NEWEST: json.dumps(report)})
    site.build()
    page = site.page("extensions")
    assert not re.search("[\x1b\u200e\u202d\u202e\u2066]", page.text)
    assert r"Flask\u202e" in page.text
    assert r"it\x1b[31m" in page.text
    assert not [url for url in page.links() if "evil" in url]

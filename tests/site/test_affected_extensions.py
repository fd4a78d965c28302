"""The extensions that a proposal affects, and the pages about upgrades."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from fep_tools.catalog import schemas
from fep_tools.extensions.names import WALKER_VERSION
from fep_tools.site import content, upgrade_pages, upgrades

from .sites import ROOT, Site, SiteMaker

RESULTS = "proposals/fep-0035.extensions.json"


def use(line: int, certainty: str = "certain") -> dict[str, object]:
    place = {"path": "a<b>.py", "line": line, "column": 1}
    return {"symbol": "flask.Markup", "certainty": certainty, **place}


def record(*uses: dict[str, object], **more: object) -> dict[str, object]:
    return {"version": "1.0", "file": "a.whl", "sha256": "0" * 64, "uses": uses, **more}


def results(**changes: object) -> bytes:
    values = {
        "number": 35,
        "walker": WALKER_VERSION,
        "before": "3.0",
        "symbols": ["flask.Markup", "flask.escape"],
        "extensions": {
            "Flask-A": record(*map(use, range(1, 8))),
            "Flask-B": record(use(1, "guarded")),
            "Flask-C": record(unread=[{"path": "x.py", "reason": "is not Python"}]),
        },
        "failures": {"Flask-D": "is gone"},
        **changes,
    }
    return json.dumps(values).encode()


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    names = ("fep-0020", "fep-0028", "fep-0029", "fep-0035", "fep-0036")
    files: dict[str | int, str | bytes] = {
        f"proposals/{name}.rst": (ROOT / f"proposals/{name}.rst").read_bytes() for name in names
    }
    frameworks = (ROOT / "fep/frameworks.toml").read_bytes()
    site = make_site({**files, "fep/frameworks.toml": frameworks, RESULTS: results()})
    site.build()
    return site


def test_the_section_shows_the_results(site: Site) -> None:
    text = site.page("fep-0035").text
    start = text.index("3 extensions were scanned, in the last releases before 3.0: 1 affected.")
    assert start < text.index("Cross-Framework Notes", start)
    assert "flask.Markup a<b>.py:1 (certain);" in text
    assert "a<b>.py:5" in text
    assert "a<b>.py:6" not in text
    assert "and 2 more" in text
    assert "Flask-B 1.0 flask.Markup a<b>.py:1 (prepared for its absence);" in text
    assert "Not scanned: Flask-D." in text
    assert "Not read completely: Flask-C." in text
    assert "extensions were scanned" not in site.page("fep-0029").text


def test_json(site: Site) -> None:
    published = json.loads(site.output.joinpath("api/proposals/0035.json").read_bytes())
    symbols = ["flask.Markup"]
    first, second = published["affected"]
    assert first == {
        "extension": "Flask-A", "version": "1.0", "affected": True, "symbols": symbols, "places": 7,
    }  # fmt: skip
    assert (second["extension"], second["affected"]) == ("Flask-B", False)
    changes = json.loads(site.output.joinpath("api/changes.json").read_bytes())
    jsonschema.validate(changes, json.loads(schemas.json_schema("changes")))
    rows = {row["symbol"]: row for row in changes["changes"]}
    assert rows["flask.Markup"]["deprecated"] == "2.3"
    assert rows["flask.Markup"]["title"] == "Removal of flask.Markup and flask.escape"


def test_upgrade_pages(site: Site) -> None:
    page = site.page("upgrade/3.0..3.2")
    assert "flask.__version__ removed 3.2 3.0 FEP 20: Deprecation of flask.__version__" in page.text
    assert "flask.ctx.RequestContext deprecated 3.2 FEP 28" in page.text
    assert "flask.Markup" not in page.text
    assert any(link.endswith("upgrade/3.0..3.2/") for link in site.page("number").links())


def test_upgrade_pages_with_very_many_names_are_cut(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """40 proposals with 600 names each made 40 pages of 7 MB, which took 3 GB of memory."""
    pages = len(list(site.output.glob("upgrade/*/index.html")))
    monkeypatch.setattr(upgrade_pages, "MAX_ROWS", pages)
    other = site.with_output("cut")
    other.build()
    page = other.page("upgrade/3.0..3.2")
    (total,) = re.findall(r"Only 1 of (\d+) names are shown\.", page.text)
    names = [cell for cell in page.text.split() if cell.startswith("flask.")]
    assert int(total) > len({*names}) == 1


def test_versions_far_from_the_newest_have_no_page(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page links to all others."""
    monkeypatch.setattr(upgrades, "MAX_PAIRS", 1)
    monkeypatch.setattr(content, "MAX_PAIRS", 1)
    text = (ROOT / "proposals/fep-0020.rst").read_text("utf-8")
    versions = {30: "2.0", 31: "2.1", 32: "3.0", 33: "3.1", 34: "3.2", 35: "3.3"}
    proposals: dict[str | int, str | bytes] = {
        number: text.replace("FEP: 20\n", f"FEP: {number}\n")
        .replace("Status: Accepted", "Status: Final" if version <= "3.0" else "Status: Accepted")
        .replace("Flask-Version: 3.2", f"Flask-Version: {version}")
        for number, version in versions.items()
    }
    frameworks = (ROOT / "fep/frameworks.toml").read_bytes()
    site = make_site({**proposals, "fep/frameworks.toml": frameworks})
    site.build()
    assert "3 upgrades to or from the newest version have no page" in site.warnings
    names = {path.name for path in site.output.joinpath("upgrade").iterdir()}
    assert names == {"2.1..3.0", "3.0..3.1"}


def test_outdated_results_are_left_out(site: Site) -> None:
    site.write(RESULTS, results(symbols=["flask.Markup"]))
    site.build()
    assert "extensions were scanned" not in site.page("fep-0035").text
    site.write(RESULTS, results(before=None))
    site.build()
    assert "3 extensions were scanned, in the newest releases: 1 affected" in (
        site.page("fep-0035").text
    )

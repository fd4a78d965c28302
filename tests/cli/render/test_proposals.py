"""Proposals as a table, JSON and CSV."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest

from fep_tools.catalog.model import (
    Author,
    Catalog,
    CatalogEntry,
    FrameworkEntry,
    NoteEntry,
    Resolution,
)
from fep_tools.cli.render import proposals
from fep_tools.errors import FepError
from fep_tools.process.model import Process
from fep_tools.process.schema import Header

ENTRIES = (
    CatalogEntry(
        number=7,
        title="Typed views",
        status="Draft",
        type="Process",
        authors=(Author(name="Ada Lovelace", handle="ada"),),
        topics=("Core",),
        path="7.rst",
        created=date(2025, 3, 9),
        versions=("3.1.2", "4.0"),
        requires=(11, 404),
        notes=(NoteEntry(framework="sanic", state="verified", version="24.6.0", python="3.12"),),
    ),
    CatalogEntry(number=11, title="Blueprints", status="Final", path="11.rst"),
)
FRAMEWORKS = (
    FrameworkEntry(key="sanic", title="Sanic", docs="", python="3.12"),
    FrameworkEntry(key="hug", title="Hug", docs="", python="3.12"),
)
CATALOG = Catalog(tool="t", process="FEP", proposals=ENTRIES, frameworks=FRAMEWORKS)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [7, 11]),
        ({"statuses": ["final"]}, [11]),
        ({"statuses": ["fin"]}, []),
        ({"types": ["PROCESS"]}, [7]),
        ({"topics": ["core"]}, [7]),
        ({"authors": ["lovel"]}, [7]),
        ({"authors": ["@ada"]}, [7]),
        ({"frameworks": ["sanic"]}, [7]),
        ({"frameworks": ["hug"]}, []),
        ({"versions": ["3.1.2"]}, [7]),
        ({"versions": ["3.1"]}, [7]),
        ({"versions": ["1", "4"]}, [7]),
        ({"versions": ["3.1.20"]}, []),
        ({"versions": ["1.2"]}, []),
        ({"statuses": ["Draft"], "topics": ["Core"]}, [7]),
        ({"statuses": ["Final"], "topics": ["Core"]}, []),
        ({"statuses": ["Final", "DRAFT"]}, [7, 11]),
        ({"authors": ["nobody", "lovel"], "topics": ["x", "core"]}, [7]),
    ],
)
def test_filters(filters: dict[str, list[str]], numbers: list[int]) -> None:
    assert [e.number for e in proposals.filter_entries(CATALOG, **filters)] == numbers


@pytest.mark.parametrize("name", ["sanic", "Sanic", "SANIC"])
def test_a_framework_is_found_by_key_and_title(name: str) -> None:
    assert proposals.find_framework(CATALOG, name) == "sanic"


@pytest.mark.parametrize(
    ("frameworks", "name", "message"),
    [
        (FRAMEWORKS, "sanik", """there is no framework "sanik"; did you mean sanic?"""),
        (FRAMEWORKS, "x", 'there is no framework "x"; use sanic or hug'),
        ((), "sanic", "this repository has no notes on other frameworks"),
    ],
)
def test_an_unknown_framework(
    frameworks: tuple[FrameworkEntry, ...], name: str, message: str
) -> None:
    with pytest.raises(FepError) as error:
        proposals.find_framework(CATALOG.model_copy(update={"frameworks": frameworks}), name)
    assert str(error.value) == message


def test_table() -> None:
    assert proposals.as_table(ENTRIES) == (
        " 7  Draft  Process  Typed views\n11  Final  ?        Blueprints\n"
    )
    assert proposals.as_table([]) == ""


def test_table_without_types() -> None:
    table = proposals.as_table(ENTRIES, has_types=False)
    assert table == " 7  Draft  Typed views\n11  Final  Blueprints\n"


def test_csv_has_no_formulas() -> None:
    hostile = ENTRIES[0].model_copy(update={"title": "=HYPERLINK()", "status": "@x\x1b"})
    heading, row = csv.reader(StringIO(proposals.as_csv([hostile])))
    assert heading == list(proposals.COLUMNS)
    assert row == ["7", "'=HYPERLINK()", "'@x\\x1b", "Process", "2025-03-09", "Ada Lovelace"]


def test_one_proposal_as_text(process: Process) -> None:
    lines = proposals.one_as_text(ENTRIES[0], CATALOG, process).splitlines()
    assert lines[0] == "FEP 7: Typed views"
    assert "Requires:      FEP 11 (Blueprints), FEP 404" in lines
    assert lines[-1] == "Sanic:         ?              verified on Sanic 24.6.0, Python 3.12"


def test_every_header_is_shown_under_its_own_name(process: Process) -> None:
    entry = ENTRIES[1].model_copy(
        update={
            "sponsor": (Author(name="Grace Hopper"),),
            "resolution": Resolution(date=date(2025, 3, 9), url="https://example.org/1"),
            "retroactive": True,
            "discussion": "https://example.org/2",
            "required_by": (7,),
        }
    )
    lines = proposals.one_as_text(entry, CATALOG, process).splitlines()
    assert lines[2:] == [
        "Sponsor:        Grace Hopper",
        "Discussions-To: https://example.org/2",
        "Status:         Final",
        "Required by:    FEP 7 (Typed views)",
        "Resolution:     2025-03-09 https://example.org/1",
        "Retroactive:    yes",
        "File:           11.rst",
    ]


def test_a_header_without_a_role_is_shown(process: Process) -> None:
    header = Header(name="Release-Note", kind="text")
    longer = process.model_copy(update={"headers": (*process.headers, header)})
    entry = CatalogEntry(number=7, path="7.rst", release_note="soon")
    assert "Release-Note:  soon" in proposals.one_as_text(entry, CATALOG, longer).splitlines()


def test_what_was_removed_says_so() -> None:
    entry = ENTRIES[1].model_copy(update={"versions": ("0.7",), "removed": ("2.3",)})
    assert proposals.as_table([entry]) == "11  Final  ?  Blueprints (removed in 2.3)\n"


@pytest.mark.parametrize("part", ["hopper", "@grace"])
def test_people_upstream_are_found_apart_from_authors(part: str) -> None:
    grace = (Author(name="Grace Hopper", handle="grace"),)
    entry = ENTRIES[1].model_copy(update={"upstream_authors": grace})
    catalog = Catalog(tool="t", process="FEP", proposals=(ENTRIES[0], entry))
    assert proposals.filter_entries(catalog, upstream_authors=[part]) == [entry]
    assert proposals.filter_entries(catalog, authors=[part]) == []

"""Change logs, and the proposals that they mention."""

from __future__ import annotations

import pytest

from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.editorial.changelog import compare_log, LogComparison, read_sections
from fep_tools.process.model import Process

RST = """\
Changes
=======

Version 3.2.0
-------------

Unreleased

-   Typed views. {mention}

Version 3.1.0
-------------

-   Partitioned cookies. :pr:`7`
"""
MARKDOWN = """\
# Changes

## [3.2.0] - 2026-11-13

### Added

- Typed views. {mention}

## 3.1.0

- Partitioned cookies. #7
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RST, [("Version 3.2.0", "3.2.0"), ("Version 3.1.0", "3.1.0")]),
        (MARKDOWN, [("[3.2.0] - 2026-11-13", "3.2.0"), ("3.1.0", "3.1.0")]),
        ("v1.2rc1\n~~~~~~~\n", [("v1.2rc1", "1.2rc1")]),
        ("Released 2.0\n\n1.0 is here.\n", []),
        ("", []),
    ],
)
def test_sections(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(section.title, section.version) for section in read_sections(text)] == expected


def test_a_section_has_the_headings_below_it() -> None:
    first, second = read_sections(MARKDOWN)
    assert "### Added" in first.text
    assert "Partitioned" not in first.text
    assert second.text.strip() == "- Partitioned cookies. #7"


PULL = "https://github.com/pallets/flask/pull"
ENTRIES = (
    CatalogEntry(number=11, path="a.rst", versions=("3.2",), upstream=(f"{PULL}/11000",)),
    CatalogEntry(number=12, path="b.rst", versions=("3.1.0",), upstream=(f"{PULL}/7",)),
    CatalogEntry(
        number=13, path="c.rst", versions=("3.3",),
        upstream=("https://github.com/pallets/werkzeug/commit/0123456789abcdef",),
    ),
)  # fmt: skip


def compare(
    process: Process, mention: str, version: str = "3.2", text: str = RST
) -> LogComparison | None:
    catalog = Catalog(tool="t", process="FEP", proposals=ENTRIES)
    released = [each for each in ENTRIES if version in each.versions]
    sections = read_sections(text.format(mention=mention))
    return compare_log(sections, released, catalog, process, version)


@pytest.mark.parametrize("text", [RST, MARKDOWN])
@pytest.mark.parametrize(
    ("mention", "numbers"),
    [
        ("FEP 11", [11]),
        ("fep-0011", [11]),
        (":fep:`11`", [11]),
        (":fep:`views <11#rationale>`", [11]),
        (":pr:`11000`", [11]),
        (":issue:`11000`", [11]),
        ("(#11000)", [11]),
        ("gh-11000", [11]),
        (f"{PULL}/11000", [11]),
        ("https://github.com/pallets/flask/issues/11000#issuecomment-1", [11]),
        ("https://github.com/pallets/werkzeug/pull/11000", []),
        (":pr:`110`", []),
        ("PEP 11, 3.11, &#11000; a#11000", []),
    ],
)
def test_mentions(process: Process, text: str, mention: str, numbers: list[int]) -> None:
    log = compare(process, mention, text=text)
    assert log is not None
    assert [entry.number for entry in log.agreed] == numbers
    assert [entry.number for entry, _ in log.missing] == [n for n in (11,) if n not in numbers]


def test_a_missing_mention_names_the_sections_that_have_it(process: Process) -> None:
    log = compare(process, "", version="3.1.0", text=RST.replace(":pr:`7`", "").replace(
        "{mention}", "FEP 12"
    ))  # fmt: skip
    assert log is not None
    ((entry, versions),) = log.missing
    assert (entry.number, versions) == (12, ("3.2.0",))


def test_a_mention_of_a_proposal_for_another_version(process: Process) -> None:
    commit = "https://github.com/pallets/werkzeug/commit/0123456789abcdef"
    log = compare(process, f"FEP 11, {commit} and FEP 99")
    assert log is not None
    assert [entry.number for entry in log.unexpected] == [13]


def test_a_deprecation_before_the_own_version_is_expected(process: Process) -> None:
    log = compare(process, "FEP 11 and FEP 12")
    assert log is not None
    assert log.unexpected == ()


def test_a_version_without_a_section(process: Process) -> None:
    assert compare(process, "", version="3.3") is None

"""A proposal with something wrong in its headers, or in its file, is still shown everywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fep_tools.cli import main
from fep_tools.repository import Repository

from .sites import Site, SiteMaker

HEADERS = {
    "Title": "Title: Broken {number}",
    "Author": "Author: Ada Lovelace",
    "Status": "Status: Draft",
    "Type": "Type: Process",
    "Created": "Created: 2025-03-09",
}

# What is wrong, by the number of the proposal: headers that replace those above, or a file.
WRONG: dict[int, dict[str, str] | bytes] = {
    20: {"Status": "Status: Drfat"},
    21: {"Status": ""},
    22: {"Status": "Status:"},
    23: {"Type": "Type: Proces"},
    24: {"Type": ""},
    25: {"Created": "Created: 9 March 2025"},
    26: {"Created": "Created: soon"},
    27: {"Author": "Author: R2 <D2, Ada Lovelace"},
    28: {"Author": "Author: ada at example.org"},
    29: {"Title": f"Title: {'Broken ' * 20}29"},
    30: {"Title": ""},
    31: {"Title": "Title: Broken 31\nTitle: Other"},
    32: {"Status": "Status: Draft\nRequires: 20, twenty"},
    33: {"Status": "Status: Draft\nTopic: Core, Nonsense"},
    34: {"Type": "Type: Process\nStatus-History: soon Draft"},
    35: {"Author": "Author: Ada Lovelace\n", "Status": "\nStatus: Draft"},
    36: {"Status": "status: draft"},
    37: b"Only a text, without any header.\n",
    38: b"",
    39: b"FEP: 39\nTitle: Broken 39\nAuthor: Jos\xe9\nStatus: Draft\nType: Process\n\nText.\n",
    40: b"FEP: 40\nTitle: Broken 40\nStatus: Draft\nType: Process\n\nText\x00.\n",
    41: b"\xef\xbb\xbfFEP: 41\nTitle: Broken 41\nStatus: Draft\nType: Process\n\nText.\n",
    42: b"FEP: 42\nTitle: Broken 42\nStatus: Draft\nType: Process\n\n" + b"a" * 6000,
    43: b"FEP: 43\n" + b"a" * 1024 * 1024,
    44: b"FEP: 44\n<<<<<<< main\nTitle: Broken 44\n=======\nTitle: B\n>>>>>>> b\nStatus: Draft\n",
    45: b"FEP: forty-five\nTitle: Broken 45\nStatus: Draft\nType: Process\n\nText.\n",
    46: b"FEP: 46\rTitle: Broken 46\rStatus: Draft\rType: Process\r\rText.\r",
    47: b"FEP: 47\nTitle: Broken\x0c47\nStatus: Draft\nType: Process\n\x0c\nText.\n",
}
UNTITLED = {30, 37, 38, 43}
WITHOUT_STATUS = {20, 21, 22, 37, 38, 43}


def text(number: int) -> bytes:
    wrong = WRONG[number]
    if isinstance(wrong, bytes):
        return wrong
    headers = [value.format(number=number) for value in (HEADERS | wrong).values() if value]
    lines = [f"FEP: {number}", *headers, "", "Abstract", "========", "", f"Text of {number}."]
    return "\n".join([*lines, ""]).encode()


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site({})
    for number in WRONG:
        site.write(f"proposals/fep-{number:04}.rst", text(number))
    site.build()
    return site


@pytest.fixture(scope="module")
def entries(site: Site) -> dict[int, dict[str, Any]]:
    table = json.loads(site.output.joinpath("api", "proposals.json").read_bytes())
    return {entry["number"]: entry for entry in table["proposals"]}


def test_the_catalog_has_them(entries: dict[int, dict[str, Any]]) -> None:
    assert set(entries) == set(WRONG)
    assert {number for number, entry in entries.items() if entry["title"] is None} == UNTITLED
    assert {n for n, entry in entries.items() if entry["status"] is None} == WITHOUT_STATUS


@pytest.mark.parametrize(
    ("number", "key", "value"),
    [
        (23, "type", None),
        (25, "created", "2025-03-09"),
        (26, "created", None),
        (29, "title", f"{'Broken ' * 20}29"),
        (31, "title", "Broken 31"),
        (32, "requires", [20]),
        (33, "topics", ["Core"]),
        (35, "status", "Draft"),
        (36, "status", "Draft"),
        (39, "title", "Broken 39"),
        (47, "title", "Broken 47"),
    ],
)
def test_what_is_understood_is_used(
    entries: dict[int, dict[str, Any]], number: int, key: str, value: object
) -> None:
    assert entries[number][key] == value


@pytest.mark.parametrize(
    ("number", "names"), [(27, ["R2", "Ada Lovelace"]), (28, []), (39, ["José"])]
)
def test_authors(entries: dict[int, dict[str, Any]], number: int, names: list[str]) -> None:
    assert [author["name"] for author in entries[number]["authors"]] == names


@pytest.mark.parametrize("number", WRONG)
def test_every_proposal_is_on_the_site(site: Site, number: int) -> None:
    assert f"fep-{number:04}/" in site.output.joinpath("index.html").read_text("utf-8")
    assert f"FEP {number}" in site.page(f"fep-{number:04}").text
    assert site.output.joinpath("api", "proposals", f"{number:04}.json").is_file()
    assert site.output.joinpath("feeds", "proposals", f"{number:04}.atom").is_file()


def test_no_address_is_published(site: Site) -> None:
    assert not [path for path, data in site.files().items() if b"ada at example" in data]


def test_the_index_has_a_group_of_its_own(site: Site) -> None:
    page = site.output.joinpath("index.html").read_text("utf-8")
    group = page.partition('id="group-without-status"')[2]
    found = {number for number in WRONG if f"fep-{number:04}/" in group}
    assert found == WITHOUT_STATUS


def test_commands_show_them(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    def output(*arguments: str) -> str:
        assert main.run([*arguments, "--root", str(site.root), "--no-cache"]) == 0
        return capsys.readouterr().out

    assert {int(line.split()[0]) for line in output("list").splitlines()} == set(WRONG)
    for name in ("bibtex", "csl"):
        exported = output("export", name)
        assert all(f"fep-{number:04}" in exported for number in WRONG)
        assert "title = {{Abstract}}" not in exported
    for number in (20, 30, 37, 38, 43):
        assert output("show", str(number)).startswith(f"FEP {number}")


def test_the_statistics_count_them(site: Site) -> None:
    catalog = Repository.open(site.root).catalog(history=False)
    assert len(catalog.proposals) == len(WRONG)


def test_two_files_with_one_number(
    make_site: SiteMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "FEP: 7\nTitle: {}\nAuthor: Ada\nStatus: Draft\nType: Process\n\nText.\n"
    site = make_site({7: text.format("Views")})
    site.write("proposals/fep-0007-types.rst", text.format("Types"))
    site.build()
    for page in ("", "number", "status/draft", "author/ada"):
        links = site.page(page).links()
        assert any(href.endswith("fep-0007/") for href in links)
        assert any(href.endswith("proposals/fep-0007-types/") for href in links)
    assert "Types" in site.page("proposals/fep-0007-types").text
    assert main.run(["list", "--root", str(site.root), "--no-cache"]) == 0
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()] == ["Views", "Types"]


def test_a_link_to_one_is_not_dead(make_site: SiteMaker) -> None:
    site = make_site({7: SOUND.format(status="Draft", text=":fep:`38`")})
    site.write("proposals/fep-0038.rst", b"")
    report = site.build()
    assert (report.errors, report.warnings) == (1, 0)
    assert 'href="../fep-0038/"' in site.output.joinpath("fep-0007/index.html").read_text("utf-8")


SOUND = """\
FEP: 7
Title: Links
Author: Ada Lovelace
Status: {status}
Type: Process
Created: 2026-01-02

Abstract
========

{text}
"""


@pytest.mark.parametrize(("status", "warnings"), [("Draft", 0), ("Drfat", 1)])
def test_a_build_reports_what_is_wrong_in_headers(
    make_site: SiteMaker, status: str, warnings: int
) -> None:
    """As the check does: the page has no status that readers could rely on."""
    report = make_site({7: SOUND.format(status=status, text="Text.")}).build()
    assert (report.errors, report.warnings) == (0, warnings)

"""What the process of the PEPs has of their own site: groups, lists, links and addresses."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from fep_tools.process.source import BUILTIN_DIRECTORY

from .sites import Site, SiteMaker

PROCESS = BUILTIN_DIRECTORY.joinpath("pep.toml").read_text("utf-8")


def pep(number: int, body: str = "", **headers: str) -> str:
    """Return the text of a PEP; header names have underscores instead of dashes."""
    fields = {
        "PEP": str(number),
        "Title": f"Views of number {number}",
        "Author": "Ada Lovelace <ada@example.org>",
        "Discussions-To": "",
        "Status": "Draft",
        "Type": "Standards Track",
        "Topic": "",
        "Created": "09-Mar-2025",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    end = "\n\nCopyright\n=========\n\nPublic domain.\n"
    return "\n".join([*lines, "", body, "Abstract\n========\n\nViews have types."]) + end


TEXTS = {
    7: pep(7, Topic="Packaging", Python_Version="3.10, 3.9"),
    8: pep(8, Title="Python 3.9 Release Schedule", Type="Informational", Status="Final"),
    9: pep(9, Type="Informational", Status="Final", Discussions_To="python-dev@python.org"),
    10: pep(10, Type="Process", Status="Superseded", Superseded_By="7"),
    11: pep(11, Status="Superseded", Superseded_By="7", body=".. superseded:: 7\n"),
    12: pep(
        12,
        Status="Rejected",
        body=".. rejected:: It was refused in favour of :pep:`7`.\n\n   More *here*.\n",
        Discussions_To="python-3000@python.org",
        Post_History="09-Mar-2025, `10-Mar-2025 <https://discuss.python.org/t/views/1>`__",
        Resolution="https://mail.python.org/pipermail/python-dev/2015-May/140104.html",
    ),
    13: pep(13, body=".. canonical-doc::\n", Discussions_To="tulip@googlegroups.com"),
    14: pep(14, body=".. canonical-doc:: the *manual*\n"),
    16: pep(16, Status="Accepted", Created="01-Mar-2025"),
    15: pep(15, Status="April Fool!", Created="01-Apr-2025", body="See :pep:`0`.\n\n"),
}

PAGES = {
    "peps/api/index.rst": "API\n===\n\nOne object for each PEP; see :doc:`/docs/build`.\n",
    "peps/docs/build.rst": "Build\n=====\n\nHow it is built.\n",
    "peps/pep-0007/appendix-more.rst": "More\n====\n\nDetails of :pep:`7`.\n",
    "peps/pep-0007/other.rst": "Other\n=====\n",
    "release-cycle.json": '{"3.15": {}}\n',
}


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    files = {f"peps/pep-{number:04}.rst": text for number, text in TEXTS.items()}
    site = make_site({"fep/process.toml": PROCESS, **files, **PAGES})
    site.build()
    assert "toctree" not in site.warnings
    return site


@pytest.mark.parametrize(
    ("group", "titles"),
    [
        ("other-informational-peps", ["Views of number 9"]),
        (
            "historical-meta-peps-and-informational-peps",
            ["Python 3.9 Release Schedule", "Views of number 10"],
        ),
        (
            "rejected-superseded-and-withdrawn-peps",
            ["Views of number 11", "Views of number 12", "Views of number 15"],
        ),
    ],
)
def test_groups_as_in_pep_0(site: Site, group: str, titles: list[str]) -> None:
    section = site.html("").partition(f'id="group-{group}"')[2].partition('id="group-')[0]
    assert re.findall(r'"fep-col-title"><p><a [^>]*><span>([^<]*)', section) == titles


def test_versions_are_a_filter(site: Site) -> None:
    page = site.html("")
    assert '<th class="head fep-col-version fep-facet"><p>Version</p></th>' in page
    assert '<td class="fep-col-version fep-facet"><p>3.10, 3.9</p></td>' in page


def test_reserved_numbers_are_in_the_index(site: Site) -> None:
    text = site.page("").text
    assert text.partition("Reserved numbers")[2].startswith(" ¶ PEP Reason 801 Warsaw")


def test_a_choice_has_a_summary(site: Site) -> None:
    assert "specifications of packaging" in site.page("topic/packaging").text
    assert "specifications of packaging" in site.page("topic").text
    url = "https://packaging.python.org/en/latest/specifications/"
    assert url in site.page("topic/packaging").links()


@pytest.mark.parametrize(
    ("page", "url", "text"),
    [
        ("pep-0009", "https://mail.python.org/archives/list/python-dev@python.org/",
         "python-dev list"),
        ("pep-0012", "https://mail.python.org/pipermail/python-3000/", "python-3000 list"),
        ("pep-0012", "https://mail.python.org/pipermail/python-dev/2015-May/140104.html",
         "python-dev message"),
        ("pep-0013", "https://groups.google.com/g/tulip", "tulip list"),
    ],
)  # fmt: skip
def test_lists_and_threads_are_links_with_their_names(
    site: Site, page: str, url: str, text: str
) -> None:
    assert f'href="{url}">{text}</a>' in unescape(site.html(page))


def test_the_title_of_a_dated_link_says_where_it_leads(site: Site) -> None:
    links = site.page("pep-0012").links()
    assert links["https://discuss.python.org/t/views/1"] == "Discourse thread"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("pep-0016", "Accepted ; may not be implemented yet."),
        (
            "pep-0010",
            "Superseded: Replaced by another PEP. Superseded by PEP 7: Views of number 7 .",
        ),
        ("pep-0011", "This PEP was superseded by PEP 7 ."),
        ("pep-0012", "It was refused in favour of PEP 7 . More here ."),
        ("pep-0013", "documentation is elsewhere. See PEP 1 for how to propose changes."),
        ("pep-0014", "documentation is at the manual . See PEP 1 for how to propose changes."),
    ],
)
def test_banners(site: Site, page: str, text: str) -> None:
    assert text in site.page(page).text


# Addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("pep-0000/index.html", "../"),
        ("0/index.html", "../"),
        ("numerical/index.html", "../number/"),
    ],
)
def test_an_address_of_their_site_is_a_redirect(site: Site, path: str, target: str) -> None:
    assert f'content="0; url={target}"' in site.files()[path].decode()


def test_the_number_of_the_index_is_a_link(site: Site) -> None:
    assert site.page("pep-0015").links().keys() >= {"../"}
    assert "PEP 0" not in site.warnings


def test_pages_of_their_own(site: Site) -> None:
    assert "One object for each PEP" in site.page("api").text
    assert "../docs/build/" in site.page("api").links()
    assert "How it is built" in site.page("docs/build").text
    assert "Details of PEP 7" in site.page("pep-0007/appendix-more").text
    assert not site.output.joinpath("peps").exists()
    assert not site.output.joinpath("pep-0007/other").exists()


def test_their_json(site: Site) -> None:
    peps = json.loads(site.files()["api/peps.json"])
    assert list(peps) == [str(number) for number in sorted(TEXTS)]
    assert peps["7"] == {
        "number": 7,
        "title": "Views of number 7",
        "authors": "Ada Lovelace",
        "discussions_to": None,
        "status": "Draft",
        "type": "Standards Track",
        "topic": "packaging",
        "created": "09-Mar-2025",
        "python_version": "3.10, 3.9",
        "post_history": None,
        "resolution": None,
        "requires": None,
        "replaces": None,
        "superseded_by": None,
        "author_names": ["Ada Lovelace"],
        "url": "https://peps.python.org/pep-0007/",
    }
    assert peps["9"]["discussions_to"] == "python-dev@python.org"
    assert peps["12"]["post_history"] == (
        "09-Mar-2025, `10-Mar-2025 <https://discuss.python.org/t/views/1>`__"
    )
    assert (peps["15"]["status"], peps["15"]["topic"]) == ("Rejected", "")


def test_their_feed(site: Site) -> None:
    channel = ElementTree.fromstring(site.files()["peps.rss"])[0]
    assert channel.findtext("title") == "Newest Python PEPs"
    assert channel.findtext("lastBuildDate") == "Tue, 01 Apr 2025 00:00:00 GMT"
    items = [{part.tag: part.text for part in item} for item in channel.iter("item")]
    assert [item["title"] for item in items[:2]] == [
        "PEP 15: Views of number 15",
        "PEP 14: Views of number 14",
    ]
    assert items[1] == {
        "title": "PEP 14: Views of number 14",
        "link": "https://peps.python.org/pep-0014/",
        "description": "Views have types.",
        "author": "Ada Lovelace",
        "guid": "https://peps.python.org/pep-0014/",
        "pubDate": "Sun, 09 Mar 2025 00:00:00 GMT",
    }
    assert b"example.org" not in site.files()["peps.rss"]


def test_files_are_copied_if_they_are_there(site: Site) -> None:
    files = site.files()
    assert files["api/release-cycle.json"] == b'{"3.15": {}}\n'
    assert "api/python-releases.json" not in files
    assert "python-releases" not in site.warnings


def test_a_second_build_follows_the_copied_files(site: Site) -> None:
    site.write("release-cycle.json", "{}\n")
    site.build()
    assert site.files()["api/release-cycle.json"] == b"{}\n"
    site.root.joinpath("release-cycle.json").unlink()
    site.build()
    assert "api/release-cycle.json" not in site.files()
    site.root.joinpath("release-cycle.json").symlink_to("/etc/hostname")
    site.build()
    assert "api/release-cycle.json" not in site.files()
    assert "release-cycle.json is a link, so api/release-cycle.json is not published" in (
        site.warnings
    )

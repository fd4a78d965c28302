"""The pages that list proposals by what they have in common."""

from __future__ import annotations

import json
import re

import pytest

from fep_tools.catalog import groups

from .sites import proposal, Site, SiteMaker


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site(
        {
            10: proposal(10, "Modules", Status="Review", Review_Until="2026-03-09"),
            11: proposal(11, "Blueprints", Status="Review", Review_Until="2026-02-09"),
            12: proposal(
                12,
                "Nested blueprints",
                Author="Ada Lovelace (@ada), Çelebi Ö.",
                Type="Standards Track",
                Topic="Core, Extensions",
                Flask_Version="2.10",
                Sponsor="Grace Hopper",
            ),
            13: proposal(13, "Views", Author="Grace Hopper", Flask_Version="2.9"),
        }
    )
    site.build()
    return site


def titles(site: Site, page: str) -> list[str]:
    """The titles of the proposals that a page lists, in its order."""
    named = ("Modules", "Blueprints", "Nested blueprints", "Views")
    text = site.page(page).text.partition("Created ")[2]
    positions = {text.find(f" {title} "): title for title in named}
    return [positions[position] for position in sorted(positions) if position >= 0]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("number", ["Modules", "Blueprints", "Nested blueprints", "Views"]),
        ("status/review", ["Modules", "Blueprints"]),
        ("type/standards-track", ["Nested blueprints"]),
        ("topic/extensions", ["Nested blueprints"]),
        ("author/celebi-o", ["Nested blueprints"]),
        ("author/ada-lovelace", ["Modules", "Blueprints", "Nested blueprints"]),
        ("version/2.9", ["Views"]),
        ("list/in-review", ["Blueprints", "Modules"]),
        ("list/looking-for-a-sponsor", ["Views"]),
    ],
)
def test_a_list(site: Site, page: str, expected: list[str]) -> None:
    assert titles(site, page) == expected


def test_proposals_without_a_number_are_in_the_index(make_site: SiteMaker) -> None:
    site = make_site({10: proposal(10, "Modules")})
    text = proposal(7, "Commits").replace("FEP: 7\n", "")
    site.write("proposals/fep-7.1.rst", text.encode())
    site.write("proposals/notes.rst", b"Some notes.\n")
    site.build()
    index = site.output.joinpath("index.html").read_text("utf-8")
    group = index.partition('id="group-without-number"')[2]
    links = re.findall(r'href="(proposals/[^"]+)"[^>]*>(?:<[^>]+>)*([^<]+)', group)
    assert links == [
        ("proposals/fep-7.1/", "Commits"),
        ("proposals/notes/", "proposals/notes.rst"),
    ]
    assert site.page("proposals/fep-7.1").text


def test_numbers_that_are_not_whole_are_in_the_lists(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, "Modules"), 8: proposal(8, "Blueprints")})
    text = proposal(7, "Commits").replace("FEP: 7\n", "")
    site.write("proposals/fep-7.1.rst", text.encode())
    process = site.root / "fep/process.toml"
    added = process.read_text("utf-8").replace("[files]\n", "[files]\nwritten_numbers = true\n", 1)
    process.write_text(added, "utf-8")
    site.build()
    for page in ("", "number", "status/draft"):
        text = site.page(page).text.partition("Created ")[2]  # the table
        assert text.index("Modules") < text.index("7.1 Commits") < text.index("Blueprints")
    own = site.page("fep-7.1").text
    assert "FEP 7.1: Commits" in own
    assert "History" in own
    assert "Without a number" not in site.page("").text


def test_empty_lists_are_left_out(site: Site) -> None:
    folders = {path.split("/")[1] for path in site.files() if path.startswith("list/")}
    assert folders == {"in-review", "looking-for-a-sponsor"}
    assert not site.output.joinpath("status/final").exists()


def test_values_are_in_the_order_of_the_process(site: Site) -> None:
    text = site.page("status").text
    assert "Draft 2 Being written." in text
    assert text.index("Draft 2") < text.index("Review 2")


def test_versions_are_sorted_as_numbers(site: Site) -> None:
    text = site.page("version").text
    assert text.index("2.9 1") < text.index("2.10 1")


def test_the_date_that_a_list_is_sorted_by_is_a_column(site: Site) -> None:
    assert "Review-Until" in site.page("list/in-review").text
    assert "2026-02-09" in site.page("list/in-review").text


def test_a_proposal_links_to_its_lists(site: Site) -> None:
    links = site.page("fep-0012").links()
    pages = ("status/draft", "type/standards-track", "topic/core", "author/celebi-o")
    assert {f"../{page}/" for page in (*pages, "version/2.10")} <= links.keys()


def test_lists_are_linked_from_every_page(site: Site) -> None:
    links = site.page("process").links()
    assert {"../number/", "../status/", "../topic/", "../version/"} <= links.keys()
    assert "../../list/in-review/" in site.page("status/draft").links()


def test_untrusted_values_are_escaped_in_lists(make_site: SiteMaker) -> None:
    """Each name of an author gets one page, in the directory of authors."""
    names = ["Index", "李小龙", "ADA", "Ada"]
    site = make_site({n: proposal(n, "<i>x</i>", Author=name) for n, name in enumerate(names, 10)})
    site.build()
    pages = {path for path in site.files() if path.startswith("author/")}
    assert len(pages) == len(names) + 1
    assert all(path.count("/") == 2 for path in pages - {"author/index.html"})
    assert "<i>" not in site.html("number")


def test_a_document_takes_precedence_over_a_list(make_site: SiteMaker) -> None:
    site = make_site(
        {
            7: proposal(7),
            "conf.py": "html_theme = 'fep'",
            "index.rst": "Ours\n====\n\n.. toctree::\n\n   status\n",
            "status.rst": "A page of ours\n==============\n",
        }
    )
    site.build()
    assert "A page of ours" in site.page("status").text
    assert "Typed views" in site.page("status/draft").text


def test_empty_lists_are_removed(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), 8: proposal(8, Author="Bob Bell", Topic="Core")})
    site.build()
    site.root.joinpath("proposals/fep-0008.rst").unlink()
    site.build()
    assert not site.output.joinpath("author/bob-bell").exists()
    assert not site.output.joinpath("topic").exists()
    at_once = site.with_output("at-once")
    at_once.build()
    assert site.files() == at_once.files()


def test_other_builders_have_no_links_to_lists(make_site: SiteMaker) -> None:
    from io import StringIO

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    conf = "extensions = ['fep_tools.site']\nfep_restricted = True\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n"})
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            site.root, site.root, site.output, site.output / "trees", "text", status=None,
            warning=StringIO(),
        )  # fmt: skip
        app.build()
    assert "Draft · Process" in site.output.joinpath("fep-0007.txt").read_text("utf-8")


def test_people_upstream_and_removals_are_in_lists(make_site: SiteMaker) -> None:
    """Authors who are the same everywhere would only take the width of a column."""
    site = make_site(
        {
            10: proposal(10, "Modules", Upstream_Author="Grace Hopper", Removed_In="2.3"),
            11: proposal(11, "Blueprints"),
        }
    )
    site.build()
    text = site.page("number").text
    assert "Upstream authors" in text
    assert "Removed" in text
    assert "Grace Hopper" in text
    assert "Ada Lovelace" not in text
    assert "Modules" in site.page("upstream-author/grace-hopper").text
    assert "Removed in 2.3" in site.page("fep-0010").text
    assert "Hopper" not in site.html("fep-0010").partition("</head>")[0]


OPEN = "Abstract\n========\n\nViews.\n\nOpen Issues\n===========\n\nWhich version <{0}>?\n"


def test_a_row_does_not_have_hundreds_of_authors(make_site: SiteMaker) -> None:
    """Each of them has a page with a table, so that they would be there times themselves."""
    names = [f"Ada {chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(23)]
    author = f"Author: {', '.join(names)}"
    site = make_site({7: proposal(7).replace("Author: Ada Lovelace", author)})
    site.build()
    assert names[22] in site.page("fep-0007").text
    rows = site.page("author/ada-aw").text
    assert f"{names[19]}, and 3 more" in rows
    assert rows.count(names[20]) == 0


def test_rare_values_have_no_page_if_there_are_too_many(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few proposals with 200 authors each would claim thousands of pages."""
    monkeypatch.setattr(groups, "MIN_GROUPS", 1)
    monkeypatch.setattr(groups, "GROUPS_PER_PROPOSAL", 1)
    site = make_site(
        {
            7: proposal(7, Author="Zoe Zimmer, Ada Lovelace, Bob Bee, Cem Cee"),
            8: proposal(8, Author="Zoe Zimmer"),
        }
    )
    site.build()
    page = site.page("author")
    assert "Only the most frequent have a page of their own." in page.text
    assert "Bob Bee: FEP 7 Cem Cee: FEP 7 Zoe Zimmer 2" in page.text
    assert re.search(r'Bob Bee: <a [^>]*href="../fep-0007/"', site.html("author"))
    assert "Ada Lovelace" in site.page("author/ada-lovelace").text
    assert not site.output.joinpath("author", "bob-bee").exists()
    assert "Bob Bee" in site.page("fep-0007").text
    assert "Only the most frequent" not in site.page("status").text


def test_open_questions_and_reasons(make_site: SiteMaker) -> None:
    """Those of accepted proposals come first; what was given up has no questions to answer."""
    site = make_site(
        {
            10: proposal(10, "Modules", body=OPEN.format("b")),
            11: proposal(11, "Blueprints", body=OPEN.format("a"), Status="Active"),
            12: proposal(
                12, "Views", Status="Withdrawn", body=OPEN.format(2), Reason="No <b>time."
            ),
            13: proposal(13, "Others", body="Open Issues\n===========\n\nNone.\n"),
        }
    )
    site.build()
    page = site.page("list/open-questions")
    text = page.text.partition("Questions that the texts")[2]
    found = [text.find(words) for words in ("Which version <a>?", "Which version <b>?")]
    assert 0 < found[0] < found[1]
    assert "Others" not in text
    assert "<2>" not in text
    assert "../../fep-0011/#open-issues" in page.links()
    index = site.output.joinpath("index.html").read_text("utf-8")
    assert 'href="list/open-questions/"' in index
    assert '<span class="fep-reason">No &lt;b&gt;time.</span>' in index
    assert "The reason: No <b>time." in site.page("fep-0012").text
    data = json.loads(site.output.joinpath("api", "proposals.json").read_bytes())["proposals"]
    assert data[2]["reason"] == "No <b>time."
    assert data[1]["open_questions"] == [{"section": "Open Issues", "text": "Which version <a>?"}]
    assert [len(each["open_questions"]) for each in data] == [1, 1, 1, 0]


def test_without_open_questions_there_is_no_list_of_them(site: Site) -> None:
    assert not site.output.joinpath("list", "open-questions").exists()
    assert "list/open-questions" not in site.output.joinpath("index.html").read_text("utf-8")

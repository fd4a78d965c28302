"""The page of a proposal: how it is to be taken, what happened to it, and how it is cited."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from fep_tools.site.pagefind import NOT_PROSE

from ..history.repositories import Made
from .sites import proposal, ROOT, Site, SiteMaker

HOST = '\n[repository]\nurl = "https://code.example/us/proposals/"\n'
COMMIT = re.compile(r"https://code\.example/us/proposals/commit/[0-9a-f]{40}")


def with_host(site: Site) -> None:
    path = site.root / "fep" / "process.toml"
    path.write_text(path.read_text("utf-8").replace("\n[files]", f"{HOST}\n[files]", 1), "utf-8")


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    """FEP 10 is replaced by FEP 11, and git knows since when."""
    site = make_site()
    with_host(site)
    git = Made(site.root)
    for status in ("Draft", "Review"):
        git.commit({"proposals/fep-0010.rst": proposal(10, "Modules", Status=status)})
    git.commit({"proposals/fep-0010.rst": proposal(10, "Modules", Status="Final")})
    git.commit({"proposals/fep-0011.rst": proposal(11, "Blueprints", Replaces="10")})
    old = proposal(10, "Modules", Status="Superseded", Superseded_By="11")
    git.commit({"proposals/fep-0010.rst": old})
    git.commit({"proposals/fep-0012.rst": proposal(12, "Alone")})
    site.build()
    return site


def test_history_has_a_timeline_and_a_table(site: Site) -> None:
    page = site.page("fep-0010")
    assert "Timeline of FEP 10" in page.text
    assert "Draft from 2020-09-14, 1 day; Review from 2020-09-15" in page.text
    assert "2020-09-18 Superseded" in page.text


def test_status_changes_link_to_commits(site: Site) -> None:
    links = site.page("fep-0010").links()
    assert sum(COMMIT.fullmatch(link) is not None for link in links) == 4
    assert "https://code.example/us/proposals/blob/HEAD/proposals/fep-0010.rst" in links
    assert "https://code.example/us/proposals/commits/HEAD/proposals/fep-0010.rst" in links


def test_last_modified_is_the_day_of_the_last_commit(site: Site) -> None:
    page = site.page("fep-0010")
    assert "Last modified on 2020-09-18" in page.text
    assert "#history-of-this-proposal" in page.links()
    assert "Last modified : 2020-09-18" in page.text.replace("modified:", "modified :")


def test_one_status_has_no_timeline(site: Site) -> None:
    assert not site.page("fep-0012").all("svg")
    assert "2020-09-19 Draft" in site.page("fep-0012").text


def test_relations_have_a_graph_and_a_table(site: Site) -> None:
    page = site.page("fep-0011")
    assert "FEP 10 is superseded by FEP 11." in page.text
    assert "Replaces FEP 10: Modules Superseded" in page.text
    assert [svg["aria-labelledby"] for svg in page.all("svg")] == [
        "fep-relations-title fep-relations-desc"
    ]
    assert "../fep-0010/" in page.links()


def test_previous_and_next_are_linked(site: Site) -> None:
    assert "Previous: FEP 10: Modules Next: FEP 12: Alone" in site.page("fep-0011").text
    assert "Previous:" not in site.page("fep-0010").text
    assert "Next:" not in site.page("fep-0012").text


def test_citations(site: Site) -> None:
    page = site.page("fep-0011")
    assert "@misc{fep-0011," in page.text
    assert '"title": "Blueprints"' in page.text
    assert len(page.all("details")) >= 3


def test_contents_list_the_footer_sections(site: Site) -> None:
    assert "#about-this-fep" in site.page("fep-0011").links()


def test_ids_are_unique(site: Site) -> None:
    for name in ("fep-0010", "fep-0011", "fep-0012"):
        ids = [part["id"] for _tag, part in site.page(name).elements if "id" in part]
        assert len(ids) == len({*ids})


def test_sections_of_authors_keep_their_anchors(make_site: SiteMaker) -> None:
    """Also those that the site uses, and the search finds what they say."""
    titles = ("Similar proposals", "Citing this proposal", "History of this proposal")
    body = "".join(f"{title}\n{'=' * len(title)}\n\nWords by Ada.\n\n" for title in titles)
    site = make_site({7: proposal(7, body=f"{body}.. _relations-of-this-proposal:\n\nMore.\n")})
    site.build()
    page = site.page("fep-0007")
    ids = [part["id"] for _tag, part in page.elements if "id" in part]
    assert len(ids) == len({*ids})
    ours = {
        name: part["id"]
        for _tag, part in page.elements
        if "fep-below" in part.get("class", "")
        for name in part["class"].split()
    }
    for anchor in ("similar-proposals", "citing-this-proposal", "history-of-this-proposal"):
        assert anchor in ids
        assert ours[f"fep-{anchor}"] == f"{anchor}-2"
    assert "#history-of-this-proposal-2" in page.links()
    assert ".fep-below" in NOT_PROSE
    assert not [selector for selector in NOT_PROSE if selector.startswith("#")]


def test_without_a_known_host_commits_are_not_linked(make_site: SiteMaker) -> None:
    site = make_site()
    Made(site.root).commit({"proposals/fep-0010.rst": proposal(10, "Modules")})
    site.build()
    page = site.page("fep-0010")
    assert not [link for link in page.links() if "commit" in link]
    assert re.search("2020-09-14 Draft [0-9a-f]{10} by Ada", page.text)


def test_citations_use_the_site_url(make_site: SiteMaker) -> None:
    site = make_site(
        {
            10: proposal(10, "Modules"),
            "conf.py": 'html_theme = "fep"\nhtml_baseurl = "https://site.example/"\n',
            "index.rst": "Ours\n====\n",
        }
    )
    site.build()
    assert "url = {https://site.example/fep-0010/}" in site.page("fep-0010").text


def test_footer_says_that_there_is_no_history(make_site: SiteMaker) -> None:
    site = make_site({10: proposal(10, "Modules")})
    site.build()
    assert "built without the repository's commits" in site.page("fep-0010").text


def test_footer_says_that_the_history_is_incomplete(make_site: SiteMaker, site: Site) -> None:
    shallow = make_site()
    repository = Made(shallow.root.with_name("shallow"))
    repository.git("fetch", "--quiet", "--depth=1", site.root.as_uri())
    repository.git("checkout", "--quiet", "FETCH_HEAD")
    partial = Site(repository.root, shallow.output, shallow.cache)
    partial.build()
    assert "the site was built from a shallow clone" in partial.page("fep-0010").text
    assert "FEP 10" in partial.page("fep-0010").text


# How it is to be taken ---------------------------------------------------------------------

NOTICES = [
    ({"Status": "Draft"}, "Draft: Not decided."),
    (
        {"Status": "Review", "Review_Until": "2025-04-01"},
        "· comments until 1 April 2025 · Process Notice Review: Not decided yet, and open",
    ),
    ({"Status": "Final"}, "Final: A record of what was decided."),
    ({"Status": "Deferred"}, "Deferred: Not being worked on"),
    (
        {"Status": "Rejected", "Resolution": "2025-04-01 https://example.org/t/1"},
        "( decision ) · Process Notice Rejected: Not adopted. The text gives the reasons.",
    ),
]


@pytest.mark.parametrize(("headers", "text"), NOTICES, ids=lambda x: str(x)[:20])
def test_status_banner(make_site: SiteMaker, headers: dict[str, str], text: str) -> None:
    site = make_site({7: proposal(7, **headers)})
    site.build()
    assert text in site.page("fep-0007").text
    html = site.html("fep-0007")
    assert html.index("fep-notice") < html.index('id="abstract"')


def test_an_active_proposal_has_no_banner(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, Status="Active", Review_By="2030-01-01")})
    site.build()
    assert "fep-notice" not in site.html("fep-0007")


def test_a_banner_in_the_text_replaces_ours(make_site: SiteMaker) -> None:
    body = ".. living-document:: `the guide <https://example.org/>`_\n\nText.\n"
    site = make_site({7: proposal(7, Status="Final", body=body)})
    site.build()
    assert "Final:" not in site.page("fep-0007").text
    assert "documentation is at: the guide" in site.page("fep-0007").text


def as_text(site: Site) -> str:
    return site.output.joinpath("fep-0010.txt").read_text("utf-8")


def as_book(site: Site) -> str:
    return site.output.joinpath("fep-0010.xhtml").read_text("utf-8")


@pytest.mark.parametrize(("builder", "read"), [("text", as_text), ("epub", as_book)])
def test_other_builders_have_the_same_text(
    site: Site, builder: str, read: Callable[[Site], str]
) -> None:
    """Banner, history and relations are there without charts and without a site."""
    other = site.with_output(builder)
    settings: dict[str, Any] = {
        "extensions": ["fep_tools.site"],
        "fep_restricted": True,
        "epub_copyright": "none",
        "version": "1",
    }
    build_with(other, builder, settings)
    text = " ".join(read(other).split())
    for part in ("Superseded:", "Replaced by another proposal.", "2020-09-15", "FEP 11"):
        assert part in text
    if builder == "epub":
        ElementTree.fromstring(read(other).replace("&nbsp;", " "))
    assert text.index("Replaced by another proposal.") < text.index("Views should have types.")


def build_with(site: Site, builder: str, settings: dict[str, Any]) -> None:
    from io import StringIO

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            site.root, None, site.output, site.output / ".doctrees", builder,
            confoverrides=settings, status=None, warning=StringIO(),
        )  # fmt: skip
        app.build()


def test_built_in_processes_have_urls() -> None:
    for name in ("pep", "dep"):
        text = (ROOT / "src" / "fep_tools" / "process" / "builtin" / f"{name}.toml").read_text(
            "utf-8"
        )
        assert "[repository]" in text


SIMILAR = """\
Abstract
========

{words}
"""


@pytest.fixture(scope="module")
def similar_site(make_site: SiteMaker) -> Site:
    texts = {
        7: ("Typed coroutines", "Draft", "Coroutines await."),
        8: ("Awaiting coroutines", "Rejected", "Coroutines await other coroutines."),
        9: ("Mailing lists", "Draft", "Moderators answer messages."),
    }
    site = make_site(
        {
            number: proposal(number, title, Status=status, body=SIMILAR.format(words=words))
            for number, (title, status, words) in texts.items()
        }
    )
    site.build()
    return site


def test_similar_proposals_show_status_and_words(similar_site: Site) -> None:
    page = similar_site.page("fep-0007")
    assert "FEP 8: Awaiting coroutines Rejected coroutines, await, abstract" in page.text
    assert "../fep-0008/" in page.links()


def test_a_page_says_why_no_proposal_is_similar(similar_site: Site, make_site: SiteMaker) -> None:
    text = similar_site.page("fep-0009").text
    assert "No other proposal has enough words in common with this one." in text
    site = make_site({7: proposal(7)})
    site.build()
    assert "There is no other proposal." in site.page("fep-0007").text


def test_similar_proposals_are_in_the_json(similar_site: Site) -> None:
    data = json.loads(similar_site.files()["api/proposals/0007.json"])
    assert data["similar"] == [{"number": 8, "words": ["coroutines", "await", "abstract"]}]


def test_a_page_follows_the_status_of_a_similar_proposal(similar_site: Site) -> None:
    before = similar_site.files()
    similar_site.build()
    assert similar_site.files() == before
    text = proposal(8, "Awaiting coroutines", body=SIMILAR.format(words="Coroutines await."))
    similar_site.write("proposals/fep-0008.rst", text)
    similar_site.build()
    assert "Awaiting coroutines Draft" in similar_site.page("fep-0007").text

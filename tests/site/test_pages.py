"""The pages of a site: headers, links, directives and banners."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fep_tools.lint.registry import all_rules
from fep_tools.repository import Repository

from .conftest import Rules
from .sites import proposal, Reader, Site, SiteMaker

BODY = """\
Abstract
========

See :fep:`12`, :fep:`its end <12#copyright>`, :fep:`12#a-part` and :pep:`8#naming`.

.. code-block:: python

    def view() -> str: ...

A formula: :math:`a^2 + b_1`.

.. list-table::
   :header-rows: 1

   * - One
     - Two
   * - 1
     - 2
"""

HEADINGS = """\
acronym = "TIP"
name = "Tip"
plural = "Tips"
dialect = "field-list"
title_source = "heading"
literal_roles = ["func"]
ignored_directives = ["method"]
type = [{ name = "Tip", summary = "A tip." }]
status = [{ name = "New", summary = "New." }]
transition = []
index = [{ title = "All", statuses = ["New"] }]

[files]
pattern = "{slug}/{number:02}.rst"
include = ["*/*.rst"]

[[header]]
name = "Tip"
role = "number"
kind = "number"
leading_zeros = true

[[header]]
name = "Author"
role = "authors"
kind = "people"

[[header]]
name = "Status"
role = "status"
kind = "choice"

[[header]]
name = "Type"
role = "type"
kind = "choice"

[[header]]
name = "Created"
role = "created"
kind = "date"
"""


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site(
        {
            10: proposal(10, "Modules", Status="Superseded", Superseded_By="12"),
            11: proposal(
                11,
                "Blueprints",
                Requires="12, 13",
                Discussions_To="https://example.org/t/a-very-long-address-of-a-thread/1234567",
                Upstream="https://github.com/pallets/flask/pull/42,\n"
                f" https://github.com/o/p/commit/{'0123456789' * 4}",
                Resolution="2025-04-01 https://example.org/t/1",
                body=BODY,
            ),
            12: proposal(12, "Nested blueprints", Status="Active", Created="yesterday"),
        }
    )
    site.build()
    return site


@pytest.fixture(scope="module")
def blueprints(site: Site) -> Reader:
    return site.page("fep-0011")


def test_a_page_is_named_after_its_number(site: Site) -> None:
    assert "FEP 11: Blueprints" in site.page("fep-0011").text
    assert "<title>FEP 11: Blueprints | Flask Enhancement Proposals</title>" in site.html(
        "fep-0011"
    )


def test_every_page_shows_the_notice_of_the_process(site: Site) -> None:
    for page in ("", "fep-0011", "rules", "process"):
        assert "Unofficial." in site.page(page).text


def test_long_urls_are_shortened(blueprints: Reader) -> None:
    assert "Ada Lovelace (@ada)" in blueprints.text
    # A line may end after each "/", so that there is an element between the parts.
    text = blueprints.text.replace("/ ", "/")
    assert "pallets/flask#42" in text
    assert "example.org/…/1234567" in text
    assert "github.com/o/p/commit/0123456" in text
    assert "2025-04-01" in blueprints.text
    assert "https://example.org/t/1" in blueprints.links()


def test_related_proposals_are_shown_with_titles(site: Site, blueprints: Reader) -> None:
    assert "FEP 12: Nested blueprints" in blueprints.text
    assert "Required-By FEP 11: Blueprints" in site.page("fep-0012").text.replace(" : ", " ")


def test_an_invalid_value_is_shown_as_written(site: Site) -> None:
    assert "yesterday" in site.page("fep-0012").text


def test_links_to_proposals(blueprints: Reader) -> None:
    links = blueprints.links()
    assert links["../fep-0012/"] == "FEP 12: Nested blueprints"
    assert "../fep-0012/#copyright" in links
    assert "FEP 12 § A part" in blueprints.text
    assert "its end" in blueprints.text


def test_links_of_external_roles(blueprints: Reader) -> None:
    assert "https://peps.python.org/pep-0008/#naming" in blueprints.links()
    assert "PEP 8 § Naming" in blueprints.text


def test_a_link_to_a_missing_proposal_is_text_and_a_warning(site: Site, blueprints: Reader) -> None:
    assert "FEP 13" in blueprints.text
    assert not any("0013" in link for link in blueprints.links())
    assert "there is no FEP 13 [fep.link]" in site.warnings
    assert "fep-0011.rst: WARNING: there is no FEP 13 [fep.link]" in site.warnings


def test_banner_of_a_superseded_proposal(site: Site) -> None:
    page = site.page("fep-0010")
    assert "Superseded: Replaced by another proposal." in page.text
    assert "Superseded by FEP 12: Nested blueprints" in page.text


def test_formulas_are_mathml(site: Site) -> None:
    assert "<math" in site.html("fep-0011")
    assert "mathjax" not in site.html("fep-0011").lower()


def test_scrolling_boxes_can_have_the_focus(blueprints: Reader) -> None:
    assert {block.get("tabindex") for block in blueprints.all("pre")} == {"0"}
    assert "0" in [box.get("tabindex") for box in blueprints.all("div")]


def test_the_index_has_groups(site: Site) -> None:
    index = site.page("")
    assert "fep-0011/" in index.links()
    assert index.text.index("Nested blueprints") < index.text.index("Blueprints")
    assert {link["href"] for link in index.all("a")} >= {"#group-drafts", "#group-in-force"}
    assert "Deferred" not in index.text


def test_banner_directive(make_site: SiteMaker) -> None:
    """The text of the process comes first, then the author's; a number is a proposal."""
    banners = """\
.. living-document:: `the guide <https://example.org/>`_

   Since 2012.

.. living-document:: 7
"""
    site = make_site({7: proposal(7, body=banners)})
    site.build()
    page = site.page("fep-0007")
    assert "documentation is at: the guide Since 2012." in page.text
    assert "documentation is at: FEP 7" in page.text
    assert "https://example.org/" in page.links()


def test_a_warning_about_a_link_has_its_line(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, body="A text.\n\nSee :fep:`13`.\n")})
    site.build()
    assert "fep-0007.rst:10: WARNING: B021 the link leads to FEP 13" in site.warnings


def test_a_role_without_a_number_is_text_and_a_warning(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, body=":fep:`seven` :pep:`eight` :fep:`it <x>`\n")})
    site.build()
    assert "seven eight it" in site.page("fep-0007").text
    assert site.warnings.count("[fep.B021]") == 3


def test_an_invalid_formula_is_shown_as_written(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, body=r"A :math:`\nothing{` b.")})
    assert site.build().errors == 0
    assert r"\nothing{" in site.page("fep-0007").text


def test_a_proposal_without_headers_is_named_after_its_path(make_site: SiteMaker) -> None:
    site = make_site({"proposals/idea.rst": "An idea\n=======\n\nIt is good.\n"})
    site.build()
    assert "It is good." in site.page("proposals/idea").text
    assert "proposals/idea.rst" in site.page("proposals/idea").text


def test_built_in_index_has_the_name_of_the_process(site: Site) -> None:
    assert "<h1>Flask Enhancement Proposals" in site.html("")
    assert "<title>Flask Enhancement Proposals</title>" in site.html("")
    assert site.page("").text.count("how its community works together.") == 2


def test_index_of_an_empty_repository(make_site: SiteMaker) -> None:
    site = make_site()
    assert site.build().proposals == 0
    assert "There are no Flask Enhancement Proposals yet." in site.page("").text


def test_every_rule_has_an_anchor(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, short_page_of_rules: Rules
) -> None:
    monkeypatch.setattr(Repository, "rules", short_page_of_rules)
    site = make_site()
    site.build()
    sections = {section.get("id") for section in site.page("rules").all("section")}
    assert sections >= {rule.name for rule in all_rules()}


def test_rules_have_the_levels_of_the_repository(make_site: SiteMaker) -> None:
    site = make_site()
    for level in ("style", "error"):
        site.write("pyproject.toml", f'[tool.fep.severity]\nheader-date = "{level}"\n')
        site.build()
        rule = re.search(r'<section id="header-date">.*?</section>', site.html("rules"), re.DOTALL)
        assert rule is not None
        assert f"fep-level-{level}" in rule[0]


def test_a_warning_about_a_docstring_has_its_line(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the file of the rule, and at its line."""
    broken = replace(all_rules()[0], why=f"{all_rules()[0].why}\n\nIt is *not closed.")
    monkeypatch.setattr(Repository, "rules", lambda _repository: (broken,))
    site = make_site()
    site.build()
    location = re.search(r"(\w+)\.py:(\d+): WARNING: Inline emphasis", site.warnings)
    assert location is not None
    assert location[1].replace("_", "-") == broken.name
    assert int(location[2]) > 10


def test_process_page_has_a_diagram(site: Site) -> None:
    page = site.page("process")
    assert "From Draft to Review" in page.text
    assert page.all("svg")[0]["role"] == "img"


def test_the_catalog_is_exported(site: Site) -> None:
    catalog = json.loads(site.files()["api/proposals.json"])
    assert [entry["number"] for entry in catalog["proposals"]] == [10, 11, 12]
    assert "api/proposals/0011.json" in site.files()


def test_pages_load_nothing_from_other_hosts(site: Site) -> None:
    for page in ("", "fep-0011", "rules", "process"):
        read = site.page(page)
        names = ["theme", "page", "search-index", "search-box", *([] if page else ["index"])]
        own = {f"fep-{name}.js" for name in names}
        sources = [script["src"] for script in read.all("script") if "src" in script]
        assert {source.removeprefix("../").removeprefix("_static/") for source in sources} == own
        assert {s.get("type") for s in read.all("script")} <= {
            None,
            "application/json",
            "application/ld+json",
        }
        assert all(not urlsplit(link["href"]).netloc for link in read.all("link"))


def test_every_internal_link_has_a_target(site: Site) -> None:
    for file in site.output.rglob("*.html"):
        for link in Reader(file.read_text("utf-8")).links():
            path, _hash, fragment = link.partition("#")
            if "://" in path or fragment in {"copyright", "a-part"}:
                continue
            above = site.output if path.startswith("/") else file.parent
            target = above / path.lstrip("/") if path else file
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), link
            assert not fragment or f'id="{fragment}"' in target.read_text("utf-8"), link


def test_local_links_end_with_index_html(make_site: SiteMaker) -> None:
    site = make_site({11: proposal(11, body="See :fep:`11`, :doc:`index`.\n")})
    site.build(local=True)
    page = site.page("fep-0011")
    assert "index.html" in page.links() or "#" in page.links()
    assert page.links().keys() >= {"../index.html", "../api/proposals.json"}
    assert "fep-0011/index.html" in site.output.joinpath("searchindex.js").read_text("utf-8")


def test_site_with_pages_of_its_own(make_site: SiteMaker) -> None:
    site = make_site(
        {
            7: proposal(7),
            "conf.py": 'extensions = ["fep_tools.site"]\nhtml_theme = "fep"\n',
            "index.rst": "Ours\n====\n\n:fep:`7`\n\n.. fep-index::\n\n"
            ".. toctree::\n   :caption: Handbook\n\n   docs/editors\n",
            "docs/editors.rst": "For editors\n===========\n\n.. fep-process::\n",
            "README.rst": "not a page",
        }
    )
    report = site.build()
    assert (report.pages, report.warnings, site.warnings) == (3, 0, "")
    assert "Handbook For editors" in site.page("fep-0007").text
    assert site.page("").links()["fep-0007/"] in {"FEP 7: Typed views", ""}


def test_conf_py_is_run_only_if_it_names_the_extension_or_is_trusted(make_site: SiteMaker) -> None:
    conf = "open(__file__ + '.ran', 'w').close()\nhtml_theme = 'fep'\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n"})
    mark = site.root / "conf.py.ran"
    site.build(conf=False)
    assert (mark.exists(), "Ours" in site.page("").text) == (False, False)
    assert site.warnings == (
        "fep: conf.py was not run, because its extensions do not name fep_tools.site; "
        "if you trust the repository, add --conf to run it\n"
    )
    assert site.build(conf=True).pages == 2
    assert (mark.exists(), site.warnings) == (True, "")
    mark.unlink()
    site.write("conf.py", f"{conf}extensions = ['fep_tools.site']\n")
    assert site.build(conf=False).pages == 2
    assert (mark.exists(), site.warnings) == (True, "")


def test_site_of_another_community(make_site: SiteMaker) -> None:
    """Titles are headings, files are in directories, and two files have the same number."""
    site = make_site({"fep/process.toml": HEADINGS})
    field = ":Tip: 07\n:Author: Ada\n:Status: New\n:Type: Tip\n:Created: 2025-03-09\n"
    body = "One\n---\n\n:func:`~a.view`, :tip:`7`\n\n.. method:: get(self)\n\n.. contents::\n"
    site.write("new/07.rst", f"=============\nTip 07: Views\n=============\n\n{field}\n{body}")
    site.write("old/07.rst", f"Old views\n=========\n\n{field}\n{body}")
    report = site.build()
    assert (report.proposals, report.errors) == (2, 0)
    page = site.page("tip-0007")
    assert page.text.count("TIP 7: Views") >= 1
    assert "Tip 07" not in page.text
    assert "get(self)" in page.text
    assert "Old views" in site.page("old/07").text


def test_images_of_directories_that_the_process_names(make_site: SiteMaker) -> None:
    process = HEADINGS.replace('include = ["*/*.rst"]', 'include = ["*/*.rst"]\nimages = ["a/b"]')
    site = make_site({"fep/process.toml": process})
    images = "".join(f".. image:: {url}\n\n" for url in ("../a/b/x.png", "../b/x.png", "../x.png"))
    text = f"Views\n=====\n\n:Tip: 07\n:Author: Ada\n:Status: New\n\n{images}"
    site.write("new/07.rst", text)
    for path in ("a/b/x.png", "b/x.png", "x.png"):
        site.write(path, b"\x89PNG\r\n\x1a\n" + path.encode())
    site.build()
    assert [data[8:] for name, data in site.files().items() if name.endswith(".png")] == [
        b"a/b/x.png"
    ]
    assert 'B006 the image "../x.png" is not a file in the proposal' in site.warnings
    assert 'B006 the image "../b/x.png" is not a file in the proposal' in site.warnings
    assert 'image "../a/b/x.png"' not in site.warnings


def test_built_in_pages_do_not_show_paths_of_the_package(site: Site) -> None:
    assert "index.rst" in site.output.joinpath("searchindex.js").read_text("utf-8")
    assert str(Path(__file__).parents[2]) not in json.dumps(
        {name: data.decode("utf-8", "replace") for name, data in site.files().items()}
    )


def test_fep_process_with_transitions(make_site: SiteMaker) -> None:
    site = make_site(
        {
            7: proposal(7),
            "conf.py": 'extensions = ["fep_tools.site"]\nhtml_theme = "fep"\n',
            "index.rst": "Ours\n====\n\n.. fep-process:: transitions\n\n"
            ".. fep-process:: nonsense\n",
        }
    )
    site.build()
    text = site.page("").text
    assert "From To Types Required headers Remarks Draft" in text
    assert "Meaning" not in text
    assert "the only argument of fep-process is 'transitions'" in site.warnings


def test_reference_of_a_file(make_site: SiteMaker) -> None:
    site = make_site(
        {
            7: proposal(7),
            "conf.py": 'extensions = ["fep_tools.site"]\nhtml_theme = "fep"\n',
            "index.rst": "Ours\n====\n\n.. fep-reference:: process\n\n"
            ".. fep-reference:: nonsense\n",
        }
    )
    site.build()
    page = site.page("")
    assert "linked_numbers true or false Whether numbers may be written as labels" in page.text
    assert "superseded_by numbers or number Proposals that make it obsolete." in page.text
    assert "``" not in page.text
    anchors = {attributes.get("id") for _tag, attributes in page.elements}
    assert anchors >= {"files", "header", "roles-of-headers", "kinds-of-headers", "conditions"}
    assert (
        "there is no file 'nonsense'; use extensions, frameworks, people or process"
        in site.warnings
    )


def test_numbers_of_sections_leave_out_the_title_of_the_page(make_site: SiteMaker) -> None:
    body = ".. sectnum::\n\nOne\n===\n\nText.\n\nInner\n-----\n\nText.\n\nTwo\n===\n\nText.\n"
    site = make_site({7: proposal(7, "Typed views", body=body)})
    site.build()
    headings = re.findall(r"<h[1-6][^>]*>(.*?)<a ", site.html("fep-0007"), re.DOTALL)
    texts = [" ".join(unescape(re.sub("<[^>]+>", "", heading)).split()) for heading in headings]
    assert texts[:5] == ["FEP 7: Typed views", "1 One", "1.1 Inner", "2 Two", "About this FEP"]

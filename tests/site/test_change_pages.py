"""Pages that compare a text with the one that was accepted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ..history.repositories import Made
from .sites import proposal, ROOT, Site, SiteMaker
from .test_trust import HOSTILE

TEXT = "Abstract\n========\n\nViews {0} typed.\n\nGoals\n=====\n\nNone yet.\n"
EIPS = ROOT / "tests" / "conformance" / "processes" / "eip.toml"
EIP = """\
---
eip: 7
title: Views
description: What views are.
author: Ada Lovelace (@ada)
discussions-to: https://ethereum-magicians.org/t/7
status: {0}
type: Standards Track
category: Core
created: 2020-01-02
---

## Abstract

Views {1} typed.
"""


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site()
    git = Made(site.root)
    for status, word in (("Draft", "may be"), ("Accepted", "are"), ("Final", f"are not {HOSTILE}")):
        git.commit(
            {"proposals/fep-0010.rst": proposal(10, "Views", body=TEXT.format(word), Status=status)}
        )
    git.commit({"proposals/fep-0011.rst": proposal(11, "Others", Status="Accepted")})
    site.build()
    return site


def test_the_page_of_a_proposal_leads_to_its_changes(site: Site) -> None:
    page = site.page("fep-0010")
    assert re.search(
        r"Accepted with the text of commit [0-9a-f]{10} \. "
        r"Its text has changed since: \d+ words added, 0 words removed \.",
        page.text,
    )
    assert "changes/" in page.links()
    assert "fep-text-changed" not in site.html("fep-0011")
    assert "Its words have not changed since." in site.page("fep-0011").text
    assert not site.output.joinpath("fep-0011", "changes").exists()


def test_words_that_were_added_and_removed(site: Site) -> None:
    page, html = site.page("fep-0010/changes"), site.html("fep-0010/changes")
    assert "FEP 10: Views became Accepted on 2020-09-15, in commit" in page.text
    assert '<div class="fep-change">Views are <ins>not' in html
    assert "../" in page.links()
    assert "Abstract" in page.text
    assert "None yet" not in page.text
    assert "changes.css" in html


def test_the_json_names_the_text_that_was_decided_on(site: Site) -> None:
    texts = [
        json.loads(site.output.joinpath("api", "proposals", f"{number:04}.json").read_bytes())
        for number in (10, 11)
    ]
    changed, same = (each["decided_text"] for each in texts)
    assert (changed["status"], changed["changed"], changed["removed_words"]) == (
        "Accepted", True, 0,
    )  # fmt: skip
    assert (same["changed"], same["added_words"]) == (False, 0)
    assert len(same["commit"]) == 40


def test_untrusted_text_is_escaped(site: Site) -> None:
    page, html = site.page("fep-0010/changes"), site.html("fep-0010/changes")
    assert not page.all("img")
    assert "<script>alert" not in html
    assert not [part for _tag, part in page.elements if "onerror" in part]
    assert "\x1b" not in html


def test_a_second_build_writes_nothing(site: Site) -> None:
    before = site.files()
    assert site.build().written == 0
    assert site.files() == before
    second = site.with_output("again")
    second.build()
    assert second.files() == before


def test_a_page_is_removed_with_its_changes(make_site: SiteMaker) -> None:
    site = make_site()
    git = Made(site.root)
    for status, word in (("Accepted", "are"), ("Final", "may be")):
        text = proposal(10, "Views", body=TEXT.format(word), Status=status)
        git.commit({"proposals/fep-0010.rst": text})
    site.build()
    assert site.output.joinpath("fep-0010", "changes", "index.html").is_file()
    site.write(
        "proposals/fep-0010.rst",
        proposal(10, body=TEXT.format("are"), Status="Final", Title="Views"),
    )
    site.build()
    assert not site.output.joinpath("fep-0010", "changes", "index.html").exists()
    assert "fep-text-changed" not in site.html("fep-0010")


def test_proposals_in_markdown(tmp_path: Path) -> None:
    site = Site(tmp_path / "root", tmp_path / "site", tmp_path / "cache")
    git = Made(site.root)
    git.commit({"fep/process.toml": EIPS.read_text("utf-8")})
    for status, word in (("Draft", "may be"), ("Final", "are"), ("Final", "are always")):
        git.commit({"EIPS/eip-7.md": EIP.format(status, word)})
    site.build(conf=False)
    assert "<ins>always </ins>" in site.html("eip-0007/changes")
    assert "Abstract" in site.page("eip-0007/changes").text


def test_a_shallow_clone_has_no_pages_of_changes(site: Site, tmp_path: Path) -> None:
    shallow = Made(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=2", site.root.as_uri())
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    partial = Site(shallow.root, tmp_path / "output", site.cache)
    partial.build()
    assert not partial.output.joinpath("fep-0010", "changes").exists()

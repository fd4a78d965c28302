"""Roles of Sphinx that link to other projects, in check and build."""

from __future__ import annotations

import zlib

import pytest

from fep_tools.errors import ProcessError
from fep_tools.repository import Repository

from .sites import proposal, ROOT, Site, SiteMaker

INVENTORY = (
    b"# Sphinx inventory version 2\n# Project: P\n# Version: 1\n"
    b"# The remainder of this file is compressed using zlib.\n"
)
OBJECTS = "a.view py:function 1 api.html#$ -\nstart std:label -1 start.html#s How to start\n"
TABLE = '\n[[inventory]]\nname = "p"\nurl = "https://p.example/"\nfile = "fep/p.inv"\n'
BODY = """\
Abstract
========

:py:func:`~a.view`, :func:`the view <a.view>`, :ref:`start`, :ref:`so <p:start>`, :func:`!a.view`.

:py:func:`a.veiw`, :ref:`strat` and :class:`a.view`.
"""


@pytest.fixture
def site(make_site: SiteMaker) -> Site:
    process = ROOT.joinpath("fep/process.toml").read_text("utf-8")
    site = make_site({7: proposal(7, body=BODY), "fep/process.toml": process + TABLE})
    site.write("fep/p.inv", INVENTORY + zlib.compress(OBJECTS.encode()))
    return site


def test_what_an_inventory_has_is_linked_and_what_it_has_not_is_a_finding(site: Site) -> None:
    report = site.build()
    assert site.html("fep-0007").count('href="https://p.example/api.html#a.view"') == 2
    assert site.html("fep-0007").count('href="https://p.example/start.html#s"') == 2
    for text in ("view", "the view", "How to start", "so", "a.veiw", "strat"):
        assert text in site.page("fep-0007").text
    checked = Repository.open(site.root).check().diagnostics
    found = [(d.code, d.span.line) for d in checked if d.code in ("B041", "B079", "B004")]
    line = next(n for n, text in enumerate(proposal(7, body=BODY).split("\n"), 1) if "veiw" in text)
    assert found == [("B079", line), ("B041", line), ("B079", line)]
    assert report.warnings == 3
    assert site.warnings.count("no inventory has") == 2


def test_pages_are_written_again_if_an_inventory_changes(site: Site) -> None:
    site.build()
    site.write("fep/p.inv", INVENTORY + zlib.compress(OBJECTS.replace("view", "veiw").encode()))
    site.build()
    assert 'href="https://p.example/api.html#a.veiw"' in site.html("fep-0007")


def test_a_role_that_is_shown_as_code_is_no_finding(site: Site) -> None:
    process = site.root.joinpath("fep/process.toml").read_text("utf-8")
    site.write("fep/process.toml", 'literal_roles = ["py:*", "class"]\n' + process)
    codes = [d.code for d in Repository.open(site.root).check().diagnostics]
    assert (codes.count("B079"), codes.count("B041")) == (0, 1)


def test_an_inventory_that_cannot_be_read_is_one_message(site: Site) -> None:
    site.write("fep/p.inv", b"<html>")
    with pytest.raises(ProcessError, match=r"process.toml:\d+: fep/p.inv: is not an inv"):
        Repository.open(site.root).check()
    site.root.joinpath("fep/p.inv").unlink()
    with pytest.raises(ProcessError, match=r"process.toml:\d+: fep/p.inv: there is no such file"):
        site.build()

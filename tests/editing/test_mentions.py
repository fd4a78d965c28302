"""Spellings in which a text names a proposal."""

from __future__ import annotations

import pytest

from fep_tools.editing.mentions import NumberChange
from fep_tools.process.model import Process
from fep_tools.process.schema import Hosting

COMMIT = "9de61ea980edbd8fc3e2c459d3276b8f23d1428c"


@pytest.fixture
def own_process(process: Process) -> Process:
    """Return the process with a site and a repository."""
    hosting = Hosting(url="https://github.com/example/feps")
    url = "https://feps.example.org/fep-{0:04}/"
    prefixes = ("https://old.example.org/pages/",)
    changes = {"url": url, "repository": hosting, "url_prefixes": prefixes}
    return process.model_copy(update=changes)


def change(process: Process, new: int) -> NumberChange:
    return NumberChange(process, 3, new, "proposals/fep-0003.rst", f"proposals/fep-{new:04}.rst")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FEP 3", "FEP 12"),
        ("FEP 3, FEP 3 and (FEP 3).", "FEP 12, FEP 12 and (FEP 12)."),
        ("FEP-3, FEP3, fep-3, Fep 3", "FEP-12, FEP12, fep-12, Fep 12"),
        ("FEP 0003, fep-0003", "FEP 0012, fep-0012"),
        ("FEP\u00a03, FEP #3, FEP no. 3, FEP number 3", None),
        ("as FEP\n3 says", "as FEP\n12 says"),
        ("as FEP\r\n   3 says", "as FEP\r\n   12 says"),
        ("FEPs 1, 3 and 5, feps 3/4", "FEPs 1, 12 and 5, feps 12/4"),
        ("FEP 3's, FEP 3-like", "FEP 12's, FEP 12-like"),
        (":fep:`3`, :fep:`0003`, :FEP:`3`", ":fep:`12`, :fep:`0012`, :FEP:`12`"),
        (":fep:`3#abstract`, :fep:`a 3 <3>`", ":fep:`12#abstract`, :fep:`a 3 <12>`"),
        (":fep:`FEP 3 <0003#fep-3>`", ":fep:`FEP 12 <0012#fep-12>`"),
        (":fep:`two\nlines <3>`", ":fep:`two\nlines <12>`"),
        ("`3`:fep:, `a <3>`:fep:", "`12`:fep:, `a <12>`:fep:"),
        ("`FEP 3`_, FEP-3_, |FEP 3|", "`FEP 12`_, FEP-12_, |FEP 12|"),
        (".. _fep-3: x", ".. _fep-12: x"),
        ("`x <fep-0003.rst>`__", "`x <fep-0012.rst>`__"),
        (".. image:: fep-0003/a.png", ".. image:: fep-0012/a.png"),
        ("proposals/fep-0003.notes.json", "proposals/fep-0012.notes.json"),
        ("https://feps.example.org/fep-0003/", "https://feps.example.org/fep-0012/"),
        ("http://feps.example.org/fep-3#after-fep-3", "http://feps.example.org/fep-12#after-fep-12"),
        ("https://old.example.org/pages/3", "https://old.example.org/pages/12"),
        (
            "https://github.com/example/feps/blob/main/proposals/fep-0003.rst",
            "https://github.com/example/feps/blob/main/proposals/fep-0012.rst",
        ),
    ],
)  # fmt: skip
def test_what_names_the_proposal(own_process: Process, before: str, after: str | None) -> None:
    assert change(own_process, 12).rewrite(before) == (after or before.replace("3", "12"))


@pytest.mark.parametrize(
    "text",
    [
        "3, 0003 and three",
        "FEP 30, FEP 13, FEP 31 and FEP 0030",
        "FEP 3.1, FEP 3rd, FEP 3a",
        "PEP 3, RFC 3 and MULTIFEP 3",
        "fep3 = fep_3",
        "FEPs 30 and 31, 3 of them",
        ":pep:`3`, :fep:`the 3 views <4>`, :fep:`30`",
        "https://discuss.example.org/t/fep-3-views/12",
        "https://example.org/fep-0003/",
        "https://old.example.org/pages/30",
        f"https://github.com/example/feps/blob/{COMMIT}/proposals/fep-0003.rst",
    ],
)
def test_what_merely_looks_alike(own_process: Process, text: str) -> None:
    assert change(own_process, 12).rewrite(text) == text


def test_a_file_name_without_the_acronym(process: Process) -> None:
    renamed = NumberChange(process, 3, 12, "draft/0003-views.rst", "draft/0012-views.rst")
    before = "draft/0003-views.rst, 0003-views/a.png, 10003-views and 0003-views-2"
    after = "draft/0012-views.rst, 0012-views/a.png, 10003-views and 0003-views-2"
    assert renamed.rewrite(before) == after


def test_lines_and_tables_fit_the_longer_number(process: Process) -> None:
    before = "FEP 3\n=====\n\n+-----+\n|FEP 3|\n+-----+\n"
    after = "FEP 12\n======\n\n+------+\n|FEP 12|\n+------+\n"
    assert change(process, 12).rewrite(before) == after


def test_blank_lines_are_searched_once(process: Process) -> None:
    """With a search that gives blanks back, these take an hour."""
    text = "FEPs 1" + "\n" * 1_000_000 + "x"
    assert change(process, 12).rewrite(text) == text

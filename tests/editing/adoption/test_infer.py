"""A whole repository, from its files and its history to a process file that fits them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from fep_tools._cache import Cache
from fep_tools.editing.adoption.infer import infer_process
from fep_tools.editing.adoption.tables import process_text
from fep_tools.errors import RepositoryError
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Proposal

from ...communities import PROCESSES

TEXT = """\
TIP: {n}
Title: The title of {n}
Author: Ada Lovelace <ada@example.org>
Status: {status}
Type: Change
Created: 02-Jan-2024

Abstract
========

Text of {n}.

Rationale
=========

More text, with :func:`open`.
"""
README = "Team Improvement Proposals\n==========================\n\nTIPs are numbered.\n"


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *identity, *arguments]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)


def write(root: Path, status: str, numbers: range) -> None:
    for n in numbers:
        (root / f"tips/tip-{n:04}.rst").write_text(TEXT.format(n=n, status=status))


@pytest.fixture
def tips(tmp_path: Path) -> Path:
    """A repository of eight proposals, of which four became final."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "tips").mkdir()
    (tmp_path / "README.rst").write_text(README)
    write(tmp_path, "Draft", range(1, 9))
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "drafts")
    write(tmp_path, "Final", range(1, 5))
    write(tmp_path, "Withdrawn", range(5, 6))
    git(tmp_path, "commit", "--quiet", "--all", "--message", "final")
    return tmp_path


def infer(root: Path) -> Process:
    return parse_process(process_text(infer_process(root, Cache(None))))


def test_the_process_of_a_repository(tips: Path) -> None:
    git(tips, "remote", "add", "origin", "https://user:token@example.org/tips.git")
    process = infer(tips)
    assert (process.acronym, process.name) == ("TIP", "Team Improvement Proposal")
    assert process.repository is not None
    assert process.repository.url == "https://example.org/tips"
    assert process.files.pattern == "tips/tip-{number:04}.rst"
    assert [header.name for header in process.headers] == [
        "TIP", "Title", "Author", "Status", "Type", "Created",
    ]  # fmt: skip
    assert [status.name for status in process.statuses] == ["Draft", "Final", "Withdrawn"]
    assert [(t.from_, t.to, t.level) for t in process.transitions] == [
        ("Draft", ("Final",), "allowed"),
        ("Draft", ("Withdrawn",), "unusual"),
    ]
    assert [section.title for section in process.sections] == ["Abstract", "Rationale"]
    assert process.literal_roles == ("func",)


def test_the_evidence_is_in_comments(tips: Path) -> None:
    text = process_text(infer_process(tips, Cache(None)))
    assert "inferred from 8 files and their history in git.\n# The comments" in text
    assert '# 3 proposals now.\nname = "Draft"' in text
    assert '# Final: 4\nfrom = "Draft"' in text
    assert '# In 8 of 8 proposals.\nname = "Author"' in text


def test_files_with_numbers_that_are_left_out_are_in_a_comment(tips: Path) -> None:
    plain = "- Start Date: 2019-07-08\n\nText.\n"
    other = "SEP: {n}\nTitle: Views\nStatus: Draft\n\nText.\n"
    for n in (7, 8):
        for path, text in {
            f"tips/archive/000{n}-a.rst": plain,
            f"tips/tip-0001-{n}.rst": plain,
            f"news/{n}-a.rst": plain,
            f"seps/sep-{n}.rst": other,
        }.items():
            (tips / path).parent.mkdir(exist_ok=True)
            (tips / path).write_text(text.format(n=n))
    git(tips, "add", "--all")
    git(tips, "commit", "--quiet", "--message", "others")
    text = process_text(infer_process(tips, Cache(None)))
    files = text.partition("[files]\n")[2].partition(".\npattern")[0].split(". ")
    assert sorted(files) == [
        "# 8 files",
        "Left out: 2 files like seps/sep-{number}.rst",
        "Left out: 2 files like tips/archive/{number:04}-{slug}.rst",
    ]


def test_roles_that_conf_py_links_elsewhere(tips: Path) -> None:
    """It is read and not run; what cannot be a role of a process is left out."""
    (tips / "conf.py").write_text(
        "raise SystemExit\n"
        "extlinks = {'func': ('https://e.org/api/%s', '%s()'), 'bad': ('ftp://e.org/%s', '%s'),\n"
        "            'tip': ('https://e.org/tips/%s', 'TIP %s'), 'pep': (other, 'PEP %s')}\n"
    )
    process = infer(tips)
    assert [(r.name, r.url, r.text) for r in process.roles] == [
        ("func", "https://e.org/api/{0}", "{0}()")
    ]
    assert process.literal_roles == ()


KEP = """\
---
title: Views of {n}
authors:
  - "@ada"
status: {status}
creation-date: 2024-01-02
last-updated: 2024-01-03
---

# KEP-{n}: Views of {n}

## Summary

Text.

## Drawbacks

## Alternatives

None.
"""


def test_a_title_in_a_header_and_in_a_heading(tmp_path: Path) -> None:
    """Directories have the names of topics, and headings have the acronym."""
    for number, topic in enumerate(["node", "network", "node", "storage"], 1):
        directory = tmp_path / f"keps/{topic}/{number:04}-views"
        directory.mkdir(parents=True)
        (directory / "README.md").write_text(KEP.format(n=number, status="provisional"))
    process = infer(tmp_path)
    assert (process.acronym, process.title_format) == ("KEP", "KEP-{number}: {title}")
    assert process.files.include == ("keps/*/*/*.md",)
    roles = {header.name: header.role for header in process.headers}
    assert (roles["title"], roles["creation-date"]) == (None, "created")
    assert next(h for h in process.headers if h.name == "authors").bare_handles
    initial = {header.name: header.initial for header in process.headers if header.initial}
    assert initial == {"title": "{title}", "last-updated": "{created}"}
    required = [(section.title, section.required) for section in process.sections]
    assert required == [("Summary", True), ("Drawbacks", False), ("Alternatives", True)]


GEAR = """\
- Feature Name: `views_{n}`
- Start Date: 2024-01-02
- Status: Proposed

# Summary

Text.
"""


def test_proposals_without_authors(tmp_path: Path) -> None:
    """The RFCs of Rust name none; the title is a header, and the first heading a section."""
    (tmp_path / "text").mkdir()
    for number in (1, 2, 3):
        (tmp_path / f"text/{number:04}-views.md").write_text(GEAR.format(n=number))
    process = infer(tmp_path)
    assert (process.title_source, process.header_for("authors")) == ("header", None)
    assert [section.title for section in process.sections] == ["Summary"]


def test_directories_with_other_files_are_left_out(tmp_path: Path) -> None:
    for number, (topic, text) in enumerate([("rfcs", KEP), ("rfcs", KEP), ("notes", "Text.\n")], 1):
        (tmp_path / f"doc/{topic}").mkdir(parents=True, exist_ok=True)
        path = tmp_path / f"doc/{topic}/{number:04}-views.md"
        path.write_text(text.format(n=number, status="provisional"))
    process = infer(tmp_path)
    assert process.files.include == ("doc/rfcs/*.md",)


RFC = """\
.. _rfc{n}:

=============================
  MS RFC {n}: The title of {n}
=============================

:Date: 2009/03/0{n}
:Author: Ada Lovelace
:Author: Bob Smith
:Status: {status}

Overview
--------

See :ref:`rfc1` and :obj:`x`.

.. highlight:: c
"""


def test_a_repository_without_numbers_and_types_in_headers(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "rfc").mkdir()

    def commit(statuses: dict[int, str]) -> None:
        for n, status in statuses.items():
            (tmp_path / f"rfc/ms-rfc-{n}.txt").write_text(RFC.format(n=n, status=status))
        git(tmp_path, "add", "--all")
        git(tmp_path, "commit", "--quiet", "--message", "x")

    commit(dict.fromkeys(range(1, 6), "Draft"))
    commit({1: "Adopted", 2: "Adopted (2009/03/16)", 3: "Adopted on 2009-03-17", 4: "adopted"})
    process = infer(tmp_path)
    assert process.title_format == "MS RFC {number}: {title}"
    assert (process.types, process.header_for("number")) == ((), None)
    assert process.files.pattern == "rfc/ms-rfc-{number}.txt"
    assert [status.name for status in process.statuses] == ["Draft", "Adopted"]
    assert [(t.from_, t.to, t.level) for t in process.transitions] == [
        ("Draft", ("Adopted",), "allowed")
    ]
    status, created = process.header_for("status"), process.header_for("created")
    authors = process.header_for("authors")
    assert status is not None
    assert created is not None
    assert authors is not None
    assert (status.trailing_text, created.date_format, authors.repeated) == (
        True, "YYYY/MM/DD", True,
    )  # fmt: skip
    assert (process.reference_role, process.literal_roles) == (False, ("obj", "ref"))
    assert process.ignored_directives == ("highlight",)


GHC = """\
The title of {n}
================

.. author:: Ada Lovelace
.. date-accepted::{accepted}
.. implemented::{implemented}
.. contents::

Call `open` first.
"""


def test_statuses_that_follow_from_headers(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")

    def commit(numbers: range, accepted: str = "", implemented: str = "") -> None:
        for n in numbers:
            text = GHC.format(n=n, accepted=accepted, implemented=implemented)
            (tmp_path / f"{n:04}-x.rst").write_text(text)
        (tmp_path / "0000-template.rst").write_text(GHC.format(n=0, accepted="", implemented=""))
        git(tmp_path, "add", "--all")
        git(tmp_path, "commit", "--quiet", "--message", "x")

    commit(range(1, 6))
    commit(range(1, 5), " 2024-01-02")
    commit(range(1, 2), " 2024-01-02", " 9.2")
    process = infer(tmp_path)
    assert (process.dialect, process.name, process.title_format) == (
        "directives", "Proposal", "{title}",
    )  # fmt: skip
    assert [(s.name, s.with_, s.without) for s in process.statuses] == [
        ("Proposed", (), ("date-accepted",)),
        ("Accepted", ("date-accepted",), ("implemented",)),
        ("Implemented", ("implemented",), ()),
    ]
    assert [(t.from_, t.to, t.level) for t in process.transitions] == [
        ("Proposed", ("Accepted",), "allowed"),
        ("Accepted", ("Implemented",), "unusual"),
    ]
    accepted = process.header("date-accepted")
    assert accepted is not None
    assert (accepted.required, accepted.allow_empty) == (False, False)
    assert process.default_role == "literal"
    assert process.files.exclude == ("0000-template.rst",)


@pytest.mark.parametrize(
    ("text", "conf", "role"),
    [
        ("Call `open` first.", "", "literal"),
        ("Read `The Art of War` first.", "", "title-reference"),
        ("Call ``open`` first.", "", ""),
        ("Call `open` first.", "default_role = 'any'\n", ""),
    ],
)
def test_role_of_text_in_single_backquotes(text: str, conf: str, role: str, tmp_path: Path) -> None:
    (tmp_path / "tips").mkdir()
    (tmp_path / "conf.py").write_text(conf)
    write(tmp_path, "Draft", range(1, 4))
    for path in tmp_path.glob("tips/*"):
        path.write_text(path.read_text().replace("More text", text))
    assert infer(tmp_path).default_role == role


def test_proposals_without_a_status(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"tip-{n}.rst").write_text(f"TIP: {n}\nTitle: A\nAuthor: Ada\n")
    message = r"no header of the 2 proposals that match tip-\*\.rst has a status"
    with pytest.raises(RepositoryError, match=message):
        infer_process(tmp_path, Cache(None))


def test_without_git_there_are_no_transitions(tmp_path: Path) -> None:
    (tmp_path / "tips").mkdir()
    write(tmp_path, "Draft", range(1, 3))
    process = infer(tmp_path)
    assert (process.transitions, process.repository) == ((), None)


def test_new_files_that_are_not_committed(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "README").write_text("x", "utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    (tmp_path / "new" / "tips").mkdir(parents=True)
    write(tmp_path / "new", "Draft", range(1, 3))
    assert infer(tmp_path / "new").acronym == "TIP"


def test_a_template_among_the_proposals(tmp_path: Path) -> None:
    (tmp_path / "tips").mkdir()
    write(tmp_path, "Draft", range(1, 3))
    (example,) = tmp_path.glob("tips/*1*")
    template = example.with_name("tip-template.rst")
    template.write_text(example.read_text("utf-8").replace("Draft", "<Draft | Final>"), "utf-8")
    assert infer(tmp_path).files.exclude == ("tips/tip-template.rst",)


def test_no_proposals(tmp_path: Path) -> None:
    (tmp_path / "notes-1.txt").write_text("Buy milk.\n")
    with pytest.raises(RepositoryError, match=r"found no proposals.*tried notes-\{number\}.txt"):
        infer_process(tmp_path, Cache(None))


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["pep", "dep"])
def test_inferred_and_written_processes_agree(name: str, tmp_path: Path) -> None:
    """The statuses, types and headers of the PEPs and DEPs are those of their process files."""
    bundles = os.environ.get("FEP_CORPORA")
    if not bundles:
        pytest.skip("FEP_CORPORA does not name the directory of the bundles")
    git(tmp_path, "clone", "--quiet", f"{bundles}/{name}s.bundle", ".")
    inferred, written = infer(tmp_path), load_process(BUILTIN_DIRECTORY / f"{name}.toml")
    assert inferred.files.pattern == written.files.pattern
    for role in ("number", "authors", "status", "type", "created", "version"):
        assert inferred.header_name(role) == written.header_name(role)
    used = [header.name for header in written.headers if inferred.header(header.name)]
    assert [h.name for h in inferred.headers if written.header(h.name)] == used
    assert {s.name for s in inferred.statuses} <= {s.name for s in written.statuses}
    assert {t.name for t in inferred.types} <= {t.name for t in written.types}
    if name == "pep":
        assert len(inferred.statuses) == len(written.statuses)
        assert len(inferred.types) == len(written.types)
        assert len(used) == len(written.headers)


@pytest.mark.slow
@pytest.mark.corpora
@pytest.mark.parametrize("name", ["rep", "glep", "slep", "ape", "ghc", "interop"])
def test_processes_of_other_communities(name: str) -> None:
    """What is inferred from their repositories is what a person has written."""
    root = Path(os.environ.get("FEP_COMMUNITIES", ""), name)
    if not os.environ.get("FEP_COMMUNITIES") or not root.is_dir():
        pytest.skip(f"the directory FEP_COMMUNITIES has no {name}")
    builtin = BUILTIN_DIRECTORY / f"{name}.toml"
    written = load_process(builtin if builtin.exists() else PROCESSES / f"{name}.toml")
    inferred = infer(root)
    assert inferred.files.pattern == written.files.pattern
    assert (inferred.dialect, inferred.title_source) == (written.dialect, written.title_source)
    for role in ("number", "authors", "status", "type", "created"):
        assert inferred.header_name(role) == written.header_name(role)
    # No GLEP has both "Replaces" and "Replaced-By", so that their order is not known.
    known = [h.name for h in written.headers if inferred.header(h.name) and h.role != "replaces"]
    assert [h.name for h in inferred.headers if h.name in known] == known
    names = {name for s in written.statuses for name in (s.name, *s.formerly)}
    # Some SLEPs were "Under Review" in the past.
    assert {s.name for s in inferred.statuses} <= names | {"Under Review"}
    assert {t.name for t in inferred.types} <= {t.name for t in written.types}


ZEP = """\
---
layout: default
title: TIP{n:04}
description: The second
  generator of sites.

nav_order: {n}
---

# TIP {n} - Views of {n}

Authors:
* Ada Lovelace ([@ada](https://example.org/ada)), Analytical Society
* [Grace Hopper](https://example.org/grace), US Navy

Status: {status}

Created: 2024-01-02

## Abstract

![A view](../images/view.png) and ![none](../images/none.png)
"""


def test_headers_below_the_front_matter_of_another_generator(tmp_path: Path) -> None:
    for directory, n, status in [
        ("draft", 1, "Draft"),
        ("accepted", 2, "Accepted via [#7](https://example.org/7)"),
        ("accepted", 3, "Accepted via [#8](https://example.org/8)"),
    ]:
        (tmp_path / directory).mkdir(exist_ok=True)
        path = tmp_path / directory / f"TIP{n:04}.md"
        path.write_text(ZEP.format(n=n, status=status), "utf-8")
    (tmp_path / "images").mkdir()
    (tmp_path / "images/view.png").write_bytes(b"")
    # Notes of meetings are more, and have numbers in their names and front matter, but no status.
    (tmp_path / "meetings").mkdir()
    for n in range(1, 6):
        notes = f"---\nlayout: page\ntitle: Meeting {n}\n---\n\n# Meeting {n}\n"
        (tmp_path / f"meetings/2024-01-{n:02}.md").write_text(notes, "utf-8")
    process = infer(tmp_path)
    assert process.files.patterns == ("{status}/TIP{number:04}.md",)
    assert process.files.images == ("images",)
    assert (process.dialect, process.title_format) == ("paragraphs", "TIP {number} - {title}")
    assert [status.name for status in process.statuses] == ["Draft", "Accepted"]
    authors = process.header_for("authors")
    assert authors is not None
    assert (authors.separator, authors.trailing_text) == ("line", True)
    text = (tmp_path / "draft/TIP0001.md").read_text("utf-8")
    proposal = Proposal.parse(text, process, "draft/TIP0001.md")
    assert [(p.name, p.handle) for p in proposal.values["authors"]] == [
        ("Ada Lovelace", "ada"),
        ("Grace Hopper", None),
    ]
    assert [section.title for section in process.sections] == ["Abstract"]


TABLES = {
    "list-table": ".. list-table::\n\n   * - Title\n     - Views\n",
    "grid": "+-------+-------+\n| Title | Views |\n+-------+-------+\n",
    "simple": "=====  =====\nTitle  Views\n=====  =====\n",
    "Markdown": "| Title | Views |\n|---|---|\n",
    "HTML": "<table>\n<tr><td> Title </td></tr>\n</table>\n",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_headers_in_tables(table: str, tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"tip-{n}.rst").write_text(f"Views\n=====\n\n{table}", "utf-8")
    with pytest.raises(RepositoryError) as raised:
        infer_process(tmp_path, Cache(None))
    assert str(raised.value).removeprefix(f"{tmp_path}: ") == (
        "found no proposals: the headers of 2 files that match tip-{number}.rst are in tables, "
        "which are not supported; write them as lines such as Status: Draft"
    )

"""Renumbering: the file name, the headers, the results, and references in other proposals."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools import _atomic
from fep_tools.diagnostics import CheckOptions
from fep_tools.editing.file_changes import write_changes
from fep_tools.editing.renumber import plan_renumbering, renumber
from fep_tools.errors import FepError, RepositoryError
from fep_tools.lint import baseline
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import build_vocabulary, Corpus, Proposal
from fep_tools.proposals.rst.parser import parse_body_safely
from fep_tools.repository import Repository
from fep_tools.repository.rewriting import rewrite

from ..conftest import ROOT, TODAY

Checkout = Callable[..., Path]

DEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "dep.toml")
DRAFT = """FEP: 12
Title: Typed views
Status: Draft

Abstract
========

As :fep:`12` says.
"""
OTHER = """FEP: 112
Title: Twelve
Status: Draft
Requires: 12
"""
RESULTS = '{"number": 12, "schema_version": 1, "snippets": {}}'


def parse(process: Process, path: str, text: str) -> Proposal:
    """Return the proposal in *text*, with its body."""
    blanked = Proposal.parse(text, process, path).preamble.blanked(text)
    return Proposal.parse(
        text, process, path, body=parse_body_safely(blanked, build_vocabulary(process))
    )


def renumbered(process: Process, other: str, draft: str = DRAFT) -> str:
    """Return *other*, a proposal, after FEP 12 has become FEP 14."""
    path = "proposals/fep-0112.rst"
    corpus = Corpus((parse(process, "proposals/fep-0012.rst", draft), parse(process, path, other)))
    return renumber(process, corpus, 12, 14).texts.get(path, other)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See :fep:`12`.", "See :fep:`14`."),
        ("See :fep:`the 12 views <12>`.", "See :fep:`the 12 views <14>`."),
        ("See :fep:`12#abstract`.", "See :fep:`14#abstract`."),
        ("See FEP 12.", "See FEP 14."),
        ("See (FEP 12), FEP-12 and FEP12.", "See (FEP 14), FEP-14 and FEP14."),
        ("See fep-0012.", "See fep-0014."),
        ("See ``FEP 12``.", "See ``FEP 14``."),
        ("See :fep:`112` and :fep:`120`.", None),
        ("See FEP 112 and FEP 120.", None),
        ("See PEP 12 and :pep:`12`.", None),
        ("Twelve is 12.", None),
    ],
)
def test_references_in_a_body(process: Process, before: str, after: str | None) -> None:
    text = f"FEP: 112\nTitle: Twelve\nStatus: Draft\n\nAbstract\n========\n\n{before}\n"
    expected = text if after is None else text.replace(before, after)
    assert renumbered(process, text) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Requires: 12", "Requires: 14"),
        ("Requires: 7, 12, 112", "Requires: 7, 14, 112"),
        ("Requires: 7,\n  12", "Requires: 7,\n  14"),
        ("Replaces: 12", "Replaces: 14"),
        ("Superseded-By: 12", "Superseded-By: 14"),
        ("Requires: 112, 120", "Requires: 112, 120"),
        ("Title: 12 views", "Title: 12 views"),
    ],
)
def test_references_in_headers(process: Process, before: str, after: str) -> None:
    assert renumbered(process, f"FEP: 112\n{before}\n") == f"FEP: 112\n{after}\n"


@pytest.mark.parametrize(
    ("old_path", "old", "new_path", "new"),
    [
        ("draft/0007-views.rst", ":DEP: 7", "draft/0010-views.rst", ":DEP: 10"),
        ("draft/0007-7-views.rst", ":DEP: 0007", "draft/0010-7-views.rst", ":DEP: 0010"),
        ("7/7-views.rst", ":DEP: 7", "7/10-views.rst", ":DEP: 10"),
    ],
)
def test_the_number_of_the_proposal_itself(
    old_path: str, old: str, new_path: str, new: str
) -> None:
    line = "=" * len("DEP 0007: 7 views")
    text = f"{line}\nDEP {{}}: 7 views\n{line}\n\n{{}}\n:Status: Draft\n"
    corpus = Corpus((Proposal.parse(text.format("0007", old), DEP, old_path),))
    renumbering = renumber(DEP, corpus, 7, 10)
    assert renumbering.moved == {old_path: new_path}
    assert renumbering.texts == {new_path: text.format("0010", new)}


def test_line_endings_are_kept(process: Process) -> None:
    text = DRAFT.replace("\n", "\r\n")
    corpus = Corpus((parse(process, "proposals/fep-0012.rst", text),))
    assert renumber(process, corpus, 12, 13).texts == {
        "proposals/fep-0013.rst": text.replace("12", "13")
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (9, 14, "there is no FEP 9"),
        (12, 112, "FEP 112 is taken by proposals/fep-0112.rst; choose another number"),
        (12, 0, "FEP 0 is reserved, or was used before; choose another number"),
        (12, 12000000, "FEP 12000000 is reserved, or was used before; choose another number"),
        (20, 21, "FEP 20 is Withdrawn and keeps its number"),
    ],
)
def test_obstacles(checkout: Checkout, old: int, new: int, message: str) -> None:
    settled = DRAFT.replace("12", "20").replace("Status: Draft", "Status: Withdrawn")
    root = checkout({"fep-0012.rst": DRAFT, "fep-0020.rst": settled, "fep-0112.rst": OTHER})
    with pytest.raises(FepError) as caught:
        plan_renumbering(Repository.open(root), old, new)
    assert str(caught.value) == message


def test_two_proposals_with_one_number() -> None:
    """References to that number may mean either, so they stay."""
    text = "DEP {0}: {1}\n=======\n\n:DEP: {0}\n:Status: Draft\n\nAbstract\n========\n\n:dep:`7`\n"
    corpus = Corpus(
        tuple(
            parse(DEP, f"draft/{number:04}-{title}.rst", text.format(number, title))
            for title, number in (("a b", 7), ("b", 7), ("c", 9))
        )
    )
    with pytest.raises(FepError) as caught:
        renumber(DEP, corpus, 7, 10)
    assert str(caught.value) == (
        "two proposals are DEP 7; choose one with --path 'draft/0007-a b.rst' or draft/0007-b.rst"
    )
    with pytest.raises(FepError, match=r"there is no DEP 7 at draft/0009-c\.rst"):
        renumber(DEP, corpus, 7, 10, "draft/0009-c.rst")
    renumbering = renumber(DEP, corpus, 7, 10, "draft/0007-b.rst")
    own_text = text.format(10, "b").replace("b\n=======", "b\n=========")
    assert renumbering.texts == {"draft/0010-b.rst": own_text}


def test_pictures_of_the_proposal_are_renamed(checkout: Checkout) -> None:
    body = f"{DRAFT}\n.. image:: {{}}-a.png\n   :alt: A\n"
    root = checkout({"fep-0012.rst": body.format("fep-0012"), "fep-0112.rst": OTHER})
    for name in ("fep-0012-a.png", "fep-0012.svg", "fep-00123.png", "fep-0112.png"):
        root.joinpath("proposals", name).write_bytes(b"picture")
    repository = Repository.open(root)
    write_changes(repository, plan_renumbering(repository, 12, 14))
    pictures = sorted(path.name for path in (root / "proposals").iterdir() if path.suffix != ".rst")
    assert pictures == ["fep-00123.png", "fep-0014-a.png", "fep-0014.svg", "fep-0112.png"]
    assert ".. image:: fep-0014-a.png\n" in (root / "proposals" / "fep-0014.rst").read_text()


def test_files_are_renamed_and_edited(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER, "fep-0012.notes.json": RESULTS})
    repository = Repository.open(root)
    write_changes(repository, plan_renumbering(repository, 12, 14))
    files = {file.name: file.read_text() for file in (root / "proposals").iterdir()}
    assert sorted(files) == ["fep-0014.notes.json", "fep-0014.rst", "fep-0112.rst"]
    assert files["fep-0014.rst"] == DRAFT.replace("12", "14")
    assert files["fep-0112.rst"] == OTHER.replace("Requires: 12", "Requires: 14")
    assert '"number": 14' in files["fep-0014.notes.json"]


def test_no_other_command_writes_before_the_old_file_is_gone(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would change the old file, say so, and then the change would be lost."""
    root = checkout({"fep-0012.rst": DRAFT})
    repository, path = Repository.open(root), "proposals/fep-0012.rst"
    remove = _atomic.remove

    def change_and_remove(*arguments: Any) -> None:
        with pytest.raises(RepositoryError, match="another fep command is writing"):
            rewrite(repository.tree, {path: f"{DRAFT}Added.\n"}, {path: DRAFT})
        remove(*arguments)

    monkeypatch.setattr(_atomic, "LOCK_SECONDS", 0)
    monkeypatch.setattr(_atomic, "remove", change_and_remove)
    write_changes(repository, plan_renumbering(repository, 12, 14))
    assert [file.name for file in (root / "proposals").iterdir()] == ["fep-0014.rst"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_waits_until_all_files_have_their_names(
    number: int, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER, "fep-0012.notes.json": RESULTS})
    (root / "proposals" / "fep-0012.svg").write_bytes(b"picture")
    repository, link, remove = Repository.open(root), os.link, _atomic.remove

    def interrupted_link(*arguments: Any) -> None:
        os.kill(os.getpid(), number)
        link(*arguments)

    def interrupted_remove(*arguments: Any) -> None:
        os.kill(os.getpid(), number)
        remove(*arguments)

    monkeypatch.setattr(os, "link", interrupted_link)
    monkeypatch.setattr(_atomic, "remove", interrupted_remove)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write_changes(repository, plan_renumbering(repository, 12, 14))
    finally:
        signal.signal(signal.SIGTERM, before)
    names = sorted(file.name for file in (root / "proposals").iterdir())
    assert names == ["fep-0014.notes.json", "fep-0014.rst", "fep-0014.svg", "fep-0112.rst"]


def test_no_existing_file_is_overwritten(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT})
    repository = Repository.open(root)
    renumbering = plan_renumbering(repository, 12, 14)
    (root / "proposals" / "fep-0014.rst").write_text("mine")
    with pytest.raises(RepositoryError, match="already exists; it was not overwritten"):
        write_changes(repository, renumbering)
    assert (root / "proposals" / "fep-0014.rst").read_text() == "mine"
    assert (root / "proposals" / "fep-0012.rst").read_text() == DRAFT


def test_without_a_number_the_next_one_is_taken(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER})
    renumbering = plan_renumbering(Repository.open(root), 12, None)
    assert renumbering.moved == {"proposals/fep-0012.rst": "proposals/fep-0113.rst"}


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


def test_a_number_that_the_base_has_taken_since(checkout: Checkout) -> None:
    """Two branches created FEP 13, and the other one was merged first."""
    root = checkout({"fep-0012.rst": DRAFT})
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    git(root, "branch", "mine")
    for branch, title in (("mine", "Mine"), ("main", "Theirs")):
        git(root, "switch", "--quiet", branch)
        text = DRAFT.replace("12", "13").replace("Typed views", title)
        (root / "proposals" / "fep-0013.rst").write_text(text)
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message=two")
    git(root, "switch", "--quiet", "mine")
    options = CheckOptions(TODAY, select=("T015",))
    (finding,) = Repository.open(root).check(options, base="main").diagnostics
    assert "fep renumber 13" in f"{finding.message} {finding.help}"
    repository = Repository.open(root)
    with pytest.raises(FepError, match="FEP 12 is taken"):
        plan_renumbering(repository, 13, 12)
    write_changes(repository, plan_renumbering(repository, 13, None))
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=three")
    assert not Repository.open(root).check(options, base="main").diagnostics
    assert (root / "proposals" / "fep-0014.rst").is_file()


def test_a_number_that_another_branch_has_is_refused(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT})
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    git(root, "switch", "--quiet", "--create", "side")
    (root / "proposals" / "fep-0013.rst").write_text(DRAFT.replace("12", "13"))
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=two")
    git(root, "switch", "--quiet", "main")
    with pytest.raises(FepError, match="FEP 13 is reserved, or was used before"):
        plan_renumbering(Repository.open(root), 12, 13)


def test_sorted_lists_stay_sorted(process: Process) -> None:
    text = "FEP: 112\nRequires: 7, 12,\n  13\nReplaces: 12, 20\n"
    expected = "FEP: 112\nRequires: 7, 13,\n  14\nReplaces: 14, 20\n"
    assert renumbered(process, text) == expected


def test_a_list_with_what_is_no_number_is_not_sorted(process: Process) -> None:
    """Python makes no integer of more than 4,300 digits."""
    text = f"FEP: 112\nRequires: 12, {'9' * 4400}, 13\n"
    assert renumbered(process, text) == text.replace("12, 9", "14, 9")


EXEMPTIONS = """
[[exempt]]
number = 12
code = "section-missing"
reason = "FEP 12 is older."

[[redirect]]
from = 5
to = 12
"""
PAGE = "See :fep:`12`, FEP 12 and proposals/fep-0012.rst.\n"


def test_everything_that_has_the_number_follows(checkout: Checkout) -> None:
    other = "FEP: 112\nTitle: After FEP 12\nStatus: Draft\n\nAbstract\n========\n\nUse `FEP 12`.\n"
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": other})
    files = {
        "proposals/fep-0012/figure.png": b"\x89PNG",
        "proposals/fep-0012/appendix.rst": PAGE.encode(),
        "docs/page.rst": PAGE.encode(),
        "docs/_build/page.rst": PAGE.encode(),
        "docs/windows.md": PAGE.replace("\n", "\r\n").encode(),
        "docs/latin.rst": PAGE.encode() + b"\xe9",
        "fep/templates/process.rst": PAGE.encode(),
        ".github/CODEOWNERS": b"/proposals/fep-0012.rst @ada\n",
        "pyproject.toml": (
            b'[project]\nname = "fep-12"\n\n'
            b'[tool.fep.per-file-ignores]\n"proposals/fep-0012.rst" = ["H008"]\n'
        ),
    }
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    with (root / "fep" / "process.toml").open("a") as file:
        file.write(EXEMPTIONS)
    entries = Repository.open(root).baseline_entries(TODAY)
    (root / ".fep-baseline.json").write_text(baseline.dump(entries))
    options = CheckOptions(TODAY)
    before = Repository.open(root).check(options)
    repository = Repository.open(root)
    write_changes(repository, plan_renumbering(repository, 12, 14, today=TODAY))
    after = Repository.open(root).check(options)
    assert [d.code for d in after.diagnostics] == [d.code for d in before.diagnostics]
    assert after.baselined == before.baselined > 0
    moved = {
        path.replace("fep-0012/", "fep-0014/"): data.replace(b"0012", b"0014")
        .replace(b" 12", b" 14")
        .replace(b"`12`", b"`14`")
        for path, data in files.items()
    }
    moved["docs/_build/page.rst"], moved["docs/latin.rst"] = (
        files["docs/_build/page.rst"], files["docs/latin.rst"],
    )  # fmt: skip
    assert {path: (root / path).read_bytes() for path in moved} == moved
    assert not (root / "proposals" / "fep-0012").exists()
    process_text = (root / "fep" / "process.toml").read_text("utf-8")
    assert process_text.endswith(EXEMPTIONS.replace("12", "14"))


def test_nothing_is_written_if_a_name_is_taken(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER})
    (root / "proposals" / "fep-0012").mkdir()
    (root / "proposals" / "fep-0012" / "a.png").write_bytes(b"\x89PNG")
    repository = Repository.open(root)
    renumbering = plan_renumbering(repository, 12, 14)
    (root / "proposals" / "fep-0014").mkdir()
    (root / "proposals" / "fep-0014" / "a.png").write_bytes(b"mine")
    with pytest.raises(RepositoryError, match="already exists; it was not overwritten"):
        write_changes(repository, renumbering)
    assert (root / "proposals" / "fep-0112.rst").read_text() == OTHER
    assert (root / "proposals" / "fep-0014" / "a.png").read_bytes() == b"mine"


@pytest.mark.parametrize("kind", ["link", "dangling", "file"])
def test_nothing_is_written_if_a_directory_is_something_else(
    checkout: Checkout, kind: str, tmp_path: Path
) -> None:
    root = checkout({"fep-0012.rst": DRAFT})
    directory = root / "proposals" / "fep-0012"
    directory.mkdir()
    (directory / "a.png").write_bytes(b"\x89PNG")
    new = root / "proposals" / "fep-0014"
    if kind == "file":
        new.write_text("mine")
    else:
        new.symlink_to(tmp_path if kind == "link" else tmp_path / "nothing")
    repository = Repository.open(root)
    with pytest.raises(RepositoryError, match="is a link or a file; nothing was written"):
        write_changes(repository, plan_renumbering(repository, 12, 14))
    assert (root / "proposals" / "fep-0012.rst").read_text() == DRAFT
    assert (directory / "a.png").exists()


def test_a_dangling_link_takes_a_name(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0012-a.png": "x"})
    (root / "proposals" / "fep-0014-a.png").symlink_to("nothing")
    repository = Repository.open(root)
    with pytest.raises(RepositoryError, match="already exists; it was not overwritten"):
        write_changes(repository, plan_renumbering(repository, 12, 14))
    assert (root / "proposals" / "fep-0012.rst").exists()


def test_line_ends_that_git_converts_stay(checkout: Checkout) -> None:
    """As on Windows: LF in git, CR LF on disk."""
    root = checkout({"fep-0012.rst": DRAFT.replace("\n", "\r\n")})
    (root / "page.rst").write_bytes(PAGE.replace("\n", "\r\n").encode())
    git(root, "init", "--quiet")
    git(root, "config", "core.autocrlf", "true")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    repository = Repository.open(root)
    write_changes(repository, plan_renumbering(repository, 12, 14))
    for path in ("page.rst", "proposals/fep-0014.rst"):
        data = (root / path).read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")


def test_a_number_in_the_name_of_a_directory(tmp_path: Path) -> None:
    text = "SLEP021: Views\n==============\n\n:Author: Ada\n:Status: Draft\n:Type: Process\n"
    (tmp_path / "slep021").mkdir()
    (tmp_path / "slep021/proposal.rst").write_text(
        f"{text}:Created: 2024-01-02\n\nSee other.rst.\n"
    )
    (tmp_path / "slep021/example.py").write_text("x = 1\n")
    (tmp_path / "slep021/other.rst").write_text("More on SLEP021.\n")
    (tmp_path / "index.rst").write_text(".. toctree::\n\n   slep021/proposal\n   myslep021/x\n")
    repository = Repository.open(tmp_path, "slep")
    write_changes(repository, plan_renumbering(repository, 21, 25, None))
    files = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert files == {
        "slep025/proposal.rst", "slep025/example.py", "slep025/other.rst", "index.rst",
    }  # fmt: skip
    assert (tmp_path / "slep025/proposal.rst").read_text().startswith("SLEP025: Views\n")
    assert (tmp_path / "slep025/other.rst").read_text() == "More on SLEP025.\n"
    index = (tmp_path / "index.rst").read_text()
    assert index == ".. toctree::\n\n   slep025/proposal\n   myslep021/x\n"


LATIN_1 = (lambda text: text.encode() + b"Caf\xe9.\n", "the file is not UTF-8: byte 0xE9")
CONTROL = (lambda text: text.encode() + b"A\0.\n", "the file has the control character U+0000")
UTF_16 = (lambda text: text.encode("utf-16"), "the file is UTF-16")
MEDIAWIKI = (lambda text: f"<pre>\n{text}\n==Views==\n".encode(), "the file is MediaWiki")


@pytest.mark.parametrize(("encode", "message"), [LATIN_1, CONTROL, UTF_16, MEDIAWIKI])
def test_no_text_is_lost_that_was_not_read(
    checkout: Checkout, encode: Callable[[str], bytes], message: str
) -> None:
    root = checkout({"fep-0012.rst": encode(DRAFT)})
    with pytest.raises(RepositoryError) as caught:
        plan_renumbering(Repository.open(root), 12, 14)
    assert str(caught.value).startswith(f"proposals/fep-0012.rst: {message}")


@pytest.mark.parametrize(("encode", "message"), [LATIN_1, CONTROL, UTF_16])
def test_no_reference_is_changed_in_a_text_that_was_not_read(
    checkout: Checkout, encode: Callable[[str], bytes], message: str
) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": encode(OTHER)})
    with pytest.raises(RepositoryError) as caught:
        plan_renumbering(Repository.open(root), 12, 14)
    assert str(caught.value).startswith(f"proposals/fep-0112.rst: {message}")


def test_a_link_is_not_replaced(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT})
    (root / "proposals/fep-0012.rst").rename(root / "views.rst")
    (root / "proposals/fep-0012.rst").symlink_to("../views.rst")
    message = r"^proposals/fep-0012\.rst: the file is a link; put the file itself here$"
    with pytest.raises(RepositoryError, match=message):
        plan_renumbering(Repository.open(root), 12, 14)


@pytest.mark.parametrize("text", ["", f"{DRAFT}{'a' * 5001}\n"])
def test_a_text_that_is_not_judged_is_kept(checkout: Checkout, text: str) -> None:
    root = checkout({"fep-0012.rst": text})
    repository = Repository.open(root)
    write_changes(repository, plan_renumbering(repository, 12, 14))
    renamed = (root / "proposals/fep-0014.rst").read_text("utf-8")
    assert renamed == text.replace("12", "14")

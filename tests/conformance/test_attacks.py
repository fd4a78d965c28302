"""Attacks by the author of a pull request. Each of them worked in an earlier version."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from fep_tools import _atomic
from fep_tools._cache import Cache
from fep_tools._text import escape_json
from fep_tools.cli import main
from fep_tools.diagnostics import CheckOptions, CheckResult, Span
from fep_tools.errors import ProcessError, RepositoryError
from fep_tools.lint import testing
from fep_tools.lint.rules.transitions._worddiff import find_changed_words
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.proposals import image_files, interfering_files, pool
from fep_tools.proposals.pictures import svg_problem
from fep_tools.proposals.rst.allowlist import link_problem, USER_NAME
from fep_tools.proposals.rst.parser import parse_body
from fep_tools.proposals.vocabulary import Vocabulary
from fep_tools.proposals.worker import send
from fep_tools.repository import Repository

Checkout = Callable[..., Path]

TEXT = """\
FEP: {n}
Title: Title {n}
Author: Ada Lovelace
Status: {status}
Type: Process
Created: 2026-01-02{more}

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license,
whichever is more permissive.
"""


Texts = Mapping[str, str | bytes]


def proposal(number: int = 20, status: str = "Draft", more: str = "") -> str:
    return TEXT.format(n=number, status=status, more=more)


def check_changed(
    root: Path, before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]
) -> CheckResult:
    """Check a change of the files from *before* to *after*, by file name."""

    def sources(texts: Texts) -> dict[str, bytes]:
        encoded = {n: t.encode() if isinstance(t, str) else t for n, t in texts.items()}
        return {**beside, **{f"proposals/{name}": data for name, data in encoded.items()}}

    repository, asked = Repository.open(root), CheckOptions(testing.TODAY, jobs=1)
    beside = {path: (root / path).read_bytes() for path in repository.attachment_paths}
    return repository.check_change(asked, sources(before), sources(after))


def new_codes(result: CheckResult) -> set[str]:
    return {found.code for found in result.diagnostics if found.introduced}


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self.path),))


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("ci", [True, False])
def test_pickles_in_the_output_directory_are_not_loaded(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, ci: bool
) -> None:
    if ci:
        monkeypatch.setenv("CI", "true")
    root = checkout({"fep-0020.rst": proposal()})
    trees = root / "build" / "site" / ".doctrees"
    trees.mkdir(parents=True)
    (trees / "environment.pickle").write_bytes(pickle.dumps(Bomb(root / "canary")))
    assert main.run(["build", "--root", str(root), "--jobs", "1"]) == 0
    assert not (root / "canary").exists()


def test_workers_import_no_module_from_the_repository(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout({"fep-0020.rst": proposal()})
    (root / "multiprocessing").mkdir()
    ran = tmp_path / "ran"
    (root / "multiprocessing" / "__init__.py").write_text(f"open({str(ran)!r}, 'w')", "utf-8")
    monkeypatch.chdir(root)
    assert main.run(["check", "--no-cache"]) == 0
    assert not ran.exists()
    assert "PYTHONSAFEPATH" not in os.environ


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("link", ["build", "build/site", "build/site/_images", "build/site/x.html"])
def test_a_build_writes_through_no_link(
    checkout: Checkout, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    victim = tmp_path_factory.mktemp("victim")
    (victim / "holiday.jpg").write_text("x", "utf-8")
    root = checkout({"fep-0020.rst": proposal()})
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(victim)
    assert main.run(["build", "--root", str(root), "--jobs", "1"]) == 2
    assert [path.name for path in victim.iterdir()] == ["holiday.jpg"]


def test_a_transition_from_an_unreadable_file_is_checked(checkout: Checkout) -> None:
    before = {"fep-0020.rst": b"\xff\xfe gibberish"}
    after = {"fep-0020.rst": proposal(status="Final")}
    assert "T005" in new_codes(check_changed(checkout(), before, after))


def test_a_warning_of_a_settled_proposal_counts_when_it_is_reopened(checkout: Checkout) -> None:
    def untitled(status: str) -> dict[str, str]:
        return {"fep-0020.rst": proposal(status=status).replace("Title: Title 20\n", "")}

    result = check_changed(checkout(), untitled("Deferred"), untitled("Draft"))
    assert "H005" in new_codes(result)
    assert result.fails()


def test_a_proposal_does_not_become_retroactive_later(checkout: Checkout) -> None:
    more = "\nRetroactive: yes\nStatus-History: 2026-01-02 Draft https://example.org/7"
    before, after = {"fep-0020.rst": proposal()}, {"fep-0020.rst": proposal(more=more)}
    assert "T014" in new_codes(check_changed(checkout(), before, after))


def test_a_change_cannot_exclude_files_from_the_check(checkout: Checkout) -> None:
    root = checkout({"fep-0020.rst": proposal()})
    who = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*who, *arguments], cwd=root, check=True)
    process = root / "fep" / "process.toml"
    text = process.read_text("utf-8")
    hidden = text.replace("include = [", 'exclude = ["proposals/fep-0020.rst"]\ninclude = [', 1)
    process.write_text(hidden, "utf-8")
    (root / "proposals" / "fep-0020.rst").write_text(proposal(status="Final"), "utf-8")
    assert main.run(["check", "--root", str(root), "--base", "main", "--no-cache"]) == 1


def test_a_file_with_another_number_does_not_replace_a_proposal(process: Process) -> None:
    example = "# proposals/a.rst\nFEP: 7\nTitle: Hijacked\n\n# proposals/fep-0007.rst\nFEP: 7\n"
    corpus = testing.parse_corpus(example, process)
    seventh = corpus.get(7)
    assert seventh is not None
    assert seventh.path == "proposals/fep-0007.rst"


def test_comparing_very_different_texts_takes_bounded_time() -> None:
    old, new = "a b c d " * 20_000, "e f g h " * 20_000
    (change,) = find_changed_words(old, new)
    assert change == (old.rstrip(), new.rstrip(), Span(1, 1, 1, len(new)))


@pytest.mark.parametrize(
    "pattern",
    ["../out/fep-{number:04}.rst", "/tmp/{number}.rst", "a/../../{number}.rst", "{number.x}.rst",
     "{number}{", "{number}{number}.rst", "{slug:>300000000}-{number}.rst", "fep.rst"],
)  # fmt: skip
def test_a_file_pattern_stays_inside_the_repository(pattern: str) -> None:
    text = (Path(__file__).parents[2] / "fep" / "process.toml").read_text("utf-8")
    with pytest.raises(ProcessError, match="'pattern' must"):
        parse_process(text.replace("proposals/fep-{number:04}.rst", pattern, 1))


def test_no_directory_is_created_outside_the_repository(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    with pytest.raises(RepositoryError, match="is outside"):
        _atomic.create(tmp_path / "root", "../elsewhere/a.rst", b"x")
    assert not (tmp_path / "elsewhere").exists()


def test_the_cache_is_not_written_through_links(tmp_path: Path) -> None:
    folder = tmp_path / ".fep_cache"
    folder.mkdir()
    for name in ("facts.sqlite3", "CACHEDIR.TAG", ".gitignore"):
        (folder / name).symlink_to(tmp_path / f"out-{name}")
    cache = Cache(folder)
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {}
    assert [path.name for path in tmp_path.iterdir()] == [".fep_cache"]


def test_a_cache_file_with_a_view_is_ignored(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "facts.sqlite3") as database:
        database.execute(
            "CREATE VIEW facts AS WITH RECURSIVE c(key, value) AS (SELECT x'00', '' UNION ALL "
            "SELECT key, value FROM c) SELECT key, value FROM c"
        )
    database.close()
    assert Cache(tmp_path).get([b"k"]) == {}


def test_json_contains_no_workflow_command() -> None:
    text = escape_json('{"title": "##[add-mask]github"}')
    assert "##[" not in text
    assert text == '{"title": "#\\u0023[add-mask]github"}'


@pytest.mark.usefixtures("quiet")
def test_an_error_about_settings_contains_no_command(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    root = checkout({"fep-0020.rst": proposal()})
    hostile = '[tool.fep]\nignore = ["\\u001b]0;pwn\\u0007\\n::error::x ##[add-mask]a"]\n'
    (root / "pyproject.toml").write_text(hostile, "utf-8")
    assert main.run(["check", "--root", str(root), "--no-cache"]) == 2
    output = capsys.readouterr().err
    assert "\x1b" not in output
    assert "##[" not in output
    assert output.count("\n") == 1


@pytest.mark.usefixtures("quiet")
def test_an_unexpected_page_does_not_stop_a_build(checkout: Checkout) -> None:
    root = checkout({"fep-0020.rst": proposal()})
    (root / "index.rst").write_text("Mine\n====\n", "utf-8")
    assert main.run(["build", "--root", str(root), "--jobs", "1"]) == 0
    assert "Mine" not in (root / "build" / "site" / "index.html").read_text("utf-8")


@pytest.mark.usefixtures("quiet")
def test_an_svg_with_a_script_is_not_published(checkout: Checkout) -> None:
    shown = proposal() + "\n.. image:: a.svg\n\n.. image:: b.svg\n"
    root = checkout({"fep-0020.rst": shown})
    start = '<svg xmlns="http://www.w3.org/2000/svg"'
    (root / "proposals" / "a.svg").write_text(f'{start} onload="alert(1)"/>', "utf-8")
    (root / "proposals" / "b.svg").write_text(f"{start}><title>x</title></svg>", "utf-8")
    main.run(["build", "--root", str(root), "--jobs", "1"])
    images = root / "build" / "site" / "_images"
    assert [path.name for path in images.rglob("*.svg")] == ["b.svg"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg">{}</svg>'


@pytest.mark.parametrize(
    "data",
    [
        SVG.format("<s:script>alert(1)</s:script>").encode(),
        SVG.format("<script>alert(1)</script>").encode("utf-16"),
        SVG.format("<script>alert(1)</script>").encode("utf-16-le"),
        SVG.format('<a href="java&#115;cript:alert(1)"/>').encode(),
        SVG.format('<a href="javas&#10;cript:alert(1)"/>').encode(),
        SVG.format('<h:meta xmlns:h="http://www.w3.org/1999/x&#104;tml"/>').encode(),
        b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="x"?>' + SVG.encode(),
        b'<?xml version="1.0" encoding="iso-2022-jp"?>' + SVG.encode(),
        SVG.format("<style>@imp<style/>ort 'https://example.org/a.css';</style>").encode(),
    ],
)
def test_a_hidden_script_in_an_svg_is_found(data: bytes) -> None:
    assert svg_problem(data)


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>' + SVG.format("<path d='M0'/>"),
        SVG.format("<text>a&#160;description: &lt;script&gt;</text>"),
    ],
)
def test_an_svg_without_a_script_is_shown(text: str) -> None:
    assert svg_problem(text.encode()) == ""


def write_journal(database: Path, deletes: Path) -> None:
    """Write a journal that makes SQLite delete a file, as the rest of an interrupted write."""
    size, nonce = 4096, 7
    page = database.read_bytes()[:size]
    magic = bytes.fromhex("d9d505f920a163d7")
    header = magic + struct.pack(">5I", 1, nonce, database.stat().st_size // size, 512, size)
    checksum = nonce + sum(page[index] for index in range(size - 200, 0, -200))
    record = struct.pack(">I", 1) + page + struct.pack(">I", checksum)
    name = os.fsencode(deletes)
    end = name + struct.pack(">II", len(name), sum(name)) + magic
    super_journal = struct.pack(">I", 0x40000000 // size + 1) + end
    journal = database.with_name(f"{database.name}-journal")
    journal.write_bytes(header.ljust(512, b"\0") + record + super_journal)


def test_a_journal_in_the_cache_deletes_no_file(tmp_path: Path) -> None:
    database, victim = tmp_path / "c" / "facts.sqlite3", tmp_path / "victim"
    cache = Cache(tmp_path / "c")
    cache.put({b"k": "v"})
    for is_read_by_sqlite in (True, False):
        victim.write_text("precious", "utf-8")
        write_journal(database, victim)
        if is_read_by_sqlite:
            with closing(sqlite3.connect(database)) as connection:
                connection.execute("SELECT * FROM facts").fetchall()
            assert not victim.exists()  # the journal does what it is made for
    assert cache.get([b"k"]) == {}
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {b"k": "v"}
    assert victim.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_the_cache_waits_for_no_pipe(tmp_path: Path, suffix: str) -> None:
    cache = Cache(tmp_path)
    cache.put({b"k": "v"})
    os.mkfifo(tmp_path / f"facts.sqlite3{suffix}")
    assert cache.get([b"k"]) == {}
    cache.put({b"k": "v"})
    assert cache.get([b"k"]) == {b"k": "v"}


DAMAGED = ["null", "[]", "{}", "7", "x", "[" * 100_000, '{"include": [1]}', b"\xff", None, 1.5]


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("value", DAMAGED, ids=range(len(DAMAGED)))
def test_results_do_not_depend_on_damaged_values(checkout: Checkout, value: object) -> None:
    root = checkout({"fep-0020.rst": proposal()})
    arguments = ["check", "--root", str(root), "--jobs", "1"]
    assert main.run(arguments) == 0
    with closing(sqlite3.connect(root / ".fep_cache" / "facts.sqlite3")) as database, database:
        database.execute("UPDATE facts SET value = ?", (value,))
    assert main.run(arguments) == 0


@pytest.mark.usefixtures("quiet")
def test_sphinx_compiles_no_labels_of_a_repository(
    checkout: Checkout, tmp_path_factory: pytest.TempPathFactory
) -> None:
    victim = tmp_path_factory.mktemp("victim") / "file"
    victim.write_text("precious", "utf-8")
    os.utime(victim, (0, 0))  # older than the .po file, so that Sphinx takes it for outdated
    root = checkout({"fep-0020.rst": proposal()})
    (root / "conf.py").write_text('extensions = ["fep_tools.site"]\nlanguage = "fr"\n', "utf-8")
    messages = root / "locales" / "fr" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    label = '<script>alert(1)</script>{x.__class__}"'.replace('"', '\\"')
    ids = ("Search", "Link to this heading", "About this {acronym}", "The index")
    text = "".join(f'msgid "{name}"\nmsgstr "{label}"\n\n' for name in ids)
    for name in ("sphinx", "fep_tools"):
        (messages / f"{name}.po").write_text(text, "utf-8")
        (messages / f"{name}.mo").symlink_to(victim)
    assert main.run(["build", "--root", str(root), "--jobs", "1"]) == 0
    assert victim.read_text("utf-8") == "precious"
    pages = list((root / "build" / "site").rglob("*.html"))
    assert pages
    assert not [page for page in pages if "alert(1)" in page.read_text("utf-8")]


@pytest.mark.parametrize("kind", ["link", "pipe", "linked directory"])
def test_a_template_is_a_regular_file(
    checkout: Checkout, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = checkout({})
    templates = root / "fep" / "templates"
    shutil.rmtree(templates)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "standards-track.rst").write_text("SECRET", "utf-8")
    if kind == "linked directory":
        templates.symlink_to(outside)
    else:
        templates.mkdir()
        template = templates / "standards-track.rst"
        if kind == "pipe":
            os.mkfifo(template)
        else:
            template.symlink_to(outside / "standards-track.rst")
    command = ["new", "Views", "--author", "Ada Lovelace", "--type", "Standards Track"]
    assert main.run([*command, "--root", str(root)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert not list((root / "proposals").glob("*views*"))


def test_images_behind_a_linked_directory_are_not_found(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.png").write_bytes(b"")
    (tmp_path / "outside" / ".gitattributes").write_text("* working-tree-encoding=x", "utf-8")
    root = tmp_path / "root"
    root.mkdir()
    (root / "proposals").symlink_to(tmp_path / "outside")
    assert image_files.find_images(root, ["proposals/*.rst"]) == {}
    assert interfering_files.find_interfering_files(root, ["proposals/*.rst"]) == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers")
def test_a_worker_ends_itself_if_the_pool_was_killed() -> None:
    text = "".join(f".. _t: http://example.org/{number}\n" for number in range(30_000))
    program = pool._PROGRAM.replace("sys.argv[1]", repr(pool._ROOT))
    worker = subprocess.Popen(
        [sys.executable, "-P", "-c", program, "", str(2**30), "0.5"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert worker.stdin is not None
    send(worker.stdin, Vocabulary("fep").to_json())
    send(worker.stdin, json.dumps([text, []]))
    with worker:
        assert worker.wait(timeout=30) == -signal.SIGPROF


@pytest.mark.parametrize(
    "character", ["U+202E", "0x1b", "U+D800", "8232", "0x0", "U+FFFE", "U+1FFFF", "U+FDD0"]
)
def test_a_directive_makes_no_hidden_character(character: str) -> None:
    body = parse_body(f"|x|\n\n.. |x| unicode:: {character}\n", Vocabulary("fep"))
    assert any(p.kind == "directive" and "U+" in p.name for p in body.problems)


def test_a_directive_makes_a_visible_character() -> None:
    body = parse_body("|x|\n\n.. |x| unicode:: U+2014 0xA0 U+AD .. dash\n", Vocabulary("fep"))
    assert body.problems == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://flask.example@evil.example/",
        "http://user:word@evil.example",
        "https:\\\\a@evil.example/",
    ],
)
def test_links_have_no_user_name(url: str) -> None:
    assert link_problem(url) == USER_NAME


@pytest.mark.parametrize(
    "url", ["https://example.org/@ada", "https://example.org?a@b", "mailto:ada@example.org"]
)
def test_links_may_have_an_at_sign(url: str) -> None:
    assert link_problem(url) == ""

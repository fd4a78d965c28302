"""Malformed files among good ones: one finding for each, and no effect on anything else."""

from __future__ import annotations

import os
import re
import socket
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fep_tools._text import safe
from fep_tools.cli.main import run
from fep_tools.diagnostics import CheckOptions, Diagnostic, Severity
from fep_tools.repository import Repository

from ..conftest import TODAY

GOOD = """\
FEP: {number}
Title: Typed views {number}
Author: Ada Lovelace (@ada)
Status: Draft
Type: Informational
Created: 2025-03-03

{body}

Copyright
=========

This document is placed in the public domain or under the
CC0-1.0-Universal license, whichever is more permissive.
"""
NESTED = "".join(f"{'  ' * depth}* item\n\n" for depth in range(1000))
Checkout = Callable[..., Path]


def fep(number: int, body: str = "Some text.") -> str:
    return GOOD.format(number=number, body=body)


@pytest.fixture
def root(checkout: Checkout) -> Path:
    """A repository with good proposals before and after number 50."""
    return checkout({f"fep-{number:04}.rst": fep(number) for number in (10, 11, 90, 91)})


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the bodies of the good files, so that a worker starts only for the malformed one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FEP_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def check(root: Path) -> tuple[Diagnostic, ...]:
    repository = Repository.open(root, cache_directory=Path(os.environ["FEP_CACHE_DIR"]))
    return repository.check(CheckOptions(today=TODAY, jobs=1)).diagnostics


def hostile(root: Path, name: str = "fep-0050.rst") -> Path:
    return root / "proposals" / name


def only_finding(root: Path) -> Diagnostic:
    """Return the only finding in the repository; ``fep check`` exits with 1 because of it."""
    (finding,) = check(root)
    assert run(["check", "--root", str(root), "--jobs", "1"]) == 1
    return finding


# Not regular files ------------------------------------------------------------------------


def directory(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as some:
        here = os.open(path.parent, os.O_RDONLY)
        some.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


def link_out(path: Path) -> None:
    outside = path.parent.parent.parent / "outside.rst"
    outside.write_text(fep(50), "utf-8")
    path.symlink_to(outside)


def link_inside(path: Path) -> None:
    path.symlink_to("fep-0010.rst")


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.rst")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)


@pytest.mark.skipif(sys.platform != "linux", reason="needs the file types of Linux")
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (directory, "the file is a directory"),
        (pipe, "the file is a pipe"),
        (unix_socket, "the file is a socket"),
        (link_out, "the file is a link"),
        (link_inside, "the file is a link"),
        (endless, "the file is a link"),
        (dangling, "the file is a link"),
        (circle, "the file is a link"),
        (huge, "the file is 50.0 MiB large; a file has at most 1 MiB"),
    ],
)
def test_only_regular_files_are_opened(
    make: Callable[[Path], None], message: str, root: Path
) -> None:
    make(hostile(root))
    finding = only_finding(root)
    assert (finding.code, finding.message, finding.path) == (
        "C001",
        message,
        "proposals/fep-0050.rst",
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_an_unreadable_file_is_reported(root: Path) -> None:
    hostile(root).write_text(fep(50), "utf-8")
    hostile(root).chmod(0)
    assert only_finding(root).message == "the file cannot be read: permission denied"


# Not text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\n \n\t\n", "the file is empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0\xff", "the file is not text"),
        (b"\0" * 5000, "the file has the control character U+0000"),
        (fep(50).encode("utf-16"), "the file is UTF-16; write UTF-8"),
        (
            fep(50).encode().replace(b"Ada", b"Ad\xe9"),
            "the file is not UTF-8: byte 0xE9 at offset ",
        ),
        (fep(50, "a\0b").encode(), "the file has the control character U+0000"),
        (fep(50, "\x1b]0;title\x07").encode(), "the file has the control character U+001B"),
        (fep(50, "a\x84b").encode(), "the file has the control character U+0084"),
        (fep(50, "x" * 6000).encode(), "the file has a line of more than 5000 characters"),
        (b"a\n" * 600_000, "the file is 1.1 MiB large"),
    ],
)
def test_bytes_that_are_not_parsed(data: bytes, message: str, root: Path) -> None:
    hostile(root).write_bytes(data)
    finding = only_finding(root)
    assert finding.code == "C001"
    assert finding.message.startswith(message)


@pytest.mark.parametrize("blank", ["\r", "\f", "\x85", "\u2028"])
def test_what_other_programs_take_for_a_line_end_hides_nothing(blank: str, root: Path) -> None:
    hostile(root).write_bytes(fep(50, f"a{blank}Status: Final").encode())
    (finding,) = check(root)
    assert (finding.code, finding.severity) == ("C009", Severity.WARNING)
    (proposal,) = (p for p in Repository.open(root).corpus() if p.number == 50)
    assert proposal.status == "Draft"


# Too much for docutils --------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        NESTED,
        ".. |a| replace:: |a| |b|",
        ".. |a| replace:: |a| |a|\n\n|a|",
        "9" * 4301 + ". x",
        "* " * 120 + "x",
        "".join(f".. _t{n}: t{n + 1}_\n" for n in range(3000)),
        "".join(f"{'   ' * n}.. note::\n\n" for n in range(200)),
    ],
    ids=["lists", "itself", "twice", "digits", "bullets", "targets", "notes"],
)
def test_texts_that_docutils_cannot_parse(body: str, root: Path) -> None:
    hostile(root).write_text(fep(50, body), "utf-8")
    finding = only_finding(root)
    assert (finding.code, finding.path) == ("B002", "proposals/fep-0050.rst")


# File names -------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
@pytest.mark.parametrize(
    "name",
    [b"fep-\xff.rst", b"fep-5\n::error::x.rst", b"\x1b[31m.rst", b":x.rst", "fep-٠٠٥٠.rst"],
)
def test_invalid_file_names(
    name: bytes | str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = os.path.join(os.fsencode(root / "proposals"), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(fep(50).encode())
    assert only_finding(root).code == "C004"
    assert_harmless(capsys.readouterr().out)


def test_a_long_file_name(root: Path) -> None:
    hostile(root, f"{'x' * 240}.rst").write_text(fep(50), "utf-8")
    assert only_finding(root).code == "C004"


def test_a_docutils_configuration_is_reported_and_ignored(root: Path) -> None:
    stolen = root.parent / "secret.txt"
    stolen.write_text("CANARY", "utf-8")
    (root / "proposals" / "docutils.conf").write_text(
        "[general]\nfile_insertion_enabled: yes\nraw_enabled: yes\nhalt_level: 5\n", "utf-8"
    )
    hostile(root).write_text(fep(50, f".. include:: {stolen}"), "utf-8")
    assert [(finding.code, finding.path) for finding in check(root)] == [
        ("C007", "proposals/docutils.conf"),
        ("B003", "proposals/fep-0050.rst"),
    ]


# Commands in output -----------------------------------------------------------------------

INJECTIONS = {
    "mask": "Author: ##[add-mask]github",
    "folded": "Author: Ada\n ::set-output name=x::y\n ::stop-commands::deadbeef",
    "command": "Author: ::error file=x::gone",
    "name": "##[error]: x",
    "stray": "::warning::a stray line",
    "order": "Author: \u202eada\u202c",
    "hidden": "Author: Ada\u200b Lovelace",
    "tags": "Author: Ada\U000e0041",
}


def assert_harmless(output: str) -> None:
    """Assert that *output* has nothing that a terminal or a GitHub runner would execute.

    This parser is independent of the escaping that is tested.
    """
    assert not {c for c in output if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}} - {"\n"}
    for line in re.split(r"\r\n|\n|\r", output):
        assert not re.match(r"\s*::\s*[A-Za-z-]+.*?::", line), line
        assert not re.search(r"##\[\s*[A-Za-z-]+", line), line


@pytest.mark.parametrize("header", INJECTIONS.values(), ids=INJECTIONS.keys())
@pytest.mark.parametrize("format_", ["text", "json"])
def test_headers_put_no_command_into_a_report(
    header: str, format_: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = fep(50).replace("Author: Ada Lovelace (@ada)", header)
    hostile(root).write_text(text, "utf-8")
    arguments = ["check", "--root", str(root), "--jobs", "1", "--format", format_]
    assert run(arguments) in (0, 1)
    assert_harmless(capsys.readouterr().out)


BODIES = {
    "title": "##[group]x\n==========\n\nText.",
    "short title": "::error::xx\n===\n\nText.",
    "role": ":x:`##[add-mask]y`",
    "target": "`::error::x`_",
    "address": "`x <javascript:##[add-mask]x>`__",
    "directive": ".. x::\n\n   ::error::y",
    "image": ".. image:: ##[x].png.exe",
    "comment": ".. warning: ##[add-mask]x",
    "options": ".. image:: a.png\n   :align: ##[add-mask]x",
    "quotes": "`##[add-mask]x`",
    "section": "Motivaton ##[add-mask]\n======================\n\nx",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_bodies_put_no_command_into_a_report(
    body: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile(root).write_text(fep(50, body), "utf-8")
    run(["check", "--root", str(root), "--jobs", "1", "--select", "ALL"])
    assert_harmless(capsys.readouterr().out)


def test_assert_harmless_notices_commands() -> None:
    for bad in ("::set-output name=x::y", "a ##[add-mask]b", "  ::error::", "\x1b[0m"):
        with pytest.raises(AssertionError):
            assert_harmless(bad)
        assert_harmless(safe(bad))


# Everything at once -----------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="needs the file types of Linux")
def test_all_of_them_together(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    makers = (directory, pipe, link_out, endless, dangling, huge)
    for number, make in enumerate(makers, start=50):
        make(hostile(root, f"fep-{number:04}.rst"))
    for number, data in enumerate((b"", b"\0", b"\xff\xfe", NESTED.encode(), b"\xff"), start=60):
        hostile(root, f"fep-{number:04}.rst").write_bytes(data)
    text = fep(70).replace("Status: Draft", "Status: Drfat")
    hostile(root, "fep-0070.rst").write_text(text, "utf-8")
    findings = check(root)
    assert {one.path[-8:-4] for one in findings} == {
        "0050", "0051", "0052", "0053", "0054", "0055", "0060", "0061", "0062", "0063", "0064",
        "0070",
    }  # fmt: skip
    assert run(["check", "--root", str(root)]) == 1
    output = capsys.readouterr()
    assert output.err == ""
    assert "16 files checked" in output.out
    assert_harmless(output.out)

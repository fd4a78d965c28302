"""Diffs are applied by git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fep_tools._diff import printable, unified_diff

NAMES = [
    "a.rst", "two words.rst", 'a"quote.rst', "a\ttab.rst", "a\\b.rst", "a\nb.rst", "é.rst",
    "é ü.rst", " a.rst", "a .rst", "-a.rst", "a\x01.rst", "a/b c/d.rst",
]  # fmt: skip
TEXTS = [
    ("one\ntwo\n", "one\n2\n"),
    ("one\r\ntwo\r\n", "one\r\n2\r\n"),
    ("one\r\ntwo\r\n", "one\ntwo\n"),
    ("one\ntwo\r\nthree\n", "one\ntwo\nthree\n"),
    ("one\ntwo", "one\ntwo\n"),
    ("one\ntwo", "1\ntwo"),
    ("one\r\ntwo", "1\r\ntwo\r\n"),
    ("one\ntwo\n", "one\ntwo"),
    ("one\n\x0c\ntwo\x0b\x85\u2028\n", "1\n\x0c\ntwo\x0b\x85\u2028\n"),
    ("\ufeffone\n", "one\n"),
    ("one\n", "one\n\x1b[31m::error::\n##[x]\n"),
    ("one\n\n\n", "one\n\n"),
    ("-- a\n++ b\n", "++ a\n-- b\n"),
    (" \n\t\n", "\n\n"),
]


def apply(root: Path, diff: str) -> None:
    command = ["git", "-C", str(root), "-c", "core.autocrlf=false", "apply", "-"]
    subprocess.run(command, input=diff.encode(), check=True, capture_output=True)


# Each line occurs 200 times in it, for which difflib takes a minute.
REPEATED = "".join(f"{n % 200:03}{' 1' * (n % 501 == 0)}\n" for n in range(40_000))
TEXTS.append((REPEATED, REPEATED.replace(" 1", " 7")))


@pytest.mark.parametrize(("old", "new"), TEXTS)
@pytest.mark.parametrize("name", ["a.rst", "two words.rst"])
def test_git_applies_any_text(tmp_path: Path, name: str, old: str, new: str) -> None:
    (tmp_path / name).write_bytes(old.encode())
    apply(tmp_path, unified_diff(name, old, new))
    assert (tmp_path / name).read_bytes() == new.encode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("in_repository", [False, True])
def test_git_applies_to_any_name(tmp_path: Path, name: str, in_repository: bool) -> None:
    if in_repository:
        subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"one\n")
    apply(tmp_path, unified_diff(name, "one\n", "two\n"))
    assert file.read_bytes() == b"two\n"


@pytest.mark.parametrize(("old", "new"), [("a.rst", "b.rst"), ("a b.rst", "é\t.rst")])
@pytest.mark.parametrize("text", ["one\n", "two\n"])
def test_git_renames_the_file(tmp_path: Path, old: str, new: str, text: str) -> None:
    (tmp_path / old).write_bytes(b"one\n")
    apply(tmp_path, unified_diff(new, "one\n", text, old))
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {new: text}


def test_printable_diffs_command_nothing() -> None:
    diff = printable(unified_diff("a", "one\r\n\x1b[31m\r\n", "two\r\n\x1b[31m\r\n##[x]\n"))
    assert diff.startswith("--- a/a\n+++ b/a\n")
    assert "-one\r\n+two\r\n" in diff
    assert not any(text in diff for text in ("\x1b", "##["))


def test_printable_diffs_of_ordinary_texts_are_unchanged() -> None:
    diff = unified_diff("é.rst", "one\r\ntwo", "é\r\ntwo\n")
    assert printable(diff) == diff

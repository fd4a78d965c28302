"""The output of git log, as bytes."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.history.log_format import parse_log
from fep_tools.history.model import Commit, FileChange

OLD, NEW, NONE = "a" * 40, "b" * 40, "0" * 40


def row(
    mode: str, blob: str, kind: str, *paths: str, old: str = OLD, old_mode: str = "100644"
) -> str:
    return f":{old_mode} {mode} {old} {blob} {kind}\0" + "".join(f"{path}\0" for path in paths)


def parse(text: str) -> list[Commit]:
    return list(parse_log(io.BytesIO(text.encode("utf-8", "surrogateescape"))))


def parse_changes(*rows: str) -> tuple[FileChange, ...]:
    (commit,) = parse("c1\0\x0017\0Ada\0\0\n" + "".join(rows))
    return commit.changes


def test_parse_commits() -> None:
    text = (
        "c1\0\x0017\0Ada\0\0c2\0c1\x0018\0\0\0\n"
        + row("100644", NEW, "M", "a")
        + "c3\0c2 c1\0\0B\0\0"
    )
    assert parse(text) == [
        Commit("c1", (), 17, "Ada", ()),
        Commit("c2", ("c1",), 18, "", (FileChange("a", NEW, None, OLD),)),
        Commit("c3", ("c2", "c1"), 0, "B", ()),
    ]
    assert parse("") == []


def test_parse_every_kind_of_change() -> None:
    assert parse_changes(
        row("100644", NEW, "A", "a", old=NONE, old_mode="000000"),
        row("000000", NONE, "D", "b"),
        row("100755", NEW, "R087", "c", "d"),
        row("120000", NEW, "T", "e"),
        row("100644", NEW, "T", "f", old_mode="160000"),
    ) == (
        FileChange("a", NEW),
        FileChange("b", None, None, OLD),
        FileChange("d", NEW, "c", OLD),
        FileChange("e", None, None, OLD),
        FileChange("f", NEW),
    )


def test_parse_paths_that_look_like_changes() -> None:
    odd = ":100644 100644 a b M"
    found = parse_changes(row("100644", NEW, "M", odd), row("100644", NEW, "R100", odd, "\n:x"))
    assert [(change.path, change.before) for change in found] == [(odd, None), ("\n:x", odd)]


@pytest.mark.parametrize(
    ("seconds", "number"), [("", 0), ("-5", -5), ("1e9", 0), ("9" * 19, 0), ("\u0661", 0)]
)
def test_parse_seconds(seconds: str, number: int) -> None:
    (commit,) = parse(f"c1\0\0{seconds}\0Ada\0\0")
    assert commit.seconds == number


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ada  Byron ", "Ada Byron"),
        ("a at" + " " * 10_000 + "b", "a at b"),
        ("x" * 201, "x" * 200),
        ("%aN", ""),
    ],
)
def test_names_of_authors_have_a_limit(written: str, read: str) -> None:
    (commit,) = parse(f"c1\0\x000\0{written}\0\0")
    assert commit.author == read


def test_parse_output_in_chunks() -> None:
    text = "".join(f"c{n}\0\0{n}\0{'x' * 997}\0\0" for n in range(500))
    assert [commit.seconds for commit in parse(text)] == list(range(500))


@given(st.binary() | st.lists(st.sampled_from([b"\0", b":", b"\n", b"a ", b"R1"])).map(b"".join))
def test_parsing_anything_else_is_a_value_error(data: bytes) -> None:
    with suppress(ValueError):
        list(parse_log(io.BytesIO(data)))

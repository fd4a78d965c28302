"""Tables of a process file: conditions, file names and URLs of a host."""

from __future__ import annotations

from typing import Any

import pytest

from fep_tools.process.loader import load_process
from fep_tools.process.schema import any_applies, Condition, Files, Hosting
from fep_tools.process.source import BUILTIN_DIRECTORY


@pytest.mark.parametrize(
    ("row", "applies"),
    [
        ({}, True),
        ({"statuses": ["Final"]}, True),
        ({"statuses": ["Draft"]}, False),
        ({"types": ["Process"]}, False),
        ({"with": ["Retroactive"]}, False),
        ({"with": ["Title"]}, True),
        ({"without": ["Title"]}, False),
    ],
)
def test_a_condition_applies(row: dict[str, Any], applies: bool) -> None:
    condition = Condition.model_validate(row)
    assert condition.applies("Final", "Standards Track", ["Title"]) is applies
    assert any_applies((condition,), "Final", "Standards Track", ["Title"]) is applies
    assert any_applies(True, None, None, ()) is True


def test_a_path_has_a_number_a_status_and_a_slug() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    assert dep.files.match("final/0008-black.rst") == {
        "status": "final",
        "number": "0008",
        "slug": "black",
    }
    assert dep.files.match("README.rst") is None


@pytest.mark.parametrize(
    ("pattern", "name", "number"),
    [
        ("fep-{number:04}.rst", "fep-0007.rst", 7),
        ("fep-{number:04}.rst", "fep-9999.rst", 9999),
        ("fep-{number:04}.rst", "fep-10000.rst", 10000),
        ("fep-{number:04}.rst", "fep-43651.rst", 43651),
        ("fep-{number:04}.rst", "fep-1234567.rst", 1234567),
        ("fep-{number:04}.rst", "fep-12345678.rst", None),
        ("fep-{number:04}.rst", "fep-00007.rst", None),
        ("fep-{number:04}.rst", "fep-7.rst", None),
        ("fep-{number:02}.rst", "fep-123.rst", 123),
        ("fep-{number:09}.rst", "fep-000000007.rst", 7),
        ("fep-{number}.rst", "fep-43651.rst", 43651),
        ("fep-{number}.rst", "fep-20250303.rst", None),
        ("{number:04}-{slug}.rst", "43651-type-parameters.rst", 43651),
        ("{number:04}-{slug}.rst", "0007-10000-things.rst", 7),
    ],
)
def test_numbers_in_names(pattern: str, name: str, number: int | None) -> None:
    files = Files(pattern=pattern, include=("*.rst",))
    parts = files.match(name)
    assert (int(parts["number"]) if parts else None) == number
    if parts:
        assert files.path(int(parts["number"]), slug=parts.get("slug", "")) == name


def test_urls_follow_common_templates() -> None:
    host = Hosting(url="https://code.example/us/it/")
    assert host.url_of_file("a/b.rst") == "https://code.example/us/it/blob/HEAD/a/b.rst"
    assert host.url_of_history("a/b.rst") == "https://code.example/us/it/commits/HEAD/a/b.rst"
    assert host.url_of_commit("0" * 40) == f"https://code.example/us/it/commit/{'0' * 40}"


def test_a_template_can_be_changed() -> None:
    host = Hosting(url="https://code.example/it", commit_url="{url}/-/commit/{commit}?view=raw")
    assert host.url_of_commit("ab") == "https://code.example/it/-/commit/ab?view=raw"


def test_paths_are_quoted_and_fill_no_placeholder() -> None:
    host = Hosting(url="https://code.example/it")
    assert host.url_of_file('a"b#{commit}?.rst').endswith("/a%22b%23%7Bcommit%7D%3F.rst")


@pytest.mark.parametrize(
    ("pattern", "readable"),
    [
        ("proposals/fep-{number:04}.rst", "proposals/fep-NNNN.rst"),
        ("{status}/{number:04}-{slug}.rst", "STATUS/NNNN-TITLE.rst"),
        ("text/{number}.rst", "text/N.rst"),
    ],
)
def test_pattern_of_paths_can_be_shown(pattern: str, readable: str) -> None:
    assert Files(pattern=pattern, include=("**",)).readable_pattern == readable


@pytest.mark.parametrize(
    ("path", "renumbered"),
    [
        ("a/0012-x-12.rst", "a/0007-x-12.rst"),
        ("rfc12/text.rst", "rfc7/text.rst"),
        ("README.rst", None),
    ],
)
def test_a_path_with_another_number(path: str, renumbered: str | None) -> None:
    patterns = ("a/{number:04}-{slug}.rst", "rfc{number}/text.rst")
    files = Files.model_validate({"pattern": patterns, "include": ("*",)})
    assert files.renumbered(path, 7) == renumbered

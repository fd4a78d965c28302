"""TOML of untrusted files, and the lines of its keys."""

from __future__ import annotations

import pytest

from fep_tools import _toml
from fep_tools.errors import ConfigError

TEXT = """\
acronym = "FEP"

[files]
pattern = "x"

[[header]]
name = "FEP"
kind = "number"

[[header]]
name = "Title"
kind = "text"

[tool.fep]
strict = true
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("acronym",), 1),
        (("files", "pattern"), 4),
        (("header", 0, "kind"), 8),
        (("header", 1, "kind"), 12),
        (("header", 1, "missing"), 10),
        (("header", 9), 6),
        (("tool", "fep", "strict"), 15),
        (("nothing",), 1),
    ],
)
def test_line_of_a_key(path: tuple[str | int, ...], line: int) -> None:
    assert _toml.line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "x.toml: not valid TOML: "),
        ("a" + ".a" * 20_000 + " = 1", "x.toml:1: nested too deeply"),
        ("a = " + "[" * 3000, "x.toml:1: nested too deeply"),
        ("a = 1" + "1" * 5000, "x.toml: not valid TOML"),
        ("#" * 70_000, "x.toml: larger than 64 KiB"),
    ],
)
def test_hostile_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        _toml.parse(text, "x.toml", ConfigError)

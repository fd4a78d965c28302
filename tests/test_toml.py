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

[[header]]  # the third
name = 'Resolution'
required = [
    { statuses = ["Final"] },
    { types = ["Process"], without = ["Upstream"] },
]
record_formats = ["{date} {url}"]

[[header.forbidden]]
statuses = ["Draft"]

[tool.fep]
strict = true
ignore = [
    "H103",
    "header-url",
]
per-file-ignores = { "a.rst" = ["H1"] }
fix.unsafe = true
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
        (("header", 2, "name"), 15),
        (("header", 2, "required", 0, "statuses"), 17),
        (("header", 2, "required", 1, "without"), 18),
        (("header", 2, "forbidden", 0, "statuses"), 23),
        (("header", 0, "required"), 6),
        (("tool", "fep", "strict"), 26),
        (("tool", "fep", "per-file-ignores", "a.rst"), 31),
        (("tool", "fep", "fix", "unsafe"), 32),
        (("name",), 1),
        (("nothing",), 1),
    ],
)
def test_line_of_a_key(path: tuple[str | int, ...], line: int) -> None:
    assert _toml.line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("path", "string", "line"),
    [
        (("header", 1, "name"), "Title", 11),
        (("header", 2, "name"), "Resolution", 15),
        (("header", 2, "required"), "Process", 18),
        (("header", 2, "record_formats"), "url", 20),
        (("tool", "fep", "ignore"), "header-url", 29),
        (("tool", "fep", "ignore"), "H9", 27),
        (("header", 0), "Title", 6),
    ],
)
def test_line_of_a_string(path: tuple[str | int, ...], string: str, line: int) -> None:
    assert _toml.line_of_string(TEXT, path, string) == line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = Draft\n",
         "x.toml:2: not valid TOML: invalid value at column 5; write strings in quotes"),
        ("[tool.fep]\n\n[tool.fep]\n",
         "x.toml:3: the table [tool.fep] is defined twice; merge the two"),
        ("[a]\n[a]\n",
         "x.toml:2: the table [a] is defined twice; merge the two"),
        ("a = 1\na = 2\n", "x.toml:2: a key of this table is defined twice; remove one"),
        ("a\n",
         "x.toml:1: not valid TOML: expected '=' after a key in a key/value pair at column 2"),
        ("\na = [1,", "x.toml:2: not valid TOML: invalid value at the end of the file"),
    ],
)  # fmt: skip
def test_a_text_that_is_not_toml_is_reported_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _toml.parse(text, "x.toml", ConfigError)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "x.toml:1: not valid TOML: "),
        ("a" + ".a" * 20_000 + " = 1", "x.toml:1: nested too deeply"),
        ("a = " + "[" * 3000, "x.toml:1: nested too deeply"),
        ("a = 1" + "1" * 5000, "x.toml: not valid TOML"),
        ("#" * 70_000, "x.toml: larger than 64 KiB"),
    ],
)
def test_hostile_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        _toml.parse(text, "x.toml", ConfigError)

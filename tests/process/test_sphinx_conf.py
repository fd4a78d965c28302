"""A configuration of Sphinx is read and not run."""

from __future__ import annotations

import pytest

from fep_tools.process.sphinx_conf import MAX_LENGTH, read_default_role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ('default_role = "literal"', "literal"),
        ("import os\ndefault_role: str = 'py:Obj'\n", "py:obj"),
        ('default_role = "a"\ndefault_role = "b"', "b"),
        ("default_role = None", ""),
        ("default_role = 'a' + 'b'", ""),
        ("# default_role = 'a'", ""),
        ("project = 'x'", ""),
        ("default_role = (", ""),
        ("default_role = 'a'\0", ""),
        ("default_role = " + "(" * 5000, ""),
        ("default_role = 'a'" + "\n" * MAX_LENGTH, ""),
        ("raise SystemExit\ndefault_role = 'a'", "a"),
    ],
)
def test_only_a_string_counts(text: str, role: str) -> None:
    assert read_default_role(text) == role

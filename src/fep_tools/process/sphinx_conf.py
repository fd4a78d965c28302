"""What a Sphinx configuration says, without running it."""

from __future__ import annotations

import ast

FILE = "conf.py"
"""The name of a configuration of Sphinx."""

MAX_LENGTH = 100_000
"""The longest file that is parsed: Python's parser needs much memory for crafted ones."""


def read_default_role(text: str) -> str:
    """Return the string that a file assigns to ``default_role``, or ``""``."""
    if "default_role" not in text or len(text) > MAX_LENGTH:
        return ""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    role = ""
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name("default_role")], value=ast.Constant(str(value))):
                role = value
            case ast.AnnAssign(target=ast.Name("default_role"), value=ast.Constant(str(value))):
                role = value
    return role.lower()

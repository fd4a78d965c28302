"""Who may import whom: a table, and the code's own imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "fep_tools"

LAYERS = (
    {
        "allowed",
        "errors",
        "diagnostic",
        "digest",
        "preamble",
        "preflight",
        "text",
        "tomlfile",
        "values",
        "words",
    },
    {
        "process",
        "closure",
        "complaint",
        "hosting",
        "metadata",
        "tables",
        "body",
        "config",
        "markup",
        "sandbox",
        "verdicts",
    },
    {"proposal", "reading", "history", "notes"},
    {"lint", "catalog", "choices", "compared", "published"},
    {
        "report",
        "publish",
        "pictures",
        "edit",
        "opening",
        "repository",
        "protected",
        "serving",
        "checking",
        "changing",
        "telling",
    },
    {"cli", "lsp", "site"},
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

ONLY = {
    "sphinx": {"site"},
    "docutils": {"markup", "site"},
    "git": {"history"},
    "click": {"cli"},
    "pydantic": {
        "process",
        "metadata",
        "tables",
        "compared",
        "published",
        "catalog",
        "notes",
        "publish",
    },
    "subprocess": {"sandbox"},
    "lsprotocol": {"lsp"},
    "pygls": {"lsp"},
    "sqlite3": {"reading"},
    "multiprocessing": {"reading"},
}
NEVER = {"flask", "sanic", "fastapi", "hug", "quart", "starlette", "litestar", "pickle"}
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOM = PACKAGE / "sandbox" / "room.py"
"""A program of its own, which is run in a process of its own."""


def unit(path: Path) -> str:
    """The room that a module is in: its first name below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[bool, str]]:
    """Each import of a module: whether it is of this package, and the room or top name."""
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((False, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield False, (node.module or "").split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from ((True, name.split(".")[0]) for name in names)


def test_every_room_has_a_layer() -> None:
    assert {unit(path) for path in MODULES} - {"__init__", "processes", "starter"} == set(RANK)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = unit(path)
    for own, name in imports(path):
        if own and name in RANK:
            assert RANK[name] <= RANK[here], f"{here} imports {name}"
        if not own:
            assert here in ONLY.get(name, {here}), f"{here} imports {name}"
            assert name not in NEVER, f"{here} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_looks_around(path: Path) -> None:
    """No printing and no current directory in the library."""
    names = {n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)}
    attributes = {
        n.attr for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute)
    }
    assert "print" not in names
    if unit(path) != "cli" and path != ROOM:
        assert not attributes & {"cwd", "getcwd", "chdir"}

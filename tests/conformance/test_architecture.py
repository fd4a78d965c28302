"""What only some packages may use. The layers themselves are contracts of import-linter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "fep_tools"
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}

ONLY_IN = {
    "click": ("cli/",),
    "distributed": ("extensions/executors.py",),
    "docutils": ("proposals/rst/", "site/"),
    "git": ("history/gitcmd.py",),
    "lsprotocol": ("lsp/",),
    "multiprocessing": ("extensions/executors.py", "site/parallel.py"),
    "pygls": ("lsp/",),
    "sphinx": ("site/",),
    "sqlite3": ("_cache.py",),
    "subprocess": (
        "sandbox/",
        "history/git_process.py",
        "history/gitcmd.py",
        "proposals/pool.py",
        "site/pagefind.py",
    ),
}
"""External packages, and the parts of this one that may import them."""

NEVER = {"flask", "sanic", "fastapi", "hug", "quart", "starlette", "litestar", "pickle"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level name of each external import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("name", MODULES)
def test_external_packages_stay_where_they_belong(name: str) -> None:
    for package in imported(ast.parse(MODULES[name].read_text("utf-8"))):
        assert package not in NEVER
        assert name.startswith(ONLY_IN.get(package, ("",))), package


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_line_prints_or_uses_the_current_directory(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert "print" not in names
    if not name.startswith("cli/"):
        assert not attributes & {"cwd", "getcwd", "chdir"}

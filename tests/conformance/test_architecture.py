"""What only some packages may use. The layers themselves are contracts of import-linter."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
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
    "multiprocessing": ("extensions/executors.py", "site/processes.py"),
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


def defined_types(tree: ast.Module) -> Iterator[str]:
    """Yield the names of public classes, and of other types such as ``Fetch = Callable[...]``."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and not is_type_variable(node.value):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def is_type_variable(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func) in ("TypeVar", "ParamSpec")


def test_the_name_of_a_type_has_one_meaning() -> None:
    modules = defaultdict(list)
    for module, path in MODULES.items():
        for name in defined_types(ast.parse(path.read_text("utf-8"))):
            if re.fullmatch("[A-Z].*[a-z].*", name):  # neither private nor a constant
                modules[name].append(module)
    assert not {name: where for name, where in modules.items() if len(where) > 1}

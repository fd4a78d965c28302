"""The public API: what ``fep_tools`` exports, and the examples in the handbook."""

from __future__ import annotations

import ast
import doctest
import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import fep_tools

ROOT = Path(__file__).parents[1]

PROPOSAL = """\
FEP: {number}
Title: Typed views
Author: Ada Lovelace
Status: {status}
Type: Standards Track
Created: {created}
{more}

Abstract
========

A view may declare what it returns.
"""


@pytest.mark.parametrize("name", fep_tools.__all__)
def test_exported_name_is_that_of_its_module(name: str) -> None:
    module = importlib.import_module(f"fep_tools.{fep_tools._MODULES[name]}")
    assert getattr(fep_tools, name) is getattr(module, name)


def test_type_checkers_see_the_exported_names() -> None:
    tree = ast.parse((ROOT / "src" / "fep_tools" / "__init__.py").read_text("utf-8"))
    imported = {
        (alias.name, node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module != "_version"
        for alias in node.names
    }
    assert imported == set(fep_tools._MODULES.items())
    assert sorted(fep_tools.__all__) == sorted(fep_tools._MODULES)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Repositry'"):
        getattr(fep_tools, "Repositry")  # noqa: B009


def test_import_of_the_package_imports_only_its_version() -> None:
    script = "import sys, fep_tools; print(*(m for m in sys.modules if m.startswith('fep_tools.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.split() == [b"fep_tools._version"]


@pytest.mark.parametrize("name", fep_tools.__all__)
def test_handbook_documents_the_name(name: str) -> None:
    assert f":: fep_tools.{name}" in (ROOT / "docs" / "api.rst").read_text("utf-8")


def test_examples_of_the_handbook_run(
    checkout: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def proposal(number: int, status: str, created: str, more: str = "") -> str:
        return PROPOSAL.format(number=number, status=status, created=created, more=more)

    discussions = "Discussions-To: https://github.com/pallets/flask/discussions/1\n"
    root = checkout(
        {
            "fep-0012.rst": proposal(
                12, "Review", "2027-05-01", f"{discussions}Review-Until: 2027-05-18\n"
            ),
            "fep-0013.rst": proposal(13, "Draft", "1 May 2027"),
        }
    )
    monkeypatch.chdir(root)
    result = doctest.testfile(str(ROOT / "docs" / "api.rst"), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0

"""Pages are made again when the program that makes them has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import grimp
import pytest

from fep_tools.site.program_digest import PACKAGES, program_digest

from ..conftest import ROOT

PACKAGE = ROOT / "src" / "fep_tools"


def test_every_module_that_the_site_uses_counts() -> None:
    graph = grimp.build_graph("fep_tools", exclude_type_checking_imports=True)
    modules = graph.find_upstream_modules("fep_tools.site", as_package=True)
    paths = [PACKAGE.parent / module.replace(".", "/") for module in modules]
    directories = {path if path.is_dir() else path.parent for path in paths}
    counted = {directory for name in PACKAGES if name for directory in PACKAGE.glob(name)}
    counted.add(PACKAGE)
    assert {directory.relative_to(PACKAGE) for directory in directories - counted} == set()


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("lint/rules/headers/header_date.py", True),
        ("lint/rule.py", True),
        ("repository/facade.py", True),
        ("_text.py", True),
        ("cli/main.py", False),
    ],
)
def test_a_changed_docstring_makes_pages_again(path: str, counts: bool, tmp_path: Path) -> None:
    copy = tmp_path / "fep_tools"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "theme"))
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write('\n"""Another docstring."""\n')
    assert (program_digest(copy) != program_digest(PACKAGE)) is counts

"""Files whose change needs a review by a maintainer."""

from __future__ import annotations

import pytest

from fep_tools.repository.protected_paths import changed_paths, is_protected, notes


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("proposals/fep-0001.rst", False),
        ("docs/index.rst", False),
        ("README.rst", False),
        ("conf.py", True),
        ("proposals/evil.py", True),
        (".github/workflows/check.yml", True),
        (".gitlab-ci.yml", True),
        ("fep/process.toml", True),
        ("fep/environments/sanic.txt", True),
        ("site/_templates/page.html", True),
        ("docs/_static/logo.svg", True),
        ("requirements-dev.txt", True),
        ("docs/requirements.txt", False),
        ("proposals/docutils.conf", False),
        ("docutils.conf", True),
        ("GNUmakefile", True),
        ("makefile", True),
        ("docs/Makefile", True),
        ("docs/CODEOWNERS", True),
        ("install.sh", True),
        (".vscode/tasks.json", True),
        ("FEP/process.toml", True),
        ("Conf.PY", True),
        ("docutils.pyc", True),
        ("proposals/.gitattributes", True),
        # uv takes packages from the index that it names.
        ("uv.toml", True),
        (".fep_cache/facts.sqlite3", True),
        ("build/site/login/index.html", True),
        ("proposals/fep/process.toml", True),
        ("../../.github/workflows/check.yml", True),
        ("../fep-0001.rst", False),
        ("install.ps1", True),
    ],
)
def test_protected_paths(path: str, expected: bool) -> None:
    assert is_protected(path) is expected


def test_added_removed_and_changed_files_are_reported() -> None:
    before = {"conf.py": "1", "tox.ini": "1", "a.rst": "1", "my.toml": "1", "Makefile": "1"}
    after = {"conf.py": "2", "uv.lock": "1", "a.rst": "2", "my.toml": "2", "Makefile": "1"}

    def changed(process: str, handbook: str = "") -> list[str]:
        return changed_paths(before, after, {process, "none"}, lambda path: path == handbook)

    assert changed("my.toml") == changed("MY.toml") == ["conf.py", "my.toml", "tox.ini", "uv.lock"]
    assert changed("fep/process.toml") == ["conf.py", "tox.ini", "uv.lock"]
    assert changed("fep/process.toml", "a.rst") == ["a.rst", "conf.py", "tox.ini", "uv.lock"]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (1, "0.py"),
        (3, "0.py, 1.py and 2.py"),
        (20, f"{', '.join(f'{number}.py' for number in range(19))} and 19.py"),
        (22, f"{', '.join(f'{number}.py' for number in range(20))} and 2 others"),
    ],
)
def test_note_names_some_of_the_paths(count: int, expected: str | list[str]) -> None:
    found = notes([f"{number}.py" for number in range(count)])
    assert found == expected or f": {expected}; a maintainer has to review it" in found[0]

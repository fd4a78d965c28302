"""Files whose change needs a review by a maintainer."""

from __future__ import annotations

import pytest

from fep_tools.repository.protected_paths import changed_paths, is_protected, notes


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # Texts and pictures, and what commands of fep record beside proposals.
        ("proposals/fep-0001.rst", False),
        ("proposals/fep-0001.notes.json", False),
        ("proposals/fep-0001.extensions.json", False),
        ("proposals/fep-0001/table.csv", False),
        ("proposals/bip-0001.mediawiki", False),
        ("proposals/FEP-0001.PNG", False),
        ("docs/index.rst", False),
        ("docs/build/index.rst", False),
        ("docs/fep/index.md", False),
        ("../fep-0001.rst", False),
        ("README.rst", False),
        ("locales/fr/LC_MESSAGES/docs.po", False),
        # Programs.
        ("conf.py", True),
        ("Conf.PY", True),
        ("proposals/evil.py", True),
        ("docutils.pyc", True),
        ("install.sh", True),
        ("install.ps1", True),
        ("tool.rb", True),
        ("tool.pl", True),
        ("tool.lua", True),
        ("tool.exe", True),
        ("tool.dll", True),
        ("tool.so", True),
        ("tool.so.1", True),
        ("tool.jar", True),
        ("vendor/tool-1.0-py3-none-any.whl", True),
        ("tool", True),
        ("tool.unknown", True),
        # CI services.
        (".github/workflows/check.yml", True),
        (".github/copilot-instructions.md", True),
        ("../../.github/workflows/check.yml", True),
        ("actions/x/action.yml", True),
        (".gitlab-ci.yml", True),
        (".builds.yml", True),
        (".teamcity/settings.kts", True),
        ("appveyor.yml", True),
        ("azure-pipelines.yaml", True),
        ("buildspec.yml", True),
        ("docs/.readthedocs.yaml", True),
        # Git, editors and other tools.
        (".gitmodules", True),
        (".lfsconfig", True),
        ("proposals/.gitattributes", True),
        ("docs/CODEOWNERS", True),
        ("tests/test_notes.txt", True),
        ("tests/notes.txt", False),
        (".husky/pre-commit", True),
        (".vscode/tasks.json", True),
        (".vscode", True),
        ("docs/.devcontainer/README.md", True),
        ("AGENTS.md", True),
        ("docs/CLAUDE.md", True),
        ("AGENT.md", True),
        ("QWEN.md", True),
        ("WARP.md", True),
        ("docs/Crush.md", True),
        ("replit.md", True),
        # What builds and installs.
        ("GNUmakefile", True),
        ("makefile", True),
        ("docs/Makefile", True),
        ("compose.yaml", True),
        ("docker-compose.ci.yml", True),
        ("CMakeLists.txt", True),
        ("docs/package.json", True),
        ("docs/pyproject.toml", True),
        ("docs/requirements.txt", True),
        ("requirements-dev.txt", True),
        ("dev-requirements.txt", True),
        ("requirements/dev.txt", True),
        ("docs/requirements/dev.txt", True),
        ("constraints.txt", True),
        ("docs/pip-constraints-3.txt", True),
        ("MANIFEST.in", True),
        # uv takes packages from the index that it names.
        ("uv.toml", True),
        # What decides how proposals are checked.
        ("fep/process.toml", True),
        ("FEP/process.toml", True),
        ("proposals/fep/process.toml", True),
        ("fep/environments/sanic.txt", True),
        (".fep_cache/facts.sqlite3", True),
        (".pylintrc", True),
        ("mypy.ini", True),
        ("docutils.conf", True),
        ("proposals/docutils.conf", True),
        # What is published.
        ("site/_templates/page.html", True),
        ("docs/_static/logo.svg", True),
        ("docs/_static", True),
        ("docs/page.html", True),
        ("locales/fr/LC_MESSAGES/docs.mo", True),
        ("build/site/login/index.html", True),
        ("build/site/robots.txt", True),
        ("build", True),
        ("public/robots.txt", True),
    ],
)
def test_protected_paths(path: str, expected: bool) -> None:
    assert is_protected(path) is expected


def plain(**blobs: str) -> dict[str, tuple[str, str]]:
    """Return a tree of plain files, by path, as git has them."""
    return {path: ("100644", blob) for path, blob in blobs.items()}


def test_added_removed_and_changed_files_are_reported() -> None:
    before = plain(**{"conf.py": "1", "tox.ini": "1", "a.rst": "1", "my.txt": "1", "Makefile": "1"})
    after = plain(**{"conf.py": "2", "uv.lock": "1", "a.rst": "2", "my.txt": "2", "Makefile": "1"})

    def changed(process: str, handbook: str = "") -> list[str]:
        return changed_paths(before, after, {process, "none"}, lambda path: path == handbook)

    assert changed("my.txt") == changed("MY.txt") == ["conf.py", "my.txt", "tox.ini", "uv.lock"]
    assert changed("fep/process.toml") == ["conf.py", "tox.ini", "uv.lock"]
    # Not a directory, and not the beginning of a name.
    assert changed("my") == changed("my.tx") == ["conf.py", "tox.ini", "uv.lock"]
    assert changed("fep/process.toml", "a.rst") == ["a.rst", "conf.py", "tox.ini", "uv.lock"]


def test_a_directory_may_be_named() -> None:
    after = plain(**{"rules/environments/sanic.txt": "1", "rules/environments.txt": "1"})
    changed = changed_paths({}, after, {"rules/environments"}, lambda _path: False)
    assert changed == ["rules/environments/sanic.txt"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, ("100644", "1"), False),
        (("100644", "1"), ("100644", "2"), False),
        # Written by early versions of git.
        (("100664", "1"), ("100664", "2"), False),
        # A submodule.
        (None, ("160000", "1"), True),
        (("160000", "1"), ("160000", "2"), True),
        (("160000", "1"), None, True),
        (("160000", "1"), ("100644", "2"), True),
        (("160000", "1"), ("160000", "1"), False),
        # A symbolic link.
        (None, ("120000", "1"), True),
        (("120000", "1"), ("120000", "2"), True),
        (("100644", "1"), ("120000", "2"), True),
        (("120000", "1"), ("120000", "1"), False),
        # An executable.
        (None, ("100755", "1"), True),
        (("100755", "1"), ("100755", "2"), True),
        (("100644", "1"), ("100755", "1"), True),
        (("100755", "1"), ("100755", "1"), False),
    ],
)
def test_entries_that_are_no_plain_files(
    before: tuple[str, str] | None, after: tuple[str, str] | None, expected: bool
) -> None:
    old, new = ({"docs/a.txt": entry} if entry else {} for entry in (before, after))
    assert changed_paths(old, new, (), lambda _path: False) == ["docs/a.txt"] * expected


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

"""A new repository: it passes the check, and no existing file is lost."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from fep_tools import _atomic
from fep_tools.editing.scaffold import complete_repository, init_repository, Skipped
from fep_tools.editing.starter import Community, render_files
from fep_tools.errors import FepError, RepositoryError

from ..conftest import TODAY

TIPS = Community("tip", "Team Improvement Proposal", "Ada Lovelace", TODAY)


def test_a_new_repository_passes_the_check(tmp_path: Path) -> None:
    result, skipped = init_repository(tmp_path / "tips", TIPS)
    assert skipped == ()
    assert (result.files, result.diagnostics) == (1, ())
    assert sorted(f"tips/{path}" for path in files(tmp_path / "tips")) == [
        "tips/.github/workflows/desk.yml",
        "tips/.github/workflows/proposals.yml",
        "tips/.gitignore",
        "tips/.pre-commit-config.yaml",
        "tips/LICENSE.txt",
        "tips/README.rst",
        "tips/fep/process.toml",
        "tips/fep/templates/proposal.rst",
        "tips/proposals/tip-0001.rst",
    ]


def files(root: Path) -> dict[str, str]:
    """Return the texts of all files below *root*, by path."""
    found = (file for file in root.rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in found}


NEW = set(render_files(TIPS))


@pytest.mark.parametrize(
    ("existing", "skipped"),
    [
        ({".gitignore": "__pycache__/\n"},
         [Skipped(".gitignore", ".gitignore", (".fep_cache/", "build/"))]),
        ({".gitignore": "/build\n.fep_cache\n"}, [Skipped(".gitignore", ".gitignore")]),
        ({"README.rst": "mine"}, [Skipped("README.rst", "README.rst")]),
        ({"README.md": "mine"}, [Skipped("README.rst", "README.md")]),
        ({"readme.txt": "mine"}, [Skipped("README.rst", "readme.txt")]),
        ({"README": "mine"}, [Skipped("README.rst", "README")]),
        ({"COPYING": "mine", "prek.toml": "mine"},
         [Skipped("LICENSE.txt", "COPYING"), Skipped(".pre-commit-config.yaml", "prek.toml")]),
        ({"LICENCE": "mine"}, [Skipped("LICENSE.txt", "LICENCE")]),
        ({"pyproject.toml": "[project]\nname = 'x'\n", "conf.py": "x = 1\n",
          "docs/index.rst": "x\n", ".github/workflows/ci.yml": "x\n"}, []),
        ({"fep/notes.txt": "mine", "fep/templates/proposal.rst": "mine"},
         [Skipped("fep/templates/proposal.rst", "fep/templates/proposal.rst")]),
        ({"proposals/tip-0001.rst": render_files(TIPS)["proposals/tip-0001.rst"]},
         [Skipped("proposals/tip-0001.rst", "proposals/tip-0001.rst")]),
        ({"proposals/tip-0007.rst": render_files(TIPS)["proposals/tip-0001.rst"].replace(
            "TIP: 1", "TIP: 7")}, [Skipped("proposals/tip-0001.rst", "proposals/tip-0007.rst")]),
        ({"proposals/notes.txt": "mine"}, []),
    ],
)  # fmt: skip
def test_what_is_there_stays_and_the_rest_is_made(
    existing: dict[str, str], skipped: list[Skipped], tmp_path: Path
) -> None:
    for path, text in existing.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    made = init_repository(tmp_path, TIPS)
    assert list(made.skipped) == skipped
    assert not made.result.fails()
    after = files(tmp_path)
    assert {path: after[path] for path in existing} == existing
    assert set(after) == NEW - {one.path for one in skipped} | set(existing)
    again = init_repository(tmp_path, TIPS)
    assert files(tmp_path) == after, "a second time, nothing changes"
    assert {one.path for one in again.skipped} == NEW


def test_a_repository_with_a_process_gets_what_is_around_proposals(tmp_path: Path) -> None:
    init_repository(tmp_path, TIPS)
    every = files(tmp_path)
    kept = {"fep/process.toml", "fep/templates/proposal.rst", "proposals/tip-0001.rst"}
    for path in set(every) - kept:
        (tmp_path / path).unlink()
    (tmp_path / ".pre-commit-config.yml").write_text("mine", "utf-8")
    made = complete_repository(tmp_path, TODAY)
    assert made.skipped == (Skipped(".pre-commit-config.yaml", ".pre-commit-config.yml"),)
    assert not made.result.fails()
    after = files(tmp_path)
    workflows = {f".github/workflows/{name}.yml" for name in ("desk", "proposals")}
    added = {*workflows, ".gitignore"}
    assert set(after) == kept | added | {".pre-commit-config.yml"}
    assert all(after[path] == every[path] for path in kept | added)
    with pytest.raises(RepositoryError, match=r"no fep/process\.toml"):
        complete_repository(tmp_path / "fep", TODAY)


@pytest.mark.parametrize(
    ("suffix", "package"), [("rst", "fep-tools"), ("md", '"fep-tools[markdown]"')]
)
def test_the_workflows_install_what_reads_the_proposals(
    suffix: str, package: str, tmp_path: Path
) -> None:
    text = render_files(TIPS)["fep/process.toml"].replace(".rst", f".{suffix}")
    (tmp_path / "fep/templates").mkdir(parents=True)
    (tmp_path / f"fep/templates/proposal.{suffix}").touch()
    (tmp_path / "fep/process.toml").write_text(text, "utf-8")
    complete_repository(tmp_path, TODAY)
    for name in ("desk", "proposals"):
        workflow = (tmp_path / f".github/workflows/{name}.yml").read_text("utf-8")
        assert f" install --quiet {package}\n" in workflow


def test_what_was_removed_is_made_again(tmp_path: Path) -> None:
    init_repository(tmp_path, TIPS)
    before = files(tmp_path)
    (tmp_path / "fep/templates/proposal.rst").unlink()
    (tmp_path / "fep/process.toml").unlink()
    init_repository(tmp_path, TIPS)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("existing", "message"),
    [
        ({"proposals": "a file"}, "proposals is a file, and a directory is needed there"),
        ({"fep": "a file"}, "fep is a file, and a directory is needed there"),
        ({"fep/templates": "a file"}, "fep/templates is a file, and a directory is needed there"),
        ({"pyproject.toml": "[tool.fep\n"}, "pyproject.toml:1: "),
        ({"pyproject.toml": "[tool.fep]\nprocess = 'x.toml'\n"},
         "pyproject.toml:2: 'process' names x.toml"),
        ({"fep/process.toml": "acronym = 7\n"}, "fep/process.toml:1: "),
        ({"fep/process.toml": render_files(Community("OTHER", "Other", "Ada", TODAY))[
            "fep/process.toml"]}, "is the process of OTHER; nothing was created for TIP"),
    ],
)  # fmt: skip
def test_nothing_is_made_where_something_is_in_the_way(
    existing: dict[str, str], message: str, tmp_path: Path
) -> None:
    for path, text in existing.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    with pytest.raises(FepError, match=re.escape(message)):
        init_repository(tmp_path, TIPS)
    assert files(tmp_path) == existing


def test_links_are_not_followed(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / "proposals").symlink_to(elsewhere)
    with pytest.raises(FepError, match="proposals is a link"):
        init_repository(root, TIPS)
    assert [path.name for path in root.iterdir()] == ["proposals"]
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("failing", sorted(NEW))
@pytest.mark.parametrize("existing", [{}, {"README.md": "mine", "fep/x.txt": "mine"}])
def test_a_failure_leaves_nothing_behind(
    failing: str, existing: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "new"
    for path, text in existing.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    create = _atomic.create

    def full_disk(root: Path, path: str, data: bytes) -> bool:
        if path == failing:
            raise OSError(errno.ENOSPC, "No space left on device", path)
        return create(root, path, data)

    monkeypatch.setattr(_atomic, "create", full_disk)
    if failing == "README.rst" and existing:
        init_repository(root, TIPS)
        return
    with pytest.raises(OSError, match="No space left"):
        init_repository(root, TIPS)
    assert files(tmp_path) == {f"new/{path}": text for path, text in existing.items()}
    assert root.exists() is bool(existing)
    assert not (root / "proposals").exists()


def test_a_file_that_somebody_else_has_just_made_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = _atomic.create

    def slow_create(root: Path, path: str, data: bytes) -> bool:
        if path == "README.rst":
            (root / path).write_text("theirs", "utf-8")
        return create(root, path, data)

    monkeypatch.setattr(_atomic, "create", slow_create)
    with pytest.raises(RepositoryError, match=r"README\.rst already exists; nothing"):
        init_repository(tmp_path / "new", TIPS)
    assert files(tmp_path) == {"new/README.rst": "theirs"}


@pytest.mark.parametrize(
    "community",
    [
        Community("T I P", "Tip", "Ada", TODAY),
        Community("", "Tip", "Ada", TODAY),
        Community("TIP", 'Tip"\nacronym = "EVIL', "Ada", TODAY),
        Community("TIP", "Tip", "Ada\nStatus: Final", TODAY),
        Community("TIP", "", "Ada", TODAY),
        Community("TIP", "Tip", "`Ada`", TODAY),
    ],
)
def test_names_that_would_change_the_structure_are_refused(
    tmp_path: Path, community: Community
) -> None:
    with pytest.raises(FepError):
        init_repository(tmp_path, community)
    assert not list(tmp_path.iterdir())

"""A repository's settings, process and files."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.errors import ConfigError, ProcessError, RepositoryError
from fep_tools.repository import Repository
from fep_tools.repository.base_settings import at_commit
from fep_tools.repository.patterns import Patterns

Checkout = Callable[..., Path]
TEXT = "FEP: 7\nTitle: Typed views\nStatus: Draft\n"


def test_open_reads_settings_and_process(checkout: Checkout) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    (root / "pyproject.toml").write_text("[tool.fep]\nstrict = true\n", "utf-8")
    repository = Repository.open(root)
    assert repository.settings.strict is True
    assert repository.process.acronym == "FEP"
    assert repository.paths == ["proposals/fep-0007.rst"]
    assert not repository.has_explicit_process
    process = str(root / "fep" / "process.toml")
    assert repr(repository) == f"Repository(root={root!r}, process_name={process!r})"


def test_open_with_the_name_of_a_built_in_process(checkout: Checkout) -> None:
    repository = Repository.open(checkout(), "pep")
    assert repository.process.acronym == "PEP"
    assert repository.has_explicit_process


@pytest.mark.parametrize(
    ("root", "process", "error"),
    [
        ("nowhere", None, RepositoryError),
        (".", None, RepositoryError),
        (".", "pe", RepositoryError),
    ],
)
def test_open_without_directory_or_process_is_an_error(
    tmp_path: Path, root: str, process: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        Repository.open(tmp_path / root, process)


def test_a_process_that_the_user_names_is_not_read_through_a_link(
    checkout: Checkout, tmp_path: Path
) -> None:
    """A change may have put it there, to ``/dev/zero`` or to a file with a password."""
    root = checkout()
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    process = root / "fep" / "process.toml"
    process.rename(tmp_path / "elsewhere.toml")
    process.symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(ProcessError, match=r"fep/process\.toml: is a link"):
        Repository.open(root, str(process))
    assert Repository.open(root, str(tmp_path / "elsewhere.toml")).process.acronym == "FEP"


def test_invalid_process_file_is_an_error_when_it_is_needed(checkout: Checkout) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    (root / "fep" / "process.toml").write_text("acronym = 7\n", "utf-8")
    repository = Repository.open(root)
    with pytest.raises(ProcessError, match=r"fep/process\.toml"):
        repository.corpus(bodies=False)


def test_invalid_settings_are_an_error(checkout: Checkout) -> None:
    root = checkout()
    (root / "pyproject.toml").write_text("[tool.fep]\nstrict = 1\n", "utf-8")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2"):
        Repository.open(root)


def test_a_missing_process_file_is_an_error_at_its_setting(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.fep]\nprocess = "x.toml"\n', "utf-8")
    with pytest.raises(RepositoryError, match=r"^pyproject.toml:2: 'process' names x.toml"):
        Repository.open(tmp_path)


def test_repository_without_proposals_is_an_error_if_they_are_required(checkout: Checkout) -> None:
    with pytest.raises(RepositoryError, match=r"no file matches proposals"):
        Repository.open(checkout()).require_proposals()
    Repository.open(checkout({"fep-0007.rst": TEXT})).require_proposals()


def test_patterns_of_the_process_are_cached(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    first = Repository.open(root, cache_directory=tmp_path / "cache").paths
    monkeypatch.setattr(Patterns, "from_table", None)
    assert Repository.open(root, cache_directory=tmp_path / "cache").paths == first != []


@pytest.mark.parametrize("text", ["{}", "[]", "no JSON", '{"include": ["*.rst"]}'])
def test_damaged_patterns_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Patterns.from_json(text)


def test_patterns_of_an_invalid_process_are_empty() -> None:
    table = {"files": {"include": "*.rst", "exclude": [1]}, "notes": {"frameworks": 7}}
    assert Patterns.from_table(table) == Patterns()


def test_new_files_are_found_again(checkout: Checkout) -> None:
    repository = Repository.open(checkout({"fep-0007.rst": TEXT}))
    assert repository.paths == ["proposals/fep-0007.rst"]
    checkout({"fep-0008.rst": TEXT})
    assert repository.paths == ["proposals/fep-0007.rst"]
    assert repository.find_paths() == ["proposals/fep-0007.rst", "proposals/fep-0008.rst"]


def test_text_of_a_file_that_is_not_read_is_empty(checkout: Checkout) -> None:
    repository = Repository.open(checkout({"fep-0007.rst": TEXT}))
    assert repository.text("proposals/fep-0007.rst") == TEXT
    assert repository.text("proposals/fep-0099.rst") == ""
    assert repository.text("pyproject.toml") == ""


def test_attachments_of_notes_are_sources_and_no_proposals(noted: Checkout) -> None:
    repository = Repository.open(noted())
    assert repository.attachment_paths == [
        "fep/environments/sanic.txt",
        "fep/frameworks.toml",
        "proposals/fep-0007.notes.json",
    ]
    assert set(repository.sources) == {"proposals/fep-0007.rst", *repository.attachment_paths}
    assert [proposal.number for proposal in repository.corpus(bodies=False)] == [7]


RECORDED = '{"schema_version": 1, "findings": []}'


def commit_all(root: Path, message: str) -> None:
    author = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", message]):
        subprocess.run(["git", *author, *arguments], cwd=root, check=True, capture_output=True)


def test_settings_process_and_baseline_of_a_commit(checkout: Checkout) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    process = root / "fep" / "process.toml"
    before = process.read_text("utf-8")
    (root / "pyproject.toml").write_text('[tool.fep]\nbaseline = "known.json"\n', "utf-8")
    (root / "known.json").write_text(RECORDED, "utf-8")
    commit_all(root, "one")
    (root / "pyproject.toml").write_text("[tool.fep]\nstrict = true\n", "utf-8")
    process.write_text(before.replace('name = "Review"', 'name = "Rating"'), "utf-8")
    on_disk = Repository.open(root)
    at_head, problems = at_commit(on_disk, "HEAD")
    assert problems == []
    assert (at_head.settings.strict, on_disk.settings.strict) == (False, True)
    assert (at_head.baseline_text, on_disk.baseline_text) == (RECORDED, "")
    assert at_head.process_text == before
    assert isinstance(at_head, Repository)


def test_process_that_the_user_named_is_in_effect_at_every_commit(checkout: Checkout) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    commit_all(root, "one")
    at_head, problems = at_commit(Repository.open(root, "pep"), "HEAD")
    assert (at_head.process.acronym, problems) == ("PEP", [])


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("pyproject.toml", "[tool.fep]\nstrikt = true\n", "pyproject.toml:2: unknown key 'strikt'"),
        ("fep/process.toml", "acronym = 7\n", "fep/process.toml:"),
        ("fep/process.toml", None, "fep/process.toml: does not exist"),
        (".fep-baseline.json", "recorded", ".fep-baseline.json: not a baseline file"),
    ],
)
def test_present_file_is_in_effect_if_that_of_a_commit_cannot_be_used(
    checkout: Checkout, path: str, text: str | None, problem: str
) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    valid = (root / "fep" / "process.toml").read_text("utf-8")
    (root / path).write_text(text, "utf-8") if text else (root / path).unlink()
    commit_all(root, "one")
    (root / path).write_text("", "utf-8")
    (root / "fep" / "process.toml").write_text(valid, "utf-8")
    repository = Repository.open(root)
    at_head, problems = at_commit(repository, "HEAD")
    assert at_head == repository
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_sources_and_paths_at_a_commit(checkout: Checkout) -> None:
    root = checkout({"fep-0007.rst": TEXT})
    (root / "proposals" / "notes.txt").write_text("no proposal", "utf-8")
    commit_all(root, "one")
    checkout({"fep-0008.rst": TEXT})
    repository = Repository.open(root)
    assert repository.paths_at("HEAD") == {"proposals/fep-0007.rst"}
    assert repository.sources_at("HEAD")["proposals/fep-0007.rst"] == TEXT.encode()
    assert "proposals/fep-0008.rst" not in repository.sources_at("HEAD")


@pytest.mark.parametrize("path", ["conf.py", "proposals/conf.py"])
def test_the_default_role_is_that_of_the_repository_s_own_site(
    checkout: Callable[..., Path], path: str
) -> None:
    root = checkout()
    assert Repository.open(root).process.default_role == ""
    (root / path).write_text('raise SystemExit\ndefault_role = "literal"\n')
    assert Repository.open(root).process.default_role == "literal"
    process = root / "fep" / "process.toml"
    process.write_text('default_role = "code"\n' + process.read_text("utf-8"), "utf-8")
    assert Repository.open(root).process.default_role == "code"

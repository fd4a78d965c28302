"""``fep build``: what it writes, prints and returns."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from fep_tools.cli import main, storage

from ..drafts import TYPED_VIEWS

Checkout = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs ``fep build``.

    It returns the exit status, standard output and standard error.
    """
    monkeypatch.delenv("CI", raising=False)

    def run(root: Path, *arguments: str) -> tuple[int, str, str]:
        output = root.parent / f"{root.name}-site"
        command = ["build", "--root", str(root), "--output", str(output), "--search", "sphinx"]
        status = main.run([*command, "--jobs", "1", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_it_prints_what_it_wrote_and_which_page_to_open(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    status, out, err = run(root)
    assert status == 0
    summary, opened = out.splitlines()
    assert summary == "1 proposal on 6 pages, 6 read, 6 written, no warnings"
    assert Path(opened.removeprefix("open ")).is_file()
    steps = "fep: reading the proposals\nfep: parsing 6 pages\nfep: writing\n"
    assert re.fullmatch(rf"{steps}(fep: finished in \d+ seconds?\n)?", err)
    assert "0 read, 0 written" in run(root)[1]


def test_without_a_change_sphinx_is_not_even_imported(
    checkout: Checkout, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fep_tools.site.unchanged.RACY_SECONDS", -60.0)
    root = checkout({"fep-0007.rst": f"{TYPED_VIEWS}\n:fep:`8`\n"})
    _status, out, err = run(root)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "fep_tools.site.build", None)  # importing it fails
        status, again, repeated = run(root)
    assert status == 0
    assert again == out.replace("6 read, 6 written", "0 read, 0 written")
    warnings = [line for line in err.splitlines() if not line.startswith("fep: ")]
    assert warnings == [line for line in repeated.splitlines() if not line.startswith("fep: ")]
    assert "leads to FEP 8, which does not exist" in repeated
    root.joinpath("proposals", "fep-0007.rst").write_text(f"{TYPED_VIEWS}\n:fep:`9`\n", "utf-8")
    assert "1 read, " in run(root)[1]


def test_a_proposal_that_cannot_be_read_fails_the_build(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS, "fep-0008.rst": b"\xff"})
    status, out, err = run(root)
    assert status == 1
    assert ", 1 unreadable, 1 error, no warnings\n" in out
    assert "proposals/fep-0008.rst:1: ERROR: is not UTF-8" in err


def test_warnings_fail_the_build_if_strict(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": f"{TYPED_VIEWS}\n:fep:`8`\n"})
    status, out, _err = run(root)
    assert (status, "1 warning" in out) == (0, True)
    root.joinpath("proposals", "fep-0007.rst").write_text(f"{TYPED_VIEWS}\n:fep:`9`\n", "utf-8")
    assert run(root, "--strict")[0] == 1


def test_local_pages_link_to_files(checkout: Checkout, run: Run) -> None:
    _status, out, _err = run(checkout({"fep-0007.rst": TYPED_VIEWS}), "--local")
    index = Path(out.splitlines()[1].removeprefix("open "))
    assert 'href="fep-0007/index.html"' in index.read_text("utf-8")


def test_an_output_directory_that_is_the_source(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    status, _out, err = run(root, "--output", str(root))
    assert status == 2
    assert "is a directory of the repository, or contains it" in err


@pytest.mark.parametrize("output", ["../{name}", "build/../../{name}", "{root}/../{name}"])
def test_an_output_beside_the_repository(
    checkout: Checkout, run: Run, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    root.joinpath("build").mkdir()
    monkeypatch.chdir(root)
    name = f"{root.name}-beside"
    status, _out, err = run(root, "--output", output.format(root=root, name=name))
    assert status == 0, err
    assert (root.parent / name / "index.html").is_file()


@pytest.mark.parametrize("output", ["link", "link/site", "link/../site"])
def test_an_output_that_is_a_link_to_elsewhere(
    checkout: Checkout, run: Run, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    elsewhere = root.parent / f"{root.name}-elsewhere" / "below"
    elsewhere.mkdir(parents=True)
    root.joinpath("link").symlink_to(elsewhere)
    monkeypatch.chdir(root)
    status, _out, err = run(root, "--output", output)
    assert status == 2
    assert err.endswith("link: is a link; remove it, or use another directory\n")
    assert list(elsewhere.parent.iterdir()) == [elsewhere]


@pytest.mark.parametrize("link", ["feps/build", "feps/build/site", "site"])
@pytest.mark.parametrize("target", ["src", "../elsewhere"])
def test_no_link_in_the_repository_of_git_leads_to_the_output(
    tmp_path: Path, checkout: Checkout, run: Run, link: str, target: str
) -> None:
    """The root of the proposals may be a directory of that repository."""
    checkout({"fep-0007.rst": TYPED_VIEWS})
    (tmp_path / "top" / "feps").mkdir(parents=True)
    for name in ("fep", "proposals"):
        (tmp_path / name).rename(tmp_path / "top" / "feps" / name)
    directory = tmp_path / "top" / target
    for made in (tmp_path / "top" / ".git", directory, (tmp_path / "top" / link).parent):
        made.mkdir(parents=True, exist_ok=True)
    (tmp_path / "top" / link).symlink_to(directory)
    output = "site" if link == "site" else "feps/build/site"
    status, _out, err = run(tmp_path / "top" / "feps", "--output", str(tmp_path / "top" / output))
    assert (status, list(directory.iterdir())) == (2, [])
    assert err.endswith(f"{link}: is a link; remove it, or use another directory\n")


@pytest.mark.parametrize(
    "output",
    [
        ".",
        "..",
        "proposals",
        "proposals/site",
        "docs",
        "docs/a",
        "fep/site",
        ".git",
        ".git/x",
        "a/../fep",
    ],
)
def test_an_output_among_the_files_of_the_repository(
    checkout: Checkout, run: Run, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    monkeypatch.chdir(root)
    before = sorted(root.rglob("*"))
    message = "is a directory of the repository, or contains it; use another --output, such as"
    status, _out, err = run(root, "--output", output, "--no-cache")
    assert (status, err) == (2, f"fep: {Path(output)}: {message} build/site\n")
    assert sorted(root.rglob("*")) == before


def test_an_output_in_the_home_directory_keeps_what_is_there(
    checkout: Checkout, run: Run, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """No shell replaces the tilde of --output=~/site."""
    home = tmp_path_factory.mktemp("home")
    (home / "site").mkdir()
    (home / "site" / "CNAME").write_text("feps.example.org", "utf-8")
    monkeypatch.setenv("HOME", str(home))
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    assert run(root, "--output=~/site")[0] == 0
    assert (home / "site" / "index.html").is_file()
    assert (home / "site" / "CNAME").read_text("utf-8") == "feps.example.org"
    assert not (root / "~").exists()


def test_an_invalid_process_is_an_error(checkout: Checkout, run: Run) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    process = root / "fep" / "process.toml"
    process.write_text(process.read_text("utf-8").replace('"FEP"', '"F E P"', 1), "utf-8")
    status, _out, err = run(root)
    assert status == 2
    assert "process.toml" in err
    assert "Traceback" not in err


@pytest.mark.slow
@pytest.mark.parametrize("epoch", ["", " "])
def test_a_blank_date_of_the_build_is_none(
    checkout: Checkout, run: Run, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    # Sphinx reads the variable when it imports this module.
    monkeypatch.delitem(sys.modules, "sphinx.builders.gettext", raising=False)
    status, _, errors = run(checkout({"fep-0007.rst": TYPED_VIEWS}))
    assert (status, "internal error" in errors) == (0, False)


def test_two_builds_at_once_of_one_site(
    checkout: Checkout, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would write the same files, and pagefind would not find those of its index."""
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    monkeypatch.setattr(storage, "BUILD_SECONDS", 0)
    with ExitStack() as stack:
        output = root.parent / f"{root.name}-site"
        doctrees = storage.doctrees_directory(stack, output)
        storage.wait_for_other_builds(stack, doctrees, output, print)
        status, out, err = run(root)
    assert (status, out) == (2, "")
    assert "fep: waiting for another build of this site\n" in err
    assert f"fep: {output}: another fep command is writing; run this one again" in err
    status, _out, err = run(root)
    assert (status, "waiting" in err) == (0, False)

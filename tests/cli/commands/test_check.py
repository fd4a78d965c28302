"""``fep check``: what it checks, fixes and reports."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fep_tools.config import RULES_URL
from fep_tools.repository import Repository

from ..drafts import BAD, GOOD, Run


def test_no_findings_exit_with_0(run: Run, repo: Path) -> None:
    assert run(repo, "check") == (0, "3 files checked: no findings\n", "")


def test_findings_exit_with_1(run: Run, repo: Path) -> None:
    (repo / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    status, out, err = run(repo, "check")
    assert status == 1
    assert "'Created' is \"2 January 2026\"; write 2026-01-02" in out
    assert err == ""
    assert run(repo, "check", "--exit-zero")[0] == 0
    assert run(repo, "check", "--ignore", "H103")[0] == 0
    assert run(repo, "check", "proposals/fep-0010.rst")[0] == 0
    assert run(repo, "check", "--select", "header-date,H1")[0] == 1


def test_a_file_with_the_name_of_a_proposal_that_nothing_reads_is_named(
    run: Run, repo: Path
) -> None:
    for name in ("fep-0012.md", "fep-0013.RST", "fep-0011-data.txt", "README.md"):
        (repo / "proposals" / name).write_text("x\n", "utf-8")
    (repo / "proposals" / "fep-0014.txt").mkdir()
    status, out, err = run(repo, "check")
    assert (status, out) == (0, "3 files checked: no findings\n")
    assert err == (
        "fep: not checked: proposals/fep-0012.md and proposals/fep-0013.RST; the name is that of "
        "a FEP, but no pattern of 'include' matches\n"
    )
    assert run(repo, "check", "proposals/fep-0010.rst")[2] == ""


def test_fix_writes_and_diff_only_shows(run: Run, repo: Path) -> None:
    file = repo / "proposals" / "fep-0011.rst"
    file.write_bytes(BAD.format(n=11).replace("\n", "\r\n").encode())
    before = file.read_bytes()
    status, out, _err = run(repo, "check", "--diff", "--select", "H")
    assert status == 1
    assert "-Created: 2 January 2026\r\n+Created: 2026-01-02\r\n" in out
    assert file.read_bytes() == before
    status, _out, _err = run(repo, "check", "--fix", "--select", "H")
    assert status == 0
    assert file.read_bytes() == before.replace(b"2 January 2026", b"2026-01-02")
    assert run(repo, "check", "--diff", "--select", "H")[:2] == (0, "")


@pytest.mark.parametrize(
    "data",
    [
        GOOD.format(n=11).replace("Ada", "Zoë").encode("cp1252"),
        GOOD.format(n=11).replace("Ada", "Zoë \t").replace("\n", "  \r\n").encode("cp1252"),
        GOOD.format(n=11).encode("utf-16"),
        BAD.format(n=11).encode().replace(b"Ada", b"Ada\0"),
        "FEP: 11\n\n\ud800\n".encode("utf-8", "surrogatepass"),
    ],
)
def test_a_file_that_is_not_text_is_not_fixed(run: Run, repo: Path, data: bytes) -> None:
    """Nor where another proposal replaces it, which its headers have to say."""
    file = repo / "proposals" / "fep-0011.rst"
    file.write_bytes(data)
    text = GOOD.format(n=12).replace("Draft", "Final").replace("Created", "Replaces: 11\nCreated")
    (repo / "proposals" / "fep-0012.rst").write_text(text, "utf-8")
    _status, out, _err = run(repo, "check", "--fix")
    assert "fep-0011.rst:" in out
    assert file.read_bytes() == data


def test_fix_does_not_overwrite_what_an_editor_saved(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written then, since the fixes were made from another text."""
    files = [repo / "proposals" / f"fep-00{n}.rst" for n in (11, 12)]
    for n, file in zip((11, 12), files, strict=True):
        file.write_text(BAD.format(n=n), "utf-8")
    fixed_texts = Repository.fixed_texts

    def fix_while_somebody_writes(*args: Any) -> dict[str, str]:
        texts = fixed_texts(*args)
        with files[0].open("a", encoding="utf-8") as file:
            file.write("\nA new paragraph.\n")
        return texts

    monkeypatch.setattr(Repository, "fixed_texts", fix_while_somebody_writes)
    status, out, err = run(repo, "check", "--fix", "--select", "H")
    assert (status, out) == (2, "")
    assert "fep-0011.rst: changed while this command ran; nothing was written, run it again" in err
    assert files[0].read_text("utf-8") == f"{BAD.format(n=11)}\nA new paragraph.\n"
    assert files[1].read_text("utf-8") == BAD.format(n=12)


def test_standard_input(run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(text: str) -> None:
        stream = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr(sys, "stdin", stream)

    give(BAD.format(n=13))
    name = "proposals/fep-0013.rst"
    status, out, _err = run(repo, "check", "-", "--stdin-filename", name)
    assert status == 1
    assert out.startswith(f"{name}:7:10: error H103")
    give(BAD.format(n=13))
    status, out, err = run(repo, "check", "-", "--stdin-filename", name, "--fix")
    assert (status, out) == (0, GOOD.format(n=13))
    assert err == "1 file checked: no findings\n"
    give(BAD.format(n=13))
    status, out, _err = run(repo, "check", "-", "--stdin-filename", name, "--diff")
    assert status == 1
    assert "\n-Created: 2 January 2026\n+Created: 2026-01-02\n" in out


def test_standard_input_without_a_name_may_be_a_proposal_that_exists(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GOOD.format(n=10)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    _status, out, _err = run(repo, "check", "-", "--select", "C")
    path = "proposals/fep-0010.rst"
    assert f"= help: if this is {path} itself, add --stdin-filename {path}\n" in out
    assert "fep next" not in out


@pytest.mark.parametrize(
    ("directory", "name"),
    [
        (".", "proposals/fep-0010.rst"),
        (".", "./proposals/fep-0010.rst"),
        (".", "proposals/../proposals//fep-0010.rst"),
        (".", "{repo}/proposals/fep-0010.rst"),
        (".", "{link}/proposals/fep-0010.rst"),
        ("proposals", "fep-0010.rst"),
        ("proposals", "../proposals/fep-0010.rst"),
        ("proposals", "proposals/fep-0010.rst"),  # as reports name it
        ("fep/templates", "../../proposals/fep-0010.rst"),
    ],
)
def test_a_buffer_is_the_file_of_its_name(
    run: Run, repo: Path, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch, directory: str, name: str,
) -> None:  # fmt: skip
    link = tmp_path_factory.mktemp("home") / "link"
    link.symlink_to(repo)
    text = GOOD.format(n=10).replace("Status: Draft", "Status: Zzz")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    full_name = name.format(repo=repo, link=link)
    arguments = ["check", "-", "--stdin-filename", full_name, "--format", "concise"]
    status, out, _err = run(repo / directory, *arguments)
    assert status == 1
    lines = out.splitlines()
    assert lines[0].startswith("proposals/fep-0010.rst:4:9: error H104")
    assert lines[1:] == ["1 file checked: 1 error"]


def test_a_buffer_from_elsewhere_is_refused(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    status, out, err = run(repo, "check", "-", "--stdin-filename", "/nowhere/fep-0010.rst")
    assert (status, out) == (2, "")
    assert "/nowhere/fep-0010.rst is not inside" in err


def test_findings_without_a_fix_on_standard_input(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GOOD.format(n=10).replace("Status: Draft", "Status: Zzz")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    name = "proposals/fep-0010.rst"
    before = (repo / name).read_bytes()
    status, out, err = run(repo, "check", "-", "--stdin-filename", name, "--fix")
    assert (status, out) == (1, text)
    assert f"{name}:4:9: error H104" in err
    assert (repo / name).read_bytes() == before


def test_a_new_image_is_noticed_despite_the_cache(run: Run, repo: Path) -> None:
    file = repo / "proposals" / "fep-0011.rst"
    file.write_text(f"{GOOD.format(n=11)}\n.. image:: fep-0011-a.png\n", "utf-8")
    past = file.stat().st_mtime - 100
    for proposal in (repo / "proposals").iterdir():
        os.utime(proposal, (past, past))
    select = ("check", "--select", "B036", "--format", "concise")
    assert 'the image "fep-0011-a.png" does not exist' in run(repo, *select)[1]
    (repo / "proposals" / "fep-0011-a.png").write_bytes(b"")
    assert run(repo, *select)[1] == "3 files checked: no findings\n"


def test_a_file_outside_the_proposals_directory(run: Run, repo: Path) -> None:
    draft = repo / "draft.rst"
    draft.write_text(BAD.format(n=13), "utf-8")
    status, out, _err = run(repo, "check", "draft.rst", "--diff", "--select", "H103")
    assert (status, out.count("\n-"), out.count("\n+")) == (1, 1, 2)
    assert run(repo, "check", "draft.rst", "--fix", "--select", "H103")[0] == 0
    assert draft.read_text("utf-8") == GOOD.format(n=13)


def test_reports_in_files(run: Run, repo: Path) -> None:
    status, out, _err = run(repo, "check", "--format", "text", "--format", "json:out.json")
    assert status == 0
    assert out == "3 files checked: no findings\n"
    table = json.loads((repo / "out.json").read_text("utf-8"))
    assert table["summary"] == {"errors": 0, "warnings": 0, "introduced": 0, "files": 3}


@pytest.mark.parametrize("name", ["a b.rst", 'é".rst'])
def test_git_applies_the_diff(run: Run, repo: Path, name: str) -> None:
    """A file with CR LF, without a line end at its end, and with a name that git quotes."""
    file = repo / "proposals" / name
    file.write_bytes(BAD.format(n=13).replace("\n", "\r\n").removesuffix("\r\n").encode())
    fixed = ("check", "--select", "C009,H103")
    status, out, _err = run(repo, *fixed, "--diff")
    assert status == 1
    subprocess.run(["git", "apply", "-"], cwd=repo, input=out.encode(), check=True)
    assert file.read_bytes() == GOOD.format(n=13).encode()


def test_with_a_base_only_what_was_introduced_is_fixed(run: Run, repo: Path) -> None:
    old, new = repo / "proposals" / "fep-0011.rst", repo / "proposals" / "fep-0012.rst"
    old.write_text(BAD.format(n=11), "utf-8")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run(["git", *identity, *arguments], cwd=repo, check=True)
    new.write_text(BAD.format(n=12), "utf-8")
    status, out, _err = run(repo, "check", "--base", "HEAD", "--select", "H", "--diff")
    assert status == 1
    assert "fep-0012.rst" in out
    assert "fep-0011.rst" not in out
    assert run(repo, "check", "--base", "HEAD", "--select", "H", "--fix")[0] == 0
    assert new.read_text("utf-8") == GOOD.format(n=12)
    assert old.read_text("utf-8") == BAD.format(n=11)


def test_levels_of_rules_are_set_in_the_settings(run: Run, repo: Path) -> None:
    bare = GOOD.format(n=11).replace(
        "\n\nCopyright", "\n\nSee https://peps.python.org/pep-0484/.\n\nCopyright"
    )
    (repo / "proposals" / "fep-0011.rst").write_text(bare, "utf-8")
    assert run(repo, "check")[0] == 0
    settings = repo / "pyproject.toml"
    settings.write_text('[tool.fep]\nseverity = { B020 = "error" }\n', "utf-8")
    status, out, _err = run(repo, "check", "--format", "json")
    found = json.loads(out)["diagnostics"]
    assert (status, [(d["code"], d["severity"]) for d in found]) == (1, [("B020", "error")])
    settings.write_text('[tool.fep]\nseverity = { B020 = "style" }\n', "utf-8")
    assert run(repo, "check") == (0, "3 files checked: no findings\n", "")
    settings.write_text('[tool.fep]\nseverity = { B02 = "fatal" }\n', "utf-8")
    status, out, err = run(repo, "check")
    assert (status, out) == (2, "")
    assert err.startswith('fep: pyproject.toml:2: "fatal" is not a level; use error, warning')


def test_findings_have_the_url_of_their_rule_without_settings(run: Run, repo: Path) -> None:
    (repo / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    url = f"{RULES_URL}#header-date"

    def report(name: str) -> Any:
        return json.loads(run(repo, "check", "--format", name)[1])

    assert [found["url"] for found in report("json")["diagnostics"]] == [url]
    (rule,) = report("sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert rule["helpUri"] == url
    (issue,) = report("gitlab")
    assert issue["content"]["body"] == f"[H103 header-date]({url})"
    assert [found["code"]["url"] for found in report("rdjson")["diagnostics"]] == [url]
    assert f"({url})" in run(repo, "check", "--format", "markdown")[1]


def test_accepted_findings_stay_accepted_after_a_fix(run: Run, repo: Path) -> None:
    """The fix changes the line that the baseline knows a finding by."""
    file = repo / "proposals" / "fep-0011.rst"
    file.write_text(GOOD.format(n=11) + "\nSee :fep:`99`, and `x.y`.\n", "utf-8")
    assert run(repo, "check", "--strict")[0] == 1
    assert run(repo, "baseline", "write")[0] == 0
    baseline = repo / ".fep-baseline.json"
    entries = [line for line in baseline.read_text().splitlines() if "B008" not in line]
    baseline.write_text("\n".join(entries).replace("},\n  ]", "}\n  ]") + "\n")
    before = baseline.read_text()
    status, out, _err = run(repo, "check", "--diff")
    assert (status, out.count("\n--- ") + out.startswith("--- ")) == (1, 2)
    assert run(repo, "check", "--fix", "--strict")[0] == 0
    assert "``x.y``" in file.read_text("utf-8")
    assert baseline.read_text() != before
    assert run(repo, "check", "--strict")[0] == 0


@pytest.mark.parametrize("path", ["proposals", ".", "proposals/fep-0012.rst"])
def test_a_path_stands_for_proposals_that_the_change_removed(
    run: Run, repo: Path, path: str
) -> None:
    removed = repo / "proposals" / "fep-0012.rst"
    removed.write_text(GOOD.format(n=12).replace("Status: Draft", "Status: Rejected"), "utf-8")
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run(["git", *identity, *arguments], cwd=repo, check=True)
    removed.unlink()
    status, out, _err = run(repo, "check", "--base", "HEAD", "--format", "concise", path)
    assert status == 1
    assert out.startswith("proposals/fep-0012.rst:1:1: error T013 [proposal-removed]")
    files = "0 files" if path.endswith("rst") else "2 files"
    assert out.splitlines()[-1] == f"{files} checked: 1 error"

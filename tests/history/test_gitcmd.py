"""Running git runs nothing that the repository names, and leaves nothing behind."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools._cache import Cache
from fep_tools.errors import RepositoryError
from fep_tools.history import git_process, gitcmd, load
from fep_tools.history.git import GitRepository
from fep_tools.history.git_errors import GitError, GitTimeout
from fep_tools.history.worktree import WorkingTree

from .repositories import BODY, FEP, Made, path, text

GIT = shutil.which("git") or "git"


def use_every_command(root: Path) -> None:
    """Ask every question, of a repository with at least two commits."""
    git = GitRepository.open(root)
    head = git.resolve("HEAD")
    list(git.commits(head))
    git.merge_base("HEAD~1")
    git.author_names("HEAD~1", "HEAD")
    list(git.read_blobs(git.tree(head).values()))
    load.load_history(root, FEP, Cache(None))


def written(made: Made, files: int = 2) -> None:
    """Two commits, the second of which renames and edits everything."""
    made.commit({f"proposals/old-{n:04}.txt": text(n, "Draft") for n in range(1, files + 1)})
    for number in range(1, files + 1):
        made.move(f"proposals/old-{number:04}.txt", path(number))
        made.write(path(number), text(number, "Final", f"{BODY}more\n"))
    made.commit()


def script(file: Path, content: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{content}\n")
    file.chmod(0o755)
    return file


# No program of the repository runs -------------------------------------------------------------

SETTINGS = {
    "core.fsmonitor": "{canary}",
    "core.pager": "{canary}",
    "core.editor": "{canary}",
    "core.askPass": "{canary}",
    "core.sshCommand": "{canary}",
    "core.gitProxy": "{canary}",
    "core.alternateRefsCommand": "{canary}",
    "core.attributesFile": "{folder}/attributes",
    "pager.log": "{canary}",
    "pager.rev-parse": "{canary}",
    "alias.log": "!{canary}",
    "alias.rev-parse": "!{canary}",
    "alias.cat-file": "!{canary}",
    "alias.ls-tree": "!{canary}",
    "diff.external": "{canary}",
    "diff.evil.command": "{canary}",
    "diff.evil.textconv": "{canary}",
    "diff.evil.cachetextconv": "true",
    "filter.evil.clean": "{canary}",
    "filter.evil.smudge": "{canary}",
    "filter.evil.process": "{canary}",
    "filter.evil.required": "true",
    "merge.evil.driver": "{canary}",
    "interactive.diffFilter": "{canary}",
    "log.showSignature": "true",
    "gpg.program": "{canary}",
    "gpg.ssh.program": "{canary}",
    "credential.helper": "!{canary}",
    "uploadpack.packObjectsHook": "{canary}",
    "trace2.eventTarget": "{folder}/canary",
    "trace2.normalTarget": "{folder}/canary",
}
TASTES = {
    "core.bare": "true",
    "core.worktree": "/",
    "color.ui": "always",
    "color.diff": "always",
    "core.abbrev": "4",
    "core.quotePath": "false",
    "diff.noprefix": "true",
    "diff.orderFile": "/dev/zero",
    "diff.relative": "true",
    "diff.renameLimit": "1",
    "diff.renames": "false",
    "diff.wordRegex": ".",
    "format.notes": "true",
    "format.pretty": "fuller",
    "i18n.logOutputEncoding": "UTF-16",
    "log.abbrevCommit": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "log.diffMerges": "off",
    "log.follow": "true",
    "log.mailmap": "true",
    "log.showRoot": "false",
    "notes.displayRef": "refs/notes/*",
}


@pytest.fixture
def canary(made: Made, tmp_path: Path) -> Path:
    """A file that exists as soon as a program was run that the repository names."""
    written(made)
    folder = tmp_path / "evil"
    trap = script(folder / "trap", f"touch '{folder}/canary'")
    (folder / "attributes").write_text("* diff=evil filter=evil merge=evil\n")
    shutil.copy(folder / "attributes", made.root / ".gitattributes")
    shutil.copy(folder / "attributes", made.root / ".git" / "info" / "attributes")
    for hook in ("pre-commit", "post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, made.root / ".git" / "hooks" / hook)
    included = folder / "included"
    for name, value in SETTINGS.items():
        made.git("config", "--file", str(included), name, value.format(canary=trap, folder=folder))
    made.git("config", "include.path", str(included))
    return folder / "canary"


def test_the_traps_work(made: Made, canary: Path) -> None:
    assert not canary.exists()
    subprocess.run(["git", "status"], cwd=made.root, capture_output=True)
    assert canary.exists()


def test_no_program_of_the_repository_runs(made: Made, canary: Path) -> None:
    use_every_command(made.root)
    assert not canary.exists()


def test_signatures_are_not_checked(made: Made, canary: Path) -> None:
    head = made.git("cat-file", "commit", "HEAD").encode()
    lines, _, message = head.partition(b"\n\n")
    signature = b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----"
    signed = made.raw(lines + b"\n" + signature + b"\n\n" + message)
    made.git("-c", "core.hooksPath=/dev/null", "update-ref", "HEAD", signed)
    canary.unlink(missing_ok=True)
    use_every_command(made.root)
    assert not canary.exists()


@pytest.mark.parametrize("guarded", [True, False], ids=["never", "by no transport"])
def test_nothing_is_fetched(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Not even by a git that does not know GIT_NO_LAZY_FETCH."""
    if not guarded:
        monkeypatch.delitem(gitcmd.ENVIRONMENT, "GIT_NO_LAZY_FETCH")
    written(made)
    made.git("config", "uploadpack.allowFilter", "true")
    made.git(
        "clone",
        "--no-checkout",
        "--filter=blob:none",
        f"file://{made.root}",
        str(tmp_path / "partial"),
    )
    partial = Made.__new__(Made)
    partial.root, partial.day = tmp_path / "partial", 0
    trap = script(tmp_path / "trap", f"touch '{tmp_path}/canary'")
    for name in ("remote.origin.uploadpack", "core.sshCommand"):
        partial.git("config", name, str(trap))
    for url in (f"file://{made.root}", "ssh://example.org/x", f"ext::{trap}"):
        partial.git("config", "remote.origin.url", url)
        for transport in ("file", "ssh", "ext"):
            partial.git("config", f"protocol.{transport}.allow", "always")
        with pytest.raises(RepositoryError, match="the clone is partial or damaged"):
            load.load_history(partial.root, FEP, Cache(None))
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("name", TASTES)
def test_no_setting_changes_the_history(made: Made, name: str) -> None:
    written(made)
    made.git("notes", "add", "-m", "a note")
    (made.root / "proposals" / "sub").mkdir()
    roots = (made.root, made.root / "proposals")
    before = [load.load_history(root, FEP, Cache(None)) for root in roots]
    made.git("config", name, TASTES[name])
    assert [load.load_history(root, FEP, Cache(None)) for root in roots] == before


def test_no_pipe_says_how_files_are_ordered(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git would wait for it; reading paths and reading the log are two commands."""
    written(made)
    os.mkfifo(tmp_path / "pipe")
    made.git("config", "diff.orderFile", str(tmp_path / "pipe"))
    monkeypatch.setattr(git_process, "SECONDS", 10.0)
    assert path(1) in GitRepository.open(made.root).all_paths()


def test_the_environment_of_a_hook_is_ignored(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets these for its hooks, and a hook may run the tool on another repository."""
    written(made)
    other = Made(tmp_path / "other")
    written(other)
    other.commit({path(1): text(1, "Rejected")})
    expected = load.load_history(other.root, FEP, Cache(None))
    pointers = {
        "GIT_DIR": str(made.root / ".git"),
        "GIT_COMMON_DIR": str(made.root / ".git"),
        "GIT_WORK_TREE": str(made.root),
        "GIT_OBJECT_DIRECTORY": str(made.root / ".git" / "objects"),
        "GIT_INDEX_FILE": str(made.root / ".git" / "index"),
        "GIT_NAMESPACE": "x",
        "GIT_SHALLOW_FILE": str(made.root / "nothing"),
        "GIT_PREFIX": "sub/",
    }
    for name, value in pointers.items():
        monkeypatch.setenv(name, value)
    assert load.load_history(other.root, FEP, Cache(None)) == expected
    assert {name: os.environ[name] for name in pointers} == pointers


def test_nothing_is_written(made: Made) -> None:
    written(made)
    before = {file: file.stat().st_mtime_ns for file in made.root.rglob("*")}
    use_every_command(made.root)
    assert {file: file.stat().st_mtime_ns for file in made.root.rglob("*")} == before


# Processes -------------------------------------------------------------


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The arguments of every call of ``git`` since the last time."""
    count = tmp_path / "calls"
    script(tmp_path / "bin" / "git", f'echo "$@" >> "{count}"\nexec "{GIT}" "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def calls() -> list[str]:
        lines = count.read_text().splitlines() if count.exists() else []
        count.unlink(missing_ok=True)
        return lines

    return calls


@pytest.mark.parametrize("size", [1, 60])
def test_the_number_of_processes_does_not_grow(
    made: Made, calls: Callable[[], list[str]], tmp_path: Path, size: int
) -> None:
    written(made, size)
    for number in range(1, size + 1):
        made.commit({path(number): text(number, "Rejected")})
    cache = Cache(tmp_path / "cache")
    calls()
    assert len(load.load_history(made.root, FEP, cache).timelines) == size
    assert [command_of(call) for call in calls()] == ["rev-parse", "rev-parse", "log", "cat-file"]
    load.load_history(made.root, FEP, cache)
    assert [command_of(call) for call in calls()] == ["rev-parse", "rev-parse"]
    made.commit({path(1): text(1, "Final")})
    calls()
    load.load_history(made.root, FEP, cache)
    assert [command_of(call) for call in calls()] == ["rev-parse", "rev-parse", "log", "cat-file"]


def command_of(call: str) -> str:
    """Return the command of a call: ``log``."""
    parts = iter(call.split(" "))
    words = (part for part in parts if not (part in {"-C", "-c"} and next(parts)))
    return next(word for word in words if not word.startswith("--work-tree="))


def leftovers() -> tuple[list[str], list[str], int]:
    """The open files, the child processes, and the number of threads of this process."""
    files = sorted(os.readlink(f"/proc/self/fd/{name}") for name in _descriptors())
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return files, children, threading.active_count()


def _descriptors() -> list[str]:
    return [name for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}")]


linux = pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc to look at")


@linux
def test_nothing_is_left_behind(made: Made) -> None:
    written(made)
    before = leftovers()
    use_every_command(made.root)
    assert leftovers() == before


@linux
def test_nothing_is_left_behind_after_errors(made: Made, tmp_path: Path) -> None:
    written(made)
    git = GitRepository.open(made.root)
    blobs = list(git.tree(git.resolve("HEAD")).values())
    before = leftovers()
    with pytest.raises(RepositoryError):
        git.resolve("unknown")
    with pytest.raises(RepositoryError):
        list(git.read_blobs(["0" * 40, *blobs]))
    with pytest.raises(RepositoryError):
        GitRepository.open(tmp_path)
    assert leftovers() == before


@linux
def test_nothing_is_left_behind_if_the_reader_stops_early(made: Made) -> None:
    large = {f"proposals/{number}.rst": f"{number}" * 500_000 for number in range(5)}
    made.commit(large)
    git = GitRepository.open(made.root)
    blobs = list(git.tree(git.resolve("HEAD")).values())
    before = leftovers()
    beginning = git.read_blobs(blobs)
    assert len(next(beginning)[1]) > 0
    assert len(leftovers()[1]) == len(before[1]) + 1
    beginning.close()  # type: ignore[attr-defined]
    assert leftovers() == before


def test_gitpython_cannot_be_imported(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "git", None)
    with pytest.raises(RepositoryError, match="GitPython cannot be imported; install fep-tools"):
        GitRepository.open(made.root)


def test_git_does_not_end(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "bin" / "git", "exec sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_process, "SECONDS", 0.2)
    with pytest.raises(GitTimeout, match="git rev-parse did not answer for 0 seconds"):
        GitRepository.open(made.root)


def test_a_program_that_git_has_started_does_not_keep_its_reader_waiting(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the pipes of git, and goes on after git was killed."""
    script(tmp_path / "bin" / "git", "sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_process, "SECONDS", 0.2)
    with pytest.raises(GitTimeout):
        GitRepository.open(made.root)


def test_a_long_answer_may_take_longer_than_none(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = made.commit({"a": "1"})
    script(tmp_path / "bin" / "git", f'{GIT} "$@"\nsleep 1')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_process, "SECONDS", 0.2)
    monkeypatch.setattr(git_process, "_BYTES_PER_SECOND", 1)
    assert GitRepository(made.root, "", shallow=False).resolve("HEAD") == head


def test_an_endless_answer_is_cut_off(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path / "bin" / "git", "exec yes")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(gitcmd, "MAX_OUTPUT", 1 << 20)
    with pytest.raises(GitError, match="git printed more than 1 MiB"):
        GitRepository.open(made.root)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize("file", ["objects/info/alternates", "refs/heads/main", "commondir"])
def test_git_does_not_take_all_memory(
    made: Made, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit({"a": "1"})
    monkeypatch.setattr(git_process, "MAX_MEMORY", 1 << 28)
    path = made.root / ".git" / file
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")
    with pytest.raises(GitError, match="Out of memory"):
        GitRepository.open(made.root).resolve("HEAD")


def test_no_setting_names_a_file_of_attributes(made: Made, tmp_path: Path) -> None:
    """Git would wait for a pipe, and read an endless file to its end."""
    made.commit({"a": "1"})
    (made.root / "b").write_bytes(b"1\r\n")
    (tmp_path / "attributes").write_text("* text eol=crlf\n")
    made.git("config", "core.attributesFile", str(tmp_path / "attributes"))
    assert WorkingTree(made.root).stored_with_line_feeds(["b"]) == frozenset()


def test_git_prints_many_errors(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a pipe holds, before it answers anything."""
    script(
        tmp_path / "bin" / "git", "yes 'error: ::set-output name=x' | head -c 1000000 >&2\nexit 3"
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(RepositoryError) as error:
        GitRepository.open(made.root)
    assert str(error.value) == f'{made.root}: git ended with 3: ":\\x3aset-output name=x"'


def test_git_fails_without_a_message(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path / "bin" / "git", "exit 3")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(RepositoryError, match='git ended with 3: ""'):
        GitRepository.open(made.root)


def source_without_prose(module: Path) -> str:
    """Return the code of a module without its comments and docstrings."""
    tree = ast.parse(module.read_text("utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                child.value = ast.Constant(...)
    return ast.unparse(tree)


def test_only_harmless_commands_are_used() -> None:
    """Whatever works on the index or the working tree would run programs of the repository."""
    package = Path(gitcmd.__file__).parent
    names = ("git", "git_process", "git_errors", "gitcmd", "mailmap", "snapshot", "worktree")
    code = "\n".join(source_without_prose(package / f"{name}.py") for name in names)
    for word in (".diff(", "is_dirty", ".index.", "blame", "config_writer", ".submodule", "Repo("):
        assert word not in code
    for command in ("status", "checkout", "fetch", "clone", "archive", "diff", "show"):
        assert f"'{command}'" not in code
    # Settings are read, one at a time, and never written.
    assert set(re.findall(r"'config', '([^']*)'", code)) <= {"--get", "--default"}
    assert code.count("'config', '--default'") == code.count("'--get', 'core.autocrlf'")
    assert "'ls-tree'" in code

"""Questions to git, in repositories of every shape."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fep_tools._files import MAX_FILE_BYTES
from fep_tools.errors import RepositoryError
from fep_tools.history.git import GitRepository, HEADER_BYTES
from fep_tools.history.git_errors import GitError
from fep_tools.history.model import Commit

from .repositories import BODY, DAY, Made, START


def commits(root: Path, revision: str = "HEAD") -> list[Commit]:
    git = GitRepository.open(root)
    return [*git.commits(git.resolve(revision))]


def blob(made: Made, name: str, revision: str = "HEAD") -> str:
    return made.git("rev-parse", f"{revision}:{name}")


# Shapes of repositories ------------------------------------------------------------------------


def test_no_git_repository(tmp_path: Path) -> None:
    with pytest.raises(
        RepositoryError, match="not a git repository; fep reads the history from git"
    ):
        GitRepository.open(tmp_path)


def test_a_root_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match='git ended with 128: "cannot change to'):
        GitRepository.open(tmp_path / "nowhere")


def test_nothing_committed_yet(made: Made) -> None:
    with pytest.raises(RepositoryError, match="nothing was committed to this branch yet"):
        GitRepository.open(made.root).resolve("HEAD")


def test_git_is_not_on_the_path(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(RepositoryError, match="git is not installed, or not on the PATH"):
        GitRepository.open(made.root)


def test_git_is_not_executable(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text("#!/bin/sh\n")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(RepositoryError, match="git is not installed, or not on the PATH"):
        GitRepository.open(made.root)


def test_a_repository_of_another_user(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    (made.root / "sub").mkdir()
    for root in (made.root, made.root / "sub"):
        with pytest.raises(RepositoryError) as error:
            GitRepository.open(root)
        assert str(error.value) == (
            f"{root}: belongs to another user; if you trust it, "
            f"git config --global --add safe.directory {made.root}"
        )


def test_a_bare_repository_of_another_user(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(RepositoryError, match="belongs to another user"):
        GitRepository.open(tmp_path / "bare.git")


def test_a_bare_repository(made: Made, tmp_path: Path) -> None:
    head = made.commit({"a/b.rst": "text"})
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    (found,) = commits(tmp_path / "bare.git")
    assert found.id == head
    assert [change.path for change in found.changes] == ["a/b.rst"]
    assert set(GitRepository.open(tmp_path / "bare.git").tree(head)) == {"a/b.rst"}


@pytest.mark.parametrize("folder", [".", "proposals"])
def test_a_bare_repository_inside_a_repository_is_not_used(made: Made, folder: str) -> None:
    """Anybody can commit the files of one; neither its history nor its settings are used."""
    planted = made.root / folder
    planted.mkdir(exist_ok=True)
    made.git("init", "--quiet", "--bare", str(made.root / "other.git"))
    for entry in (made.root / "other.git").iterdir():
        entry.rename(planted / entry.name)
    head = made.commit({"proposals/a.rst": "a"})
    (made.root.parent / "link").symlink_to(planted)
    for root in (planted, made.root.parent / "link"):
        if folder == ".":
            assert GitRepository.open(root).resolve("HEAD") == head
        else:
            with pytest.raises(RepositoryError, match="a bare repository lies inside"):
                GitRepository.open(root)


def test_a_linked_worktree(made: Made, tmp_path: Path) -> None:
    made.commit({"a": "1"})
    made.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    linked = Made.__new__(Made)
    linked.root, linked.day = tmp_path / "linked", 5
    head = linked.commit({"b": "2"})
    assert GitRepository.open(linked.root).resolve("HEAD") == head
    assert GitRepository.open(made.root).resolve("HEAD") != head


def test_a_submodule_is_no_file(made: Made, tmp_path: Path) -> None:
    other = Made(tmp_path / "other")
    other.commit({"proposals/fep-0001.rst": "a"})
    made.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "sub"
    )
    made.commit({"a": "1"})
    (found,) = commits(made.root)
    assert {change.path: change.blob is None for change in found.changes} == {
        ".gitmodules": False,
        "a": False,
        "sub": True,
    }
    assert set(GitRepository.open(made.root).tree(found.id)) == {".gitmodules", "a"}
    assert GitRepository.open(made.root / "sub").resolve("HEAD") == other.git("rev-parse", "HEAD")


def test_a_root_below_the_top(made: Made) -> None:
    made.commit({"sub/a.rst": BODY, "b.rst": BODY.upper(), "submarine/c.rst": "c"})
    made.move("sub/a.rst", "sub/x/a.rst")
    made.seal()
    made.move("sub/x/a.rst", "a.rst")
    made.move("b.rst", "sub/b.rst")
    head = made.seal()
    first, second, third = commits(made.root / "sub")
    assert [(c.path, c.before) for c in first.changes] == [("a.rst", None)]
    assert [(c.path, c.before) for c in second.changes] == [("x/a.rst", "a.rst")]
    assert {(c.path, c.before, c.blob is None) for c in third.changes} == {
        ("x/a.rst", None, True),
        ("b.rst", None, False),
    }
    git = GitRepository.open(made.root / "sub")
    assert git.prefix == "sub/"
    assert set(git.tree(head)) == {"b.rst"}


def test_a_root_with_shell_characters(tmp_path: Path) -> None:
    made = Made(tmp_path / "~a $HOME; 'x'")
    head = made.commit({"a": "1"})
    assert GitRepository.open(made.root).resolve("HEAD") == head


def test_sha256(tmp_path: Path) -> None:
    made = Made(tmp_path / "sha256", "--object-format=sha256")
    head = made.commit({"a": "1"})
    (found,) = commits(made.root)
    assert found.id == head
    assert len(head) == 64
    assert dict(GitRepository.open(made.root).read_blobs([blob(made, "a")])) == {
        blob(made, "a"): b"1"
    }


# Revisions -------------------------------------------------------------------------------------


def test_resolve_revisions(made: Made) -> None:
    first = made.commit({"a": "1"})
    second = made.commit({"a": "2"})
    made.git("tag", "-a", "-m", "a tag", "v1", first)
    made.branch("topic/x", first)
    made.switch("main")
    git = GitRepository.open(made.root)
    assert git.resolve("HEAD") == second
    for revision in ("v1", "topic/x", "HEAD~1", "main^", "@~", first[:12], "@{-1}", "main@{1}"):
        assert git.resolve(revision) == first
    made.git("checkout", "--quiet", "--detach", first)
    assert git.resolve("HEAD") == first


@pytest.mark.parametrize(
    "revision",
    [
        "",
        "-x",
        "--all",
        "--output=x",
        "HEAD --all",
        "HEAD\n--all",
        "HEAD\0",
        "^HEAD",
        ":a",
        ":/a change",
        "HEAD:a",
        "HEAD^{tree}",
        "HEAD..HEAD",
        "HEAD...HEAD",
        "unknown",
        "@{-9}",
        "0" * 40,
        "a" * 5000,
        "größe",
        "$(touch x)",
        "`touch x`",
    ],
)
def test_resolve_refuses_what_is_no_commit(made: Made, revision: str) -> None:
    made.commit({"a": "1"})
    before = sorted(made.root.rglob("*"))
    with pytest.raises(RepositoryError, match=r"is not the name of a revision|there is no commit"):
        GitRepository.open(made.root).resolve(revision)
    assert sorted(made.root.rglob("*")) == before


def test_a_damaged_head_is_no_empty_repository(made: Made) -> None:
    head = made.commit({"a": "1"})
    loose = made.root / ".git" / "objects" / head[:2] / head[2:]
    loose.chmod(0o600)
    loose.write_bytes(b"garbage")
    with pytest.raises(RepositoryError) as error:
        GitRepository.open(made.root).resolve("HEAD")
    assert "nothing was committed" not in str(error.value)


def test_merge_base(made: Made) -> None:
    first = made.commit({"a": "1"})
    made.branch("side")
    made.commit({"b": "1"})
    git = GitRepository.open(made.root)
    assert git.merge_base("main") == first
    made.git("checkout", "--quiet", "--orphan", "alone")
    made.commit({"c": "1"})
    with pytest.raises(RepositoryError, match='HEAD and "main" have no commit in common'):
        git.merge_base("main")


def test_several_merge_bases_are_an_error(made: Made) -> None:
    """Whoever makes a change would choose one of them, with the dates of commits."""
    made.commit({"a": "1"})
    made.branch("side")
    side = made.commit({"b": "1"})
    made.git("checkout", "--quiet", "main")
    main = made.commit({"c": "1"})
    made.git("merge", "--quiet", "--no-ff", "--message", "one", side)
    made.git("checkout", "--quiet", "side")
    made.git("merge", "--quiet", "--no-ff", "--message", "other", main)
    git = GitRepository.open(made.root)
    with pytest.raises(RepositoryError, match='HEAD and "main" have 2 last commits in common'):
        git.merge_base("main")
    made.git("merge", "--quiet", "--message", "third", "main")
    assert git.merge_base("main") == git.resolve("main")


def test_author_names(made: Made) -> None:
    first = made.commit({"a": "1"})
    made.commit({"a": "2"}, GIT_AUTHOR_NAME="Grace Hopper")
    head = made.commit({"a": "3"}, GIT_AUTHOR_NAME="Grüße")
    assert GitRepository.open(made.root).author_names(first, head) == {"Grace Hopper", "Grüße"}


# Commits ---------------------------------------------------------------------------------------


def test_commits_and_their_changes(made: Made) -> None:
    first = made.commit({"a.txt": BODY})
    made.write("a.txt", f"{BODY}more\n")
    made.git("mv", "a.txt", "b.rst")
    second = made.commit()
    third = made.commit({"b.rst": None})
    one, two, three = commits(made.root)
    old, new = blob(made, "a.txt", first), blob(made, "b.rst", second)
    assert [(c.path, c.blob, c.before, c.old_blob) for c in one.changes] == [
        ("a.txt", old, None, None)
    ]
    assert [(c.path, c.blob, c.before, c.old_blob) for c in two.changes] == [
        ("b.rst", new, "a.txt", old)
    ]
    assert [(c.path, c.blob, c.before, c.old_blob) for c in three.changes] == [
        ("b.rst", None, None, new)
    ]
    assert [(c.id, c.parents) for c in (one, two, three)] == [
        (first, ()),
        (second, (first,)),
        (third, (second,)),
    ]
    assert one.author == "Ada"
    assert one.seconds == START + DAY
    assert one.date == date(2020, 9, 14)


def test_empty_commits(made: Made) -> None:
    ids = [made.commit(), made.commit({"a": "1"}), made.commit(), made.commit()]
    found = commits(made.root)
    assert [commit.id for commit in found] == ids
    assert [len(commit.changes) for commit in found] == [0, 1, 0, 0]


def test_a_merge_is_compared_with_its_first_parent(made: Made) -> None:
    made.commit({"a": "1"})
    made.branch("side")
    side = made.commit({"b": "1"})
    made.switch("main")
    main = made.commit({"c": "1"})
    merge = made.merge("side")
    found = commits(made.root)[-1]
    assert found.id == merge
    assert found.parents == (main, side)
    assert [change.path for change in found.changes] == ["b"]


@pytest.mark.parametrize("heads", [("one",), ("one", "two")], ids=["merge", "octopus"])
def test_paths_that_a_merge_alone_has_added(made: Made, heads: tuple[str, ...]) -> None:
    """The number of such a proposal is taken, even if its file was removed again."""
    made.commit({"a.rst": "a"})
    for name in heads:
        made.branch(name, "main")
        made.commit({f"{name}.rst": name})
    made.switch("main")
    made.commit({"b.rst": "b"})
    made.merge(*heads, options=("--no-commit",))
    made.commit({"merged.rst": "merged"})
    made.commit({"merged.rst": None})
    expected = {"a.rst", "b.rst", "merged.rst", *(f"{name}.rst" for name in heads)}
    assert GitRepository.open(made.root).all_paths() == expected


def test_several_roots(made: Made) -> None:
    made.commit({"a": "1"})
    made.git("checkout", "--quiet", "--orphan", "other")
    made.git("rm", "-r", "--quiet", "--force", ".")
    made.commit({"b": "1"})
    made.switch("main")
    made.merge("other", options=("--allow-unrelated-histories",))
    found = commits(made.root)
    assert [len(commit.parents) for commit in found] == [0, 0, 2]
    assert [[c.path for c in commit.changes] for commit in found] == [["a"], ["b"], ["b"]]


@pytest.mark.parametrize(
    "name",
    [
        b"a\nb.rst",
        b":b.rst",
        b":(exclude)b.rst",
        b"-b.rst",
        b"--output=b.rst",
        b"b\xff.rst",
        b"\x1b[31mb.rst",
        b"a b\t.rst",
        "größe.rst".encode(),
        b'"quoted".rst',
        b":100644 100644 0000 0000 M",
    ],
)
def test_paths_of_every_kind(made: Made, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(made.root) + b"/" + name)).write_text(BODY)
    first = made.commit()
    subprocess.run(["git", "mv", "--", name, "plain.rst"], cwd=made.root, check=True)
    made.seal()
    subprocess.run(["git", "mv", "--", "plain.rst", name], cwd=made.root, check=True)
    made.seal()
    path = name.decode("utf-8", "surrogateescape")
    found = [(c.path, c.before) for commit in commits(made.root) for c in commit.changes]
    assert found == [(path, None), ("plain.rst", path), (path, "plain.rst")]
    assert set(GitRepository.open(made.root).tree(first)) == {path}


def test_a_link_is_no_file(made: Made) -> None:
    made.commit({"a.rst": "text"})
    (made.root / "a.rst").unlink()
    (made.root / "a.rst").symlink_to("/etc/passwd")
    made.commit()
    (made.root / "a.rst").unlink()
    head = made.commit({"a.rst": "text"})
    found = [
        (c.blob is None, c.old_blob is None) for some in commits(made.root) for c in some.changes
    ]
    assert found == [(False, True), (True, False), (False, True)]
    assert set(GitRepository.open(made.root).tree(head)) == {"a.rst"}


# Commits that do not make sense ----------------------------------------------------------------


def odd_commit(made: Made, author: bytes, committer: bytes, extra: bytes = b"") -> Commit:
    """The commit that git makes of those lines."""
    made.git("add", "--all")
    lines = [b"tree " + made.tree().encode(), b"author " + author, b"committer " + committer]
    head = made.raw(b"\n".join([*lines, *([extra] if extra else []), b"", b"message\n"]))
    (found,) = commits(made.root, head)
    return found


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        (b"1600000000 +0000", date(2020, 9, 13)),
        (b"1600000000 +9999", date(2020, 9, 13)),
        (b"4102444800 +0000", date(2100, 1, 1)),
        (b"0 +0000", None),
        (b"1099511627776 +0000", None),
        (b"-2177452800 +0000", None),
        (b"1000000000000000000000000000000 +0000", None),
        (b"yesterday", None),
        (b"+0000", None),
        (b"", None),
    ],
)
def test_impossible_dates(made: Made, stamp: bytes, day: date | None) -> None:
    made.write("a", "1")
    found = odd_commit(made, b"A <a@b> " + stamp, b"A <a@b> " + stamp)
    assert found.date == day
    assert [change.path for change in found.changes] == ["a"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"\x1b[31mA\x07 <a@b> 1 +0000", "\x1b[31mA\x07"),
        (b"::error::A\rB <a@b> 1 +0000", "::error::A B"),
        (b"Gr\xfc\xdfe <a@b> 1 +0000", "Gr\ufffd\ufffde"),
        ("\u202eA <a@b> 1 +0000".encode(), "\u202eA"),
        (b":100644 100644 a b M <a@b> 1 +0000", ":100644 100644 a b M"),
        (b" <a@b> 1 +0000", ""),
    ],
)
def test_names_of_authors(made: Made, line: bytes, name: str) -> None:
    made.write("a", "1")
    found = odd_commit(made, line, b"A <a@b> 1600000000 +0000")
    assert found.author == name
    assert len(found.changes) == 1


def test_names_in_the_encoding_of_the_commit(made: Made) -> None:
    made.write("a", "1")
    line = b"Gr\xfc\xdfe <a@b> 1 +0000"
    assert odd_commit(made, line, line, b"encoding ISO-8859-1").author == "Grüße"


@pytest.mark.parametrize("encoding", [b"UTF-7", b"UTF-16", b"UTF-32", b"unknown", b"\xff"])
def test_no_encoding_produces_zero_bytes(made: Made, encoding: bytes) -> None:
    """A zero byte in a name would let its author write the rest of the answer."""
    made.write("a", "1")
    line = b"A+AAA-:B+AAAACgA6-C <a@b> 1600000000 +0000"
    found = odd_commit(made, line, line, b"encoding " + encoding)
    assert "\0" not in found.author
    assert [change.path for change in found.changes] == ["a"]


MAILMAP = "New Name <ada@example.org>\n"


def test_authors_have_the_names_of_the_mailmap(made: Made) -> None:
    first = made.commit({"proposals/a": "1"})
    made.commit({"proposals/a": "2"}, GIT_AUTHOR_EMAIL="else@example.org", GIT_AUTHOR_NAME="Else")
    head = made.commit({".mailmap": MAILMAP})
    for directory in (made.root, made.root / "proposals"):
        git = GitRepository.open(directory)
        expected = made.git("log", "--format=%aN", "--reverse").splitlines()
        assert [commit.author for commit in git.commits(head)] == expected
        assert expected == ["New Name", "Else", "New Name"]
        assert git.author_names(first, head) == {"New Name", "Else"}


def test_the_mailmap_is_that_of_the_working_tree_or_else_the_committed_one(made: Made) -> None:
    identities = []

    def author() -> str:
        identities.append(GitRepository.open(made.root).mailmap.identity)
        return commits(made.root)[0].author

    made.commit({"a": "1"})
    assert author() == "Ada"
    made.write(".mailmap", MAILMAP)
    assert author() == "New Name"
    made.commit()
    made.write(".mailmap", MAILMAP.replace("New", "Newer"))
    assert author() == "Newer Name"
    made.write(".mailmap", None)  # as in a sparse checkout
    assert author() == "New Name"
    assert len(set(identities)) == 4


def test_a_bare_repository_has_the_committed_mailmap(made: Made, tmp_path: Path) -> None:
    made.commit({"a": "1", ".mailmap": MAILMAP})
    made.git("clone", "--quiet", "--bare", str(made.root), str(tmp_path / "bare"))
    assert commits(tmp_path / "bare")[0].author == "New Name"


@pytest.mark.parametrize("kind", ["pipe", "link", "directory", "large"])
def test_a_mailmap_that_is_no_usable_file_is_ignored(made: Made, tmp_path: Path, kind: str) -> None:
    made.commit({"a": "1"})
    path = made.root / ".mailmap"
    (tmp_path / "elsewhere").write_text(MAILMAP)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to(tmp_path / "elsewhere")
        case "directory":
            path.mkdir()
        case "large":
            path.write_text(MAILMAP + "#" * MAX_FILE_BYTES)
    assert commits(made.root)[0].author == "Ada"


def test_settings_name_no_other_mailmap(made: Made, tmp_path: Path) -> None:
    made.commit({"a": "1", "other": MAILMAP})
    (tmp_path / "elsewhere").write_text(MAILMAP)
    made.git("config", "mailmap.file", str(tmp_path / "elsewhere"))
    made.git("config", "mailmap.blob", "HEAD:other")
    assert commits(made.root)[0].author == "Ada"


def test_replacements_and_grafts_are_ignored(made: Made) -> None:
    first = made.commit({"a": "1"})
    second = made.commit({"a": "2"})
    made.git("replace", "--graft", second)
    (made.root / ".git" / "info").mkdir(exist_ok=True)
    made.write(".git/info/grafts", f"{second}\n")
    assert [commit.id for commit in commits(made.root)] == [first, second]


# Blobs -----------------------------------------------------------------------------------------


def test_read_the_start_of_blobs_in_order(made: Made) -> None:
    large, larger = b"x" * HEADER_BYTES, b"y" * (3 << 20)
    contents = {"a": b"", "b": b"1\n2", "c": large, "d": larger, "e": b"\0\n"}
    made.commit(contents)
    wanted = [blob(made, name) for name in "edcba"]
    found = list(GitRepository.open(made.root).read_blobs(wanted))
    assert [name for name, _data in found] == wanted
    assert [data for _name, data in found] == [contents[n][:HEADER_BYTES] for n in "edcba"]
    assert dict(GitRepository.open(made.root).read_blobs([wanted[1]], limit=7)) == {
        wanted[1]: b"y" * 7
    }
    assert list(GitRepository.open(made.root).read_blobs([])) == []


def test_missing_blobs(made: Made) -> None:
    made.commit({"a": "1"})
    with pytest.raises(RepositoryError, match="is missing: the clone is partial or damaged"):
        list(GitRepository.open(made.root).read_blobs([blob(made, "a"), "0" * 40]))


def test_a_damaged_blob(made: Made) -> None:
    made.commit({"a": "1" * 10_000, "b": "2"})
    name = blob(made, "a")
    loose = made.root / ".git" / "objects" / name[:2] / name[2:]
    loose.chmod(0o600)
    loose.write_bytes(loose.read_bytes()[:-8])
    with pytest.raises(RepositoryError):
        list(GitRepository.open(made.root).read_blobs([name, blob(made, "b")]))


def test_a_damaged_tree(made: Made) -> None:
    made.commit({"a": "1"})
    head = made.commit({"a": "2"})
    name = made.git("rev-parse", "HEAD^{tree}")
    (made.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    git = GitRepository.open(made.root)
    with pytest.raises(RepositoryError, match="objects are missing"):
        list(git.commits(head))
    with pytest.raises(RepositoryError, match="objects are missing"):
        git.tree(head)


_NONSENSE = "--format=%H%x00%x00%x00%x00%x00:half a row%x00"


def test_output_that_is_not_a_log(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    head = made.commit({"a": "1"})
    monkeypatch.setattr("fep_tools.history.git.COMMIT_FORMAT", _NONSENSE)
    with pytest.raises(GitError, match="the output of git log is incomplete or damaged"):
        list(GitRepository.open(made.root).commits(head))


def test_blobs_are_read_while_their_ids_are_computed(made: Made) -> None:
    made.commit({"a": "1", "b": "2"})
    git = GitRepository.open(made.root)
    commits: list[Commit] = []

    def ids() -> Iterator[str]:
        for commit in git.commits(git.resolve("HEAD")):
            commits.append(commit)
            yield from (change.blob for change in commit.changes if change.blob)

    assert [data for _blob, data in git.read_blobs(ids())] == [b"1", b"2"]
    assert len(commits) == 1


def test_a_failure_while_ids_are_computed_is_raised(made: Made) -> None:
    made.commit({"a": "1", "b": "2"})
    git = GitRepository.open(made.root)
    wanted = [blob(made, "a"), blob(made, "b")]

    def failing(count: int) -> Iterator[str]:
        yield from wanted[:count]
        raise RepositoryError("the log ends early")

    for count in (0, 1, 2):
        with pytest.raises(RepositoryError, match="the log ends early"):
            list(git.read_blobs(failing(count)))


def test_no_id_is_computed_any_more_once_git_has_failed(made: Made) -> None:
    made.commit({"a": "1"})
    endless = ("0" * 40 for _ in iter(int, 1))
    with pytest.raises(RepositoryError, match="is missing"):
        list(GitRepository.open(made.root).read_blobs(endless))

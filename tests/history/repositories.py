"""Repositories made with git itself, for tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from fep_tools.process.loader import load_process

ROOT = Path(__file__).parents[2]
FEP = load_process(ROOT / "fep" / "process.toml")
PEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "pep.toml")
DEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "dep.toml")

START = 1_600_000_000
DAY = 86_400
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
BODY = "".join(f"Line {number} of what is proposed here.\n" for number in range(30))


def text(number: int, status: str, body: str = BODY, acronym: str = "FEP") -> str:
    """A proposal whose body is long enough for git to see it again when it is renamed."""
    return f"{acronym}: {number}\nTitle: About {number}\nStatus: {status}\n\n{body}"


def path(number: int) -> str:
    return f"proposals/fep-{number:04}.rst"


class Made:
    """A repository at *root*; each commit is made a day after the last one."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.day = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str, data: bytes | None = None, **environment: str) -> str:
        """What git answers."""
        return self.answer(*arguments, data=data, **environment).decode().strip()

    def answer(self, *arguments: str, data: bytes | None = None, **environment: str) -> bytes:
        moment = f"{START + self.day * DAY} +0000"
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        return subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **IDENTITY, **dates, **environment},
            input=data,
            capture_output=True,
            check=True,
        ).stdout

    def write(self, name: str, content: str | bytes | None) -> None:
        """Make the file *name*, or remove it where *content* is ``None``."""
        full = self.root / name
        if content is None:
            full.unlink()
            return
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self, files: Mapping[str, str | bytes | None] | None = None, **environment: str
    ) -> str:
        """Commit the tree as it is with *files*; the id."""
        for name, content in (files or {}).items():
            self.write(name, content)
        self.git("add", "--all")
        return self.seal(**environment)

    def seal(self, **environment: str) -> str:
        """Commit what is staged; the id."""
        self.day += 1
        self.git(
            "commit", "--quiet", "--allow-empty", "--message=a change", data=None, **environment
        )
        return self.git("rev-parse", "HEAD")

    def move(self, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", "--", old, new)

    def branch(self, name: str, start: str = "HEAD") -> None:
        self.git("checkout", "--quiet", "-b", name, start)

    def switch(self, name: str) -> None:
        self.git("checkout", "--quiet", name)

    def merge(self, *names: str, options: tuple[str, ...] = ()) -> str:
        """Merge *names* with a commit of its own; the id."""
        self.day += 1
        self.git("merge", "--quiet", "--no-ff", "--message=a merge", *options, *names)
        return self.git("rev-parse", "HEAD")

    def raw(self, content: bytes) -> str:
        """A commit object of exactly that content, which need not make sense."""
        wanted = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
        return self.git(*wanted, data=content)

    def tree(self) -> str:
        return self.git("write-tree")

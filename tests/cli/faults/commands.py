"""Every command, with arguments that make it do its work in the repository of the tests."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

COMMANDS = {
    "adopt": "adopt adopted",
    "agenda": "agenda",
    "announce": "announce HEAD",
    "baseline prune": "baseline prune",
    "baseline write": "baseline write",
    "build": "build --jobs 1 --search sphinx",
    "check": "check --fix",
    "compare": "compare result.json result.json",
    "completion": "completion zsh",
    "diff": "diff 10",
    "explain": "explain H103",
    "export": "export json --output exported.json",
    "extensions affected": "extensions affected --dry-run",
    "extensions report": "extensions report --from absent.json",
    "extensions scan": "extensions scan --proposal 10",
    "extensions test": "extensions test --flask 3.1.2 --as-of 2020-01-01",
    "init": "init new --acronym TIP --name Tip --author A --no-build",
    "list": "list",
    "log": "log --all",
    "lsp": "lsp",
    "new": "new Views --author A",
    "next": "next",
    "notes audit": "notes audit",
    "notes check": "notes check",
    "notes lock": "notes lock absent",
    "notes matrix": "notes matrix",
    "notes run": "notes run --update",
    "notes since": "notes since 10",
    "overdue": "overdue",
    "preview": "preview 99",  # there is none: it would not end
    "process": "process",
    "ready": "ready 10",
    "related": "related 10",
    "release": "release 3.2",
    "renumber": "renumber 12",
    "rules": "rules",
    "schema": "schema check",
    "show": "show 10",
    "stats": "stats",
    "transition": "transition 10 Withdrawn --why 'Nobody needs it.'",
    "upgrade": "upgrade --from 2.2 --to 3.1 application.py",
}

WRITES = {
    "adopt", "baseline prune", "baseline write", "build", "check", "export", "init", "new",
    "renumber", "transition",
}  # fmt: skip
"""The commands that change files, with these arguments."""

ELSEWHERE = {
    "extensions affected", "extensions report", "extensions test", "notes lock", "notes run",
}  # fmt: skip
"""The commands that write with other arguments, through the same functions, and need a network."""


def arguments(command: str) -> list[str]:
    """Return the arguments of a command."""
    return shlex.split(COMMANDS[command])


def prepare(root: Path) -> None:
    """Add the files that the commands need, and something to fix and to prune."""
    bad = root / "proposals" / "fep-0011.rst"
    bad.write_text(bad.read_text("utf-8").replace("2026-01-02", "2 January 2026"), "utf-8")
    other = root / "proposals" / "fep-0010.rst"
    other.write_text(other.read_text("utf-8") + "\nSee :fep:`12`.\n", "utf-8")
    (root / "application.py").write_text("import flask\n", "utf-8")
    adopted = root / "adopted" / "texts"
    adopted.mkdir(parents=True)
    for number in (1, 2, 3):
        text = (
            f"TIP: {number}\nTitle: Title {number}\nAuthor: A\nStatus: Draft\n\nText\n====\n\nX.\n"
        )
        (adopted / f"tip-{number:04}.rst").write_text(text, "utf-8")
    result = {"schema_version": 1, "diagnostics": [], "complete": True}
    (root / "result.json").write_text(json.dumps(result), "utf-8")


def tree(root: Path) -> dict[str, bytes]:
    """Return the contents of all files of a repository but those of git and of the cache."""
    paths = {p.relative_to(root): p for p in root.rglob("*") if p.is_file()}
    return {
        path.as_posix(): file.read_bytes()
        for path, file in paths.items()
        if not {".git", ".fep_cache"} & set(path.parts)
    }

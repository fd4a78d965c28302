"""The commits that changed statuses of PEPs, as git has them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

_STATUS = re.compile(r"^([-+])Status: *(.*?) *$", re.MULTILINE)
_FILE = re.compile(r"(?:^|/)pep-\d+\.(?:rst|txt)$")


class StatusLine(NamedTuple):
    """A line ``Status:`` that a commit changed, with the values as they were written."""

    commit: str
    day: date
    path: str
    before: str
    after: str


def status_changes(root: Path, since: str) -> Iterator[StatusLine]:
    """Yield the changed lines of the main line's commits since a day, oldest first."""
    command = ["git", "log", "--first-parent", "--reverse", "--no-renames", f"--since={since}"]
    command += ["-G^Status:", "--diff-filter=M", "--format=%x01%H %cs", "-p", "--unified=0"]
    out = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    for block in out.decode("utf-8", "replace").split("\x01")[1:]:
        head, _, diff = block.partition("\n")
        commit, day = head.split()
        for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
            path = part.split(" b/", 1)[-1].split("\n", 1)[0]
            # The first of each: the body of a PEP about PEPs has such lines, too.
            lines = {match[1]: match[2] for match in reversed(list(_STATUS.finditer(part)))}
            if _FILE.search(path) and len(lines) == 2 and lines["-"] != lines["+"]:
                yield StatusLine(commit, date.fromisoformat(day), path, lines["-"], lines["+"])


def show(root: Path, revision: str, path: str) -> str:
    """Return the text of a file at a revision."""
    command = ["git", "show", f"{revision}:{path}"]
    data = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    return data.decode("utf-8", "replace")

"""Statuses that proposals have only between the commits of a change.

The check compares the ends of a change. If its commits become those of the base, one that sets
Active to Review and another that sets it back are a new decision, about the text of the latter.
"""

from __future__ import annotations

from collections.abc import Mapping

from .._decoding import decode_text
from .._files import FileContent
from .._text import plural
from ..history.git import GitRepository
from ..history.snapshot import read_files
from ..process.model import Process
from ..proposals.model import Proposal

MAX_VERSIONS = 2000
"""How many versions of proposals are looked at."""


def notes(
    git: GitRepository,
    base: str,
    head: str,
    before: Mapping[str, FileContent],
    after: Mapping[str, FileContent],
    process: Process,
) -> list[str]:
    """Return a note for each proposal whose status changes and is the same again at the end.

    :param base: The commit at which the change began.
    :param before: The files of proposals before the change.
    """
    edited = sorted(path for path in before.keys() & after.keys() if before[path] != after[path])
    statuses = {path: _status(before[path], process, path) for path in edited}
    kept = [path for path in edited if statuses[path] == _status(after[path], process, path)]
    commits = git.commits_on(kept, base, head) if kept else []
    if len(commits) < 2:
        return []
    versions = [(commit, path) for path in kept for commit in commits]
    found: dict[str, str] = {}
    for _commit, path, data in read_files(git, versions[:MAX_VERSIONS]):
        status = _status(data, process, path)
        if status and status != statuses[path]:
            found.setdefault(path, status)
    result = [
        f"{path} becomes {status} and then {statuses[path]} again in the commits of this change, "
        "so its new text would count as the one that was decided; merge them as one commit"
        for path, status in found.items()
        if statuses[path]
    ]
    if (others := len(versions) - MAX_VERSIONS) > 0:
        result.append(f"the status in {plural(others, 'version')} of proposals was not looked at")
    return result


def _status(source: FileContent, process: Process, path: str) -> str | None:
    if not isinstance(source, bytes):
        return None
    return Proposal.parse(decode_text(source)[0] or "", process, path).status

"""What ``fep log`` tells, remembered under the commit that it is told of.

What was told once needs neither the process nor the timelines again: git is asked where it
stands, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TYPE_CHECKING

from ... import _toml
from ..._cache import key, tool
from ...errors import ProcessError

if TYPE_CHECKING:
    from ...history.model import History, Timeline
    from ...process.model import Process
    from ...repository import Repository

Form = Literal["text", "json"]


@dataclass(frozen=True)
class LogReport:
    """A text, and whether the whole past was there to tell it from."""

    text: str
    complete: bool = True


def log(repository: Repository, number: int | None, form: Form) -> LogReport | None:
    """What happened to proposal *number*, or to all; ``None`` where nothing is known of it."""
    name = _key(repository, str(number), form)
    known = repository.cache.get([name]).get(name) if name else None
    if known is not None:
        return LogReport(known)
    past = repository.history()
    lines = past.timelines if number is None else past.for_number(number)
    if number is not None and not lines:
        return None
    told = _told(past, lines, repository.process, form, one=number is not None)
    if name:
        repository.cache.put({name: told})
    return LogReport(told, past.complete)


def _told(
    past: History, lines: tuple[Timeline, ...], process: Process, form: Form, *, one: bool
) -> str:
    from . import log as timeline

    if form == "json":
        return timeline.as_json(lines, complete=past.complete)
    return timeline.text(lines, process) if one else timeline.overview(lines, process)


def _key(repository: Repository, *asked: str) -> bytes | None:
    """What the answer depends on; ``None`` where it cannot be remembered.

    Where a clone is cut off may change, and its head stays.
    """
    from ...history.git import GitRepository

    if repository.cache.folder is None:
        return None
    git = GitRepository.open(repository.root)
    if git.shallow:
        return None
    parts = (tool(), repository.process_text, git.prefix, git.resolve("HEAD"))
    return key("log", *parts, *asked, *_declared(repository))


def _declared(repository: Repository) -> Iterator[bytes]:
    """The files that may declare what happened, where the process has a header for that."""
    table = _toml.parse(repository.process_text, repository.process_name, ProcessError)
    headers = table.get("header")
    for header in headers if isinstance(headers, list) else []:
        if isinstance(header, dict) and header.get("role") == "history":
            wanted = str(header.get("name")).encode()
            sources = repository.sources.values()
            yield from (s for s in sources if isinstance(s, bytes) and wanted in s)

"""Releases: which proposals a version has, which it waits for, and which were forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args, Literal

from ..catalog.model import Catalog, CatalogEntry
from ..process.model import Process
from ..process.schema import Stage

ReleaseState = Literal["forgotten", "blocked", "planned", "accepted", "final", "dropped"]
"""How far a proposal is. Those that need an editor come first."""

STATES: tuple[ReleaseState, ...] = get_args(ReleaseState)


@dataclass(frozen=True)
class ReleaseEntry:
    """A proposal for a version, or one that an earlier version should have had.

    :param reasons: Why it is not accepted or final: predicates, such as ``requires FEP 7, which
        is Draft``.
    """

    entry: CatalogEntry
    state: ReleaseState
    reasons: tuple[str, ...] = ()


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts versions; 3.1 and 3.1.0 have the same.

    Words are after numbers: ``3.x`` is the last one of all 3.
    """
    parts = re.split(r"[.\-+]", version.strip().lower().removeprefix("v"))
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    return tuple((int(p), "") if p.isdecimal() else (10**9, p) for p in parts)


def is_for(entry: CatalogEntry, version: str) -> bool:
    """Return whether a proposal names that version."""
    return version_key(version) in map(version_key, entry.versions)


def compute_release(
    catalog: Catalog, process: Process, version: str, *, is_released: bool = False
) -> list[ReleaseEntry]:
    """Return the proposals for *version*, and those that were forgotten, by state and number.

    :param is_released: Whether the version is out, so that its proposals should be final.
    """
    release = _Release(catalog, process, version, is_released)
    found = [each for entry in catalog.proposals if (each := release.judge(entry))]
    return sorted(found, key=lambda each: (STATES.index(each.state), each.entry.number))


class _Release:
    def __init__(self, catalog: Catalog, process: Process, version: str, is_released: bool) -> None:
        self.catalog = catalog
        self.process = process
        self.version = version
        self.is_released = is_released

    def judge(self, entry: CatalogEntry) -> ReleaseEntry | None:
        """Return the state of a proposal; ``None`` if it has nothing to do with the version."""
        stage = self._stage(entry)
        if not is_for(entry, self.version):
            return self._judge_former(entry, stage)
        if stage == "done" or (stage == "dead" and self._was_done(entry)):
            return ReleaseEntry(entry, "final", tuple(self._ends(entry, stage)))
        if stage in ("dead", "waiting") or stage is None:
            return ReleaseEntry(entry, "dropped", (f"is {self._status(entry)}",))
        if self.is_released:
            return ReleaseEntry(entry, "forgotten", (f"is still {self._status(entry)}",))
        blockers = tuple(self._blockers(entry))
        undecided = (f"is not accepted: {self._status(entry)}",) if stage == "open" else ()
        state: ReleaseState = "accepted" if stage == "agreed" else "planned"
        return ReleaseEntry(entry, "blocked" if blockers else state, (*undecided, *blockers))

    def _judge_former(self, entry: CatalogEntry, stage: Stage | None) -> ReleaseEntry | None:
        """Return a proposal that goes on, though all its versions came before this one."""
        keys = [version_key(version) for version in entry.versions]
        if not keys or max(keys) > version_key(self.version) or stage not in ("open", "agreed"):
            return None
        reason = f"is for {', '.join(entry.versions)} and still {self._status(entry)}"
        return ReleaseEntry(entry, "forgotten", (reason,))

    def _blockers(self, entry: CatalogEntry) -> Iterator[str]:
        for number in entry.requires:
            label, required = self.process.label(number), self.catalog.get(number)
            if required is None:
                yield f"requires {label}, which does not exist"
            elif (stage := self._stage(required)) not in ("agreed", "done"):
                if not (stage == "dead" and self._was_done(required)):
                    yield f"requires {label}, which is {self._status(required)}"
            elif self._is_later(required):
                yield f"requires {label}, which is for {', '.join(required.versions)}"

    def _is_later(self, entry: CatalogEntry) -> bool:
        keys = [version_key(version) for version in entry.versions]
        return bool(keys) and min(keys) > version_key(self.version)

    def _ends(self, entry: CatalogEntry, stage: Stage | None) -> Iterator[str]:
        """Yield what became of a proposal that a version had."""
        if stage == "dead":
            yield f"is {self._status(entry)} now"
        if entry.removed:
            yield f"was removed in {', '.join(entry.removed)}"

    def _was_done(self, entry: CatalogEntry) -> bool:
        """Return whether a proposal that is dead was final until then."""
        before = [interval for interval in entry.intervals if interval.stage != "dead"]
        return bool(before) and before[-1].stage == "done"

    def _stage(self, entry: CatalogEntry) -> Stage | None:
        status = self.process.resolve_status(entry.status or "")
        return status.stage if status else None

    def _status(self, entry: CatalogEntry) -> str:
        return entry.status or "without a status"

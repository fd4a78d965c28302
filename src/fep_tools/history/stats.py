"""Figures made of timelines: which steps are taken, and how long things take.

How long a status lasts is told as survival analysis does: a proposal that is still in it
counts as "at least so long", neither as done nor as nothing (Kaplan and Meier, 1958).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile, zip_longest

from ..process.model import Process
from .model import Timeline


@dataclass(frozen=True, slots=True)
class Duration:
    """How many days something lasted; with ``ended=False`` it lasts still."""

    days: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class DurationQuartiles:
    """What is known of many stays.

    *median* is the number of days after which half are over, and ``None`` while it is not
    known; *early* and *late* are the same for a quarter and for three quarters.
    """

    count: int
    over: int
    first: int | None
    median: int | None
    third: int | None

    @classmethod
    def estimate(cls, stays: Sequence[Duration]) -> DurationQuartiles:
        """The Kaplan-Meier estimate for *stays*."""
        curve = list(_curve(stays))
        quarter, half, most = (
            next((days for days, left in curve if left <= limit + _ROUNDING), None)
            for limit in (0.75, 0.5, 0.25)
        )
        return cls(len(stays), sum(stay.is_over for stay in stays), quarter, half, most)


_ROUNDING = 1e-9


def _curve(stays: Sequence[Duration]) -> Iterator[tuple[int, float]]:
    """After how many days which share is left, at every day on which one ended."""
    ends = Counter(stay.days for stay in stays if stay.is_over)
    left, share = len(stays), 1.0
    for days, count in sorted(Counter(stay.days for stay in stays).items()):
        if ends[days]:
            share *= 1 - ends[days] / left
            yield days, share
        left -= count


@dataclass(frozen=True)
class Statistics:
    """Everything that ``fep stats`` tells.

    *steps* counts (from, to), old spellings of a status as what they mean, ``None`` for the
    beginning and the end of a file; *years* counts (year of creation, type).
    """

    proposals: int
    transitions: dict[tuple[str | None, str | None], int]
    durations: dict[str, DurationQuartiles]
    time_to_decision: DurationQuartiles
    created_per_year: dict[tuple[int, str], int]
    complete: bool


def compute_statistics(
    timelines: Iterable[Timeline],
    created: Iterable[tuple[date, str]],
    process: Process,
    today: date,
    *,
    complete: bool = True,
) -> Statistics:
    """The figures of *timelines*; *created* holds the day and the type of every proposal."""
    lines = list(timelines)
    stays: dict[str, list[Duration]] = {status.name: [] for status in process.statuses}
    for line in lines:
        for status, stay in _stays(line, process, today):
            stays[status].append(stay)
    decisions = [stay for line in lines for stay in _decision(line, process, today)]
    return Statistics(
        proposals=len(lines),
        transitions=dict(Counter(step for line in lines for step in _steps(line, process))),
        durations={
            status: DurationQuartiles.estimate(some) for status, some in stays.items() if some
        },
        time_to_decision=DurationQuartiles.estimate(decisions),
        created_per_year=dict(sorted(Counter((day.year, type_) for day, type_ in created).items())),
        complete=complete,
    )


StatusRun = tuple[str | None, date | None]
"""A status, old spellings as what they mean, and the day on which it began, if that is known."""


def status_runs(line: Timeline, process: Process) -> list[StatusRun]:
    """The statuses that a proposal was in, one after the other."""
    runs: list[StatusRun] = []
    for event in line.statuses:
        status = _meant(event.after, process)
        if not runs or runs[-1][0] != status:
            runs.append((status, event.date))
    return runs


def _meant(status: str | None, process: Process) -> str | None:
    known = process.resolve_status(status) if status is not None else None
    return known.name if known else status


def _steps(line: Timeline, process: Process) -> Iterator[tuple[str | None, str | None]]:
    for event in line.statuses:
        step = (_meant(event.before, process), _meant(event.after, process))
        if step[0] != step[1]:
            yield step


def _stays(line: Timeline, process: Process, today: date) -> Iterator[tuple[str, Duration]]:
    """The statuses that a proposal was in, and how long; what has no date is left out."""
    runs = status_runs(line, process)
    for (status, begun), following in zip_longest(runs, runs[1:]):
        ended = following[1] if following else today
        if status and process.status(status) and begun and ended:
            yield status, Duration(_days(begun, ended), following is not None)


def _decision(line: Timeline, process: Process, today: date) -> Iterator[Duration]:
    """How long it took from the first status to the first one that decides.

    What is given up meanwhile waited at least so long: to leave it out would count only the
    quick ones.
    """
    runs = status_runs(line, process)
    waiting = dropwhile(lambda run: run[0] != process.initial_status.name, runs)
    begun = next((day for _status, day in waiting), None)
    decided = [day for status, day in waiting if _decides(status, process)]
    status, last = runs[-1] if runs else (None, None)
    until = decided[0] if decided else today if _open(status, process) else last
    if begun and until:
        yield Duration(_days(begun, until), bool(decided))


def _days(first: date, last: date) -> int:
    """From one day to another; clocks that go backwards make it nothing."""
    return max((last - first).days, 0)


def _decides(status: str | None, process: Process) -> bool:
    known = process.status(status)
    return known is not None and known.decision


def _open(status: str | None, process: Process) -> bool:
    known = process.status(status)
    return known is not None and not known.closed

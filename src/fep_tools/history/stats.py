"""Statistics of timelines: counts of status transitions, and quartiles of durations.

Durations are estimated as in survival analysis. A proposal that is a Draft since 40 days will be
one for *at least* 40 days: to count it as 40 days, or to leave it out, would make every status
look shorter than it is. The Kaplan-Meier estimate uses such censored durations for as long as
they are known (E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete
Observations", Journal of the American Statistical Association, 1958).
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
    """A number of days.

    :param is_over: ``False`` if it has not ended, so that *days* is a lower bound.
    """

    days: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class DurationQuartiles:
    """The quartiles of durations, estimated by the Kaplan-Meier method.

    :param count: The number of durations.
    :param over: The number of those that are over.
    :param first: The number of days after which 25% have ended; ``None`` if that is not known,
        because too many have not ended. *median* and *third* are the same for 50% and 75%.
    """

    count: int
    over: int
    first: int | None
    median: int | None
    third: int | None

    @classmethod
    def estimate(cls, durations: Sequence[Duration]) -> DurationQuartiles:
        """Return the quartiles of *durations*."""
        curve = list(_survival_curve(durations))
        first, median, third = (
            next((days for days, share in curve if share <= limit + _ROUNDING), None)
            for limit in (0.75, 0.5, 0.25)
        )
        over = sum(duration.is_over for duration in durations)
        return cls(len(durations), over, first, median, third)


_ROUNDING = 1e-9  # 1 - 1/4 - 1/4 may be a little more than 0.5


def _survival_curve(durations: Sequence[Duration]) -> Iterator[tuple[int, float]]:
    """Yield, for each number of days at which a duration ended, the share that lasts longer.

    For 6, 6, 6+, 7 and 10+ days, where ``+`` has not ended:

    ====  ====================  ==========  ========================
    days  lasted at least that  ended then  share that lasts longer
    ====  ====================  ==========  ========================
    6     5                     2           1 - 2/5 = 0.6
    7     2                     1           0.6 * (1 - 1/2) = 0.3
    ====  ====================  ==========  ========================

    So the first quartile is 6 and the median 7. The third quartile is unknown: nothing is known
    beyond 10 days.
    """
    ended = Counter(duration.days for duration in durations if duration.is_over)
    at_risk, share = len(durations), 1.0
    for days, count in sorted(Counter(duration.days for duration in durations).items()):
        if ended[days]:
            share *= 1 - ended[days] / at_risk
            yield days, share
        at_risk -= count


@dataclass(frozen=True)
class Statistics:
    """The statistics that ``fep stats`` prints.

    Former names of a status count as its present one.

    :param proposals: The number of proposals.
    :param transitions: Counts by (from, to); ``None`` is before and after a file's existence.
    :param durations: The days spent in each status that a proposal was ever in.
    :param time_to_decision: The days from the first status to a decision.
    :param created_per_year: Counts by (year, type); the type is empty if there are none.
    :param complete: ``False`` if the clone does not have the whole history.
    :param until: The day up to which statuses that go on are counted.
    """

    proposals: int
    transitions: dict[tuple[str | None, str | None], int]
    durations: dict[str, DurationQuartiles]
    time_to_decision: DurationQuartiles
    created_per_year: dict[tuple[int, str], int]
    complete: bool
    until: date

    @property
    def most_frequent(self) -> list[tuple[tuple[str | None, str | None], int]]:
        """The transitions with their counts, the most frequent first."""
        return sorted(self.transitions.items(), key=lambda item: (-item[1], str(item[0])))


def compute_statistics(
    timelines: Iterable[Timeline],
    created: Iterable[tuple[date | None, str | None]],
    process: Process,
    today: date,
    *,
    complete: bool = True,
) -> Statistics:
    """Return the statistics of *timelines*.

    :param created: The day of creation and the type of every proposal, as far as they are known.
    :param today: The last day that counts for a status that has not ended.
    """
    timelines = list(timelines)
    durations: dict[str, list[Duration]] = {status.name: [] for status in process.statuses}
    for timeline in timelines:
        for status, duration in _status_durations(timeline, process, today):
            durations[status].append(duration)
    decisions = [time for line in timelines for time in _time_to_decision(line, process, today)]
    return Statistics(
        proposals=len(timelines),
        transitions=dict(
            Counter(pair for line in timelines for pair in _transitions(line, process))
        ),
        durations={
            status: DurationQuartiles.estimate(some) for status, some in durations.items() if some
        },
        time_to_decision=DurationQuartiles.estimate(decisions),
        created_per_year=dict(
            sorted(
                Counter(
                    (day.year, type_ or "")
                    for day, type_ in created
                    if day and (type_ or not process.types)
                ).items()
            )
        ),
        complete=complete,
        until=today,
    )


StatusRun = tuple[str | None, date | None]
"""A status and the day on which it began, if that is known."""


def status_runs(timeline: Timeline, process: Process) -> list[StatusRun]:
    """Return the statuses that a proposal was in, one after the other.

    A former name of a status and its present one are one status: a PEP that went from
    ``Acepted`` to ``Accepted`` has not changed it. ``None`` stands for a removed file.
    """
    runs: list[StatusRun] = []
    for event in timeline.statuses:
        status = current_name(event.after, process)
        if not runs or runs[-1][0] != status:
            runs.append((status, event.date))
    return runs


def current_name(status: str | None, process: Process) -> str | None:
    """Return the present name of a status, which may have a former one or other capitals."""
    resolved = process.resolve_status(status) if status is not None else None
    return resolved.name if resolved else status


def _transitions(timeline: Timeline, process: Process) -> Iterator[tuple[str | None, str | None]]:
    for event in timeline.statuses:
        before, after = current_name(event.before, process), current_name(event.after, process)
        if before != after:
            yield before, after


def _status_durations(
    timeline: Timeline, process: Process, today: date
) -> Iterator[tuple[str, Duration]]:
    """Yield how long each status has lasted, unless its first or last day is unknown."""
    runs = status_runs(timeline, process)
    for (status, start), following in zip_longest(runs, runs[1:]):
        end = following[1] if following else today
        if status and process.status(status) and start and end:
            yield status, Duration(_days_between(start, end), is_over=following is not None)


def _time_to_decision(timeline: Timeline, process: Process, today: date) -> Iterator[Duration]:
    """Yield the time from the first status of the process to the first one that is a decision.

    A proposal that was withdrawn instead has waited at least until then. To leave those out
    would count only the quick decisions.
    """
    runs = status_runs(timeline, process)
    since_initial = dropwhile(lambda run: run[0] != process.initial_status.name, runs)
    start = next((day for _status, day in since_initial), None)
    statuses = ((process.status(name), day) for name, day in since_initial)
    decisions = [day for status, day in statuses if status and status.decision]
    last_name, last_day = runs[-1] if runs else (None, None)
    last_status = process.status(last_name)
    is_open = last_status is not None and not last_status.closed
    end = decisions[0] if decisions else today if is_open else last_day
    if start and end:
        yield Duration(_days_between(start, end), is_over=bool(decisions))


def _days_between(first: date, last: date) -> int:
    """Return the number of days; 0 if clocks went backwards."""
    return max((last - first).days, 0)

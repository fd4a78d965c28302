"""Infer statuses and the transitions between them from files and history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..._text import closest_match
from ...history.model import Timeline
from .vocabulary import DERIVED, INITIAL_STATUS, STATUSES, StatusMeaning, UNKNOWN_STATUS

USUAL = 3
"""How often a transition must have happened to be allowed; otherwise it is unusual."""

LIKENESS = 0.8
"""How close a rare spelling must be to a frequent one to be a mistake, from 0 to 1."""


@dataclass(frozen=True)
class InferredStatus:
    """A status that proposals have or had.

    :param count: how many proposals have it now
    :param formerly: other spellings, and statuses that were renamed to it
    :param given: the header that has a value, if no header has the status
    :param missing: the header that has none, if no header has the status
    :param is_initial: whether proposals begin with it, although elsewhere it is a decision
    """

    name: str
    count: int
    formerly: tuple[str, ...] = ()
    given: str = ""
    missing: str = ""
    is_initial: bool = False

    @property
    def meaning(self) -> StatusMeaning:
        """Its meaning in most communities."""
        if self.is_initial:
            return INITIAL_STATUS
        return STATUSES.get(self.name.casefold(), UNKNOWN_STATUS)

    @property
    def rank(self) -> int:
        """The stage of a proposal with it, from 1; 0 if the proposal is not on the way."""
        return self.meaning.rank


@dataclass(frozen=True)
class InferredStatuses:
    """The statuses, the initial one first, and how often each transition happened."""

    statuses: tuple[InferredStatus, ...] = ()
    transitions: Mapping[tuple[str, str], int] = field(default_factory=dict)


def infer_statuses(values: Mapping[str, int], timelines: Iterable[Timeline]) -> InferredStatuses:
    """Return the statuses of a community.

    :param values: the values of the header now, with the number of proposals that have each
    :param timelines: the histories of all proposals, by a process that accepts any status
    """
    timelines = list(timelines)
    steps = [
        (event.before or None, event.after)  # "" is a header without a value
        for line in timelines
        for event in line.statuses
        if event.after
    ]
    names = _main_spellings(values, steps, _stages(timelines))
    counts: Counter[str] = Counter()
    for value, count in values.items():
        if value in names:
            counts[names[value]] += count
    moves = Counter(
        (names[before], names[after])
        for before, after in steps
        if before in names and after in names and names[before] != names[after]
    )
    first = Counter(names[after] for before, after in steps if before is None and after in names)
    statuses = [
        InferredStatus(
            name, counts[name], tuple(sorted(v for v, main in names.items() if main == name != v))
        )
        for name in dict.fromkeys(names.values())
    ]
    statuses.sort(key=lambda s: (not 0 < s.rank < 3, -first[s.name], -s.count))
    statuses[:1] = [replace(s, is_initial=_is_initial(s, moves)) for s in statuses[:1]]
    others = statuses[1:]
    others.sort(key=lambda s: (s.rank or 9, "closed" in s.meaning.flags, -s.count))
    return InferredStatuses((*statuses[:1], *others), moves)


def with_headers(statuses: InferredStatuses, names: Collection[str]) -> InferredStatuses:
    """Return the statuses that follow from the headers of a proposal, if no header has it.

    :param names: the names of all headers
    """
    steps = {status: name for status, name in DERIVED.items() if not name or name in names}
    following = dict(zip(steps, [*list(steps.values())[1:], ""], strict=True))
    counts = {status.name: status.count for status in statuses.statuses}
    derived = (
        InferredStatus(status, counts.get(status, 0), given=name, missing=following[status])
        for status, name in steps.items()
    )
    return replace(statuses, statuses=tuple(derived))


def _is_initial(status: InferredStatus, moves: Mapping[tuple[str, str], int]) -> bool:
    """Return whether proposals go on from *status* to one that is no further along elsewhere.

    KEPs begin as ``provisional``, and then become ``implementable``.
    """
    return any(
        before == status.name and count >= USUAL and 0 < _rank(after) <= status.rank
        for (before, after), count in moves.items()
        if status.rank > 2
    )


def _stages(timelines: Iterable[Timeline]) -> set[tuple[str, str]]:
    """Return pairs of statuses of which the second follows the first and does not respell it.

    Proposals of Kubernetes go from ``implementable`` to ``implemented``, each in a commit of its
    own. A spelling is corrected in one commit, or in a few.
    """
    commits: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for line in timelines:
        for event in line.statuses:
            if event.before and event.after:
                commits[event.before, event.after].add(event.commit)
    return {pair for pair, found in commits.items() if len(found) >= USUAL and _may_follow(*pair)}


def _may_follow(before: str, after: str) -> bool:
    """Return whether two words are not known to mean the same: Completed is Complete."""
    if before.casefold() == after.casefold():
        return False
    return not (_is_known(before) and _is_known(after)) or _rank(before) != _rank(after)


def _main_spellings(
    values: Mapping[str, int],
    steps: Sequence[tuple[str | None, str]],
    stages: Collection[tuple[str, str]],
) -> dict[str, str]:
    """Return the present name of every status that proposals have or had.

    :param stages: pairs that are not two spellings of one status, however similar they are

    A value of the past is a former name if most proposals that had it went on to a status that
    is as far along: PEPs that were ``Incomplete`` became ``Draft``.
    """
    past = Counter(after for _before, after in steps)
    initial = {after for before, after in steps if before is None}
    weight = Counter(values) + past
    present = [value for value in values if not _misspells(value, values, weight, stages)]
    names = {value: value for value in sorted(present, key=lambda value: -weight[value])}
    for value in [*values, *past]:
        if value in names:
            continue
        others = [name for name in names if names[name] == name]
        successors = Counter(after for before, after in steps if before == value)
        like = _like(value, others, stages)
        if like:
            names[value] = like
        elif value in values:
            names[value] = value
        elif successors:
            after, count = successors.most_common(1)[0]
            total = sum(successors.values())
            # A word that no community uses may be anything; then all of them must agree.
            is_near = 2 * count >= total and _rank(value) == _rank(after)
            if after in names and (is_near or (count == total and not _is_known(value))):
                names[value] = names[after]
            elif past[value] >= USUAL or (_is_known(value) and value in initial):
                names[value] = value
    return names


def _is_known(name: str) -> bool:
    return name.casefold() in STATUSES


def _rank(name: str) -> int:
    return STATUSES.get(name.casefold(), UNKNOWN_STATUS).rank


def _misspells(
    value: str,
    values: Mapping[str, int],
    weight: Mapping[str, int],
    stages: Collection[tuple[str, str]],
) -> bool:
    """Return whether *value* is a rare spelling of a frequent one, or one with other capitals."""
    same = (other for other in values if other.casefold() == value.casefold())
    if any(weight[other] > weight[value] for other in same):
        return True
    frequent = [other for other in values if weight[other] > 5 * weight[value]]
    return values[value] <= 2 and _like(value, frequent, stages) is not None


def _like(value: str, names: Iterable[str], stages: Collection[tuple[str, str]]) -> str | None:
    """Return that of *names* of which *value* seems to be another spelling."""
    by_word = {name.casefold(): name for name in names if (value, name) not in stages}
    match = closest_match(value.casefold().strip(" ."), by_word, LIKENESS)
    return by_word[match] if match else None

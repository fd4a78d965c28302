"""What a run did: for rules that look for what is of no use any more."""

from __future__ import annotations

from dataclasses import dataclass

from ..config import PerFile
from .baseline import BaselineEntry
from .rule import Rule
from .suppressions import Cause


@dataclass(frozen=True)
class RunContext:
    """What a run did, for rules about what is of no use.

    *codes* are those of its rules, *used* says what silenced findings of which code, and
    *stale* are the entries of the baseline that nothing matched any more.
    """

    codes: frozenset[str] = frozenset()
    used: frozenset[tuple[Cause, str]] = frozenset()
    per_file: tuple[PerFile, ...] = ()
    baseline: str = ""
    stale: tuple[BaselineEntry, ...] = ()


def runs_last(rule: Rule) -> bool:
    """Whether *rule* judges what the others did; of that, nothing is known beforehand."""
    return RunContext in rule.parameters

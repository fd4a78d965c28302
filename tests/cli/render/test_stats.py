"""Statistics as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from fep_tools.cli.render import stats
from fep_tools.history.stats import DurationQuartiles, Statistics

STATISTICS = Statistics(
    proposals=2,
    transitions={
        ("Draft", "Final"): 1,
        (None, "Draft"): 12,
        ("", "\x1b[31m"): 1,
        ("Final", None): 1,
    },
    durations={"Draft": DurationQuartiles(2, 1, 5, 30, None)},
    time_to_decision=DurationQuartiles(0, 0, None, None, None),
    created_per_year={(2025, "Process"): 1, (2026, "Standards Track"): 12},
    complete=True,
    until=date(2026, 11, 20),
)
TEXT = """\
2 proposals

Status changes
  new -> Draft         12
  (empty) -> \\x1b[31m   1
  Draft -> Final        1
  Final -> removed      1

Days in each status (Kaplan-Meier estimate; -: too little data)
Open periods are counted up to 2026-11-20.
                           25%  Median  75%  Completed
  Draft                      5      30    -     1 of 2
  First draft to decision    -       -    -     0 of 0

New proposals by year and type
  2025  Process           1
  2026  Standards Track  12
"""


def test_text() -> None:
    assert stats.as_text(STATISTICS) == TEXT


def test_text_of_a_shallow_clone() -> None:
    first = stats.as_text(replace(STATISTICS, proposals=1, complete=False)).splitlines()[0]
    assert first == "1 proposal (the history is incomplete: the clone is shallow)"


def test_text_without_history() -> None:
    empty = replace(STATISTICS, transitions={}, durations={}, created_per_year={})
    assert "Status changes\n\nDays in each status" in stats.as_text(empty)


def test_text_and_json_without_types() -> None:
    plain = replace(STATISTICS, created_per_year={(2025, ""): 1})
    assert stats.as_text(plain).endswith("\nNew proposals by year\n  2025  1\n")
    assert json.loads(stats.as_json(plain))["created"] == [{"year": 2025, "type": None, "count": 1}]


def test_json() -> None:
    assert json.loads(stats.as_json(STATISTICS)) == {
        "schema_version": 1,
        "complete": True,
        "until": "2026-11-20",
        "proposals": 2,
        "transitions": [
            {"from": None, "to": "Draft", "count": 12},
            {"from": "", "to": "\x1b[31m", "count": 1},
            {"from": "Draft", "to": "Final", "count": 1},
            {"from": "Final", "to": None, "count": 1},
        ],
        "days_in_status": [
            {"status": "Draft", "count": 2, "completed": 1, "first_quartile": 5, "median": 30,
             "third_quartile": None},
        ],
        "days_to_decision": {
            "count": 0, "completed": 0,
            "first_quartile": None, "median": None, "third_quartile": None,
        },
        "created": [
            {"year": 2025, "type": "Process", "count": 1},
            {"year": 2026, "type": "Standards Track", "count": 12},
        ],
    }  # fmt: skip

"""Statistics as text and as JSON."""

from __future__ import annotations

import json

from fep_tools.cli.render import stats
from fep_tools.history.stats import DurationQuartiles, Statistics

FOUND = Statistics(
    proposals=2,
    transitions={
        ("Draft", "Final"): 1,
        (None, "Draft"): 2,
        ("", "\x1b[31m"): 1,
        ("Final", None): 1,
    },
    durations={"Draft": DurationQuartiles(2, 1, 5, 30, None)},
    time_to_decision=DurationQuartiles(0, 0, None, None, None),
    created_per_year={(2025, "Process"): 1, (2026, "Standards Track"): 12},
    complete=False,
)


def test_text() -> None:
    expected = """\
2 proposals; the history is cut short
Steps
  (none) -> Draft      2
  (empty) -> \\x1b[31m  1
  Draft -> Final       1
  Final -> (none)      1

Days in a status: a quarter, half and three quarters are over after ...
  Draft  5, 30, ?  (1 of 2 are over)

Days from the first draft to a decision: ?, ?, ?  (0 of 0 are over)

New proposals by year and type
  2025  Process          1
  2026  Standards Track  12
"""
    assert stats.text(FOUND) == expected


def test_json() -> None:
    told = json.loads(stats.as_json(FOUND))
    assert told["steps"][0] == {"from": None, "to": "Draft", "count": 2}
    assert told["days_in_status"] == [
        {
            "status": "Draft",
            "count": 2,
            "ended": 1,
            "quarter": 5,
            "median": 30,
            "three_quarters": None,
        }
    ]
    assert told["created"][1] == {"year": 2026, "type": "Standards Track", "count": 12}
    assert (told["complete"], told["proposals"], told["schema_version"]) == (False, 2, 1)
    assert told["days_to_decision"]["median"] is None

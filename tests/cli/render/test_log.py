"""Timelines as text and as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fep_tools._text import safe
from fep_tools.cli.render import log
from fep_tools.history.model import Event, Timeline
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process

DAY = date(2026, 11, 20)
ROOT = Path(__file__).parents[3]
PEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "pep.toml")


def test_every_event_is_below_a_heading(process: Process) -> None:
    line = Timeline(
        7,
        "proposals/fep-0007.rst",
        (
            Event("title", None, "Old title", DAY, "a" * 40, "Ada"),
            Event("status", None, "Draft", DAY, "a" * 40, "Ada"),
            Event("title", "Old title", "New title", None, "b" * 40, "Grace Hopper"),
            Event("status", "Draft", "", DAY, "c" * 40, "Ada"),
            Event("status", "", None, DAY, "d" * 40, "Ada"),
        ),
    )
    assert log.as_text([line], process) == (
        "FEP 7: New title\n"
        "  2026-11-20  Title: Old title  aaaaaaaaaa Ada\n"
        "  2026-11-20  Status: Draft  aaaaaaaaaa Ada\n"
        "  unknown     Title: Old title -> New title  bbbbbbbbbb Grace Hopper\n"
        "  2026-11-20  Status: Draft -> (empty) [no status]  cccccccccc Ada\n"
        "  2026-11-20  Status: (empty) [no status] -> (removed)  dddddddddd Ada\n"
    )


def test_declared_events_show_their_link(process: Process) -> None:
    event = Event("status", None, "Final", DAY, source="declared", link="https://example.org/1")
    output = log.as_text([Timeline(7, "x", (event,))], process)
    assert output == "FEP 7\n  2026-11-20  Status: Final  https://example.org/1\n"


def test_removed_files_and_shallow_clones(process: Process) -> None:
    lines = [Timeline(7, None), Timeline(7, "x", complete=False)]
    assert log.as_text(lines, process) == (
        "FEP 7\n  (the file was removed)\n\nFEP 7\n  (earlier history is not in this clone)\n"
    )


def test_a_former_status_shows_the_current_one() -> None:
    events = (
        Event("status", None, "Acepted", DAY),
        Event("status", "Acepted", "Frozen", DAY),
        Event("title", None, "Acepted", DAY),
    )
    assert log.as_overview([Timeline(7, "x", events)], PEP) == (
        "PEP 7: Acepted [Accepted] 2026-11-20 > Frozen [no status] 2026-11-20\n"
    )
    assert "  2026-11-20  Status: Acepted [Accepted] -> Frozen [no status]\n" in log.as_text(
        [Timeline(7, "x", events)], PEP
    )


def test_the_overview_has_a_line_for_each_proposal(process: Process) -> None:
    lines = [
        Timeline(1, "x", (Event("status", None, "Draft", DAY), Event("title", None, "T", DAY))),
        Timeline(
            2, None, (Event("status", None, "Draft", None), Event("status", "Draft", None, DAY))
        ),
        Timeline(3, "y", complete=False),
    ]
    assert log.as_overview(lines, process) == (
        "FEP 1: Draft 2026-11-20\nFEP 2: Draft unknown > (removed) 2026-11-20\nFEP 3: unknown\n"
    )
    assert log.as_overview([], process) == ""


def test_json(process: Process) -> None:
    events = (
        Event("status", None, "", DAY, "a" * 40, "Ada"),
        Event("status", "", "Final", None, None, None, "declared", "https://example.org/1"),
    )
    output = log.as_json([Timeline(7, "a\udcff.rst", events, complete=False)], complete=False)
    assert json.loads(output) == {
        "schema_version": 1,
        "complete": False,
        "proposals": [
            {
                "number": 7,
                "path": "a\\udcff.rst",
                "complete": False,
                "events": [
                    {
                        "kind": "status",
                        "from": None,
                        "to": "",
                        "date": "2026-11-20",
                        "commit": "a" * 40,
                        "author": "Ada",
                        "source": "commit",
                        "link": None,
                    },
                    {
                        "kind": "status",
                        "from": "",
                        "to": "Final",
                        "date": None,
                        "commit": None,
                        "author": None,
                        "source": "declared",
                        "link": "https://example.org/1",
                    },
                ],
            }
        ],
    }


hostile = st.text(max_size=20) | st.sampled_from(
    ["\x1b[31m", "::error::x", "##[add-mask]x", "\u202ex", "a\nb", "a\r", "\udcff", "\0", "x" * 500]
)


@given(st.lists(hostile, min_size=5, max_size=5), st.sampled_from(["title", "status", "author\n"]))
def test_output_is_harmless(words: list[str], kind: str) -> None:
    before, after, commit, author, link = words
    events = (
        Event("title", None, after, DAY, commit, author),
        Event(kind, before, after, DAY, commit, author),
        Event(kind, before, after, DAY, None, None, "declared", link),
    )
    lines = [Timeline(7, "x", events)]
    for output in (log.as_text(lines, PEP), log.as_overview(lines, PEP)):
        rows = output.split("\n")
        assert all(safe(row, None) == row for row in rows)
        assert len(rows) <= 5
    assert log.as_json(lines, complete=True).isascii()

"""A process as text, JSON, and graphs."""

from __future__ import annotations

import json

import pytest

from fep_tools.cli.render import process as render
from fep_tools.process.model import Process
from fep_tools.process.schema import Transition


def transition(**values: object) -> Transition:
    return Transition.model_validate({"from": "Draft", "to": ["Final"], **values})


@pytest.mark.parametrize(
    ("values", "conditions"),
    [
        ({}, ""),
        ({"types": ["Process"]}, "only Process"),
        ({"needs": ["Resolution", "Created"]}, "needs Resolution and Created"),
        ({"retroactive": True}, "only retroactive"),
        ({"level": "unusual"}, "unusual"),
        ({"decided_by": "upstream"}, "decided upstream"),
        ({"decided_by": "editor", "retroactive": True}, "decided by an editor; only retroactive"),
        ({"types": ["Process"], "needs": ["Created"]}, "only Process; needs Created"),
    ],
)
def test_conditions(process: Process, values: dict[str, object], conditions: str) -> None:
    small = process.model_copy(update={"transitions": (transition(**values),)})
    assert render.edges(small) == [("Draft", "Final", conditions)]
    assert render.as_text(small).endswith(f"\n  Draft -> Final  {conditions}".rstrip() + "\n")


def test_a_pair_of_statuses_has_one_edge(process: Process) -> None:
    several = (
        transition(types=["Process"]),
        transition(types=["Informational"], to=["Final", "Rejected"]),
        transition(types=["Process"], to=["Rejected"]),
        transition(to=["Rejected"]),
    )
    small = process.model_copy(update={"transitions": several})
    assert render.edges(small) == [
        ("Draft", "Final", "only Process or only Informational"),
        ("Draft", "Rejected", ""),
    ]


def test_graphs_have_every_edge(process: Process) -> None:
    dot, mermaid = render.as_dot(process), render.as_mermaid(process)
    edges = render.edges(process)
    assert all(f'"{source}" -> "{target}"' in dot for source, target, _text in edges)
    assert mermaid.count(" --> ") == len(edges) + 1
    assert f'state "{process.statuses[0].name}" as s0' in mermaid


def test_json_has_the_keys_of_the_process_file(process: Process) -> None:
    table = json.loads(render.as_json(process))
    assert table["acronym"] == process.acronym
    assert {"from", "to"} <= set(table["transition"][0])

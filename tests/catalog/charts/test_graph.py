"""The graph of relations: who is tied to whom, in boxes that hold their text."""

from __future__ import annotations

from fep_tools.catalog.charts import graph
from fep_tools.catalog.charts.graph import Box, Tie
from fep_tools.catalog.charts.svg import width

from .drawn import assert_inside, HOSTILE, numbers, read, SVG, texts


def boxes(*numbers: int) -> dict[int, Box]:
    return {n: Box(f"FEP {n}", f"Title {n}", "Draft", "open", f"../fep-{n:04}/") for n in numbers}


def test_groups_are_what_ties_bind_together() -> None:
    ties = [Tie(5, 6, "requires"), Tie(1, 2, "requires"), Tie(3, 2, "superseded by")]
    assert graph.groups(ties) == [(1, 2, 3), (5, 6)]
    joined = [Tie(1, 2, "requires"), Tie(3, 4, "requires"), Tie(5, 5, "requires")]
    assert graph.groups([*joined, Tie(4, 1, "requires")]) == [(1, 2, 3, 4), (5,)]


def test_boxes_and_arrows() -> None:
    ties = [Tie(1, 2, "requires"), Tie(3, 2, "superseded by"), Tie(1, 9, "requires")]
    root = read(graph.svg("Relations", boxes(1, 2, 3, 4), ties))
    assert {"FEP 1", "FEP 2", "FEP 3", "Title 1", "Draft"} == {*texts(root)} - {
        "Title 2",
        "Title 3",
    }
    lines = [p for p in root.iter(f"{SVG}path") if "fill" in p.attrib and "stroke" in p.attrib]
    assert len(lines) == 2
    assert sum("stroke-dasharray" in line.attrib for line in lines) == 1
    assert root[1].text == "FEP 1 requires FEP 2. FEP 3 is superseded by FEP 2."
    assert {link.attrib["href"] for link in root.iter(f"{SVG}a")} == {
        "../fep-0001/",
        "../fep-0002/",
        "../fep-0003/",
    }


def test_arrows_lead_from_the_one_that_requires() -> None:
    root = read(graph.svg("Relations", boxes(1, 2), [Tie(2, 1, "requires")]))
    tops = {
        box[2].text: numbers(box[1], "y")[0] for box in root.iter(f"{SVG}a")
    }  # a title, the shape, and what stands in it
    assert tops["FEP 2"] < tops["FEP 1"]
    assert "-arrow" in next(
        path.attrib["marker-end"]
        for path in root.iter(f"{SVG}path")
        if "fill" in path.attrib and "marker-end" in path.attrib
    )


def test_circles_and_both_kinds_between_two() -> None:
    ties = [Tie(1, 2, "requires"), Tie(2, 1, "requires"), Tie(1, 2, "superseded by")]
    read(graph.svg("Relations", boxes(1, 2), ties))


def test_a_group_that_nobody_could_follow_is_not_drawn() -> None:
    many = range(1, graph.LARGEST + 2)
    ties = [Tie(n, n + 1, "requires") for n in many]
    root = read(graph.svg("Relations", boxes(*many, 40, 41), [*ties, Tie(40, 41, "requires")]))
    assert [text for text in texts(root) if text.startswith("FEP")] == ["FEP 40", "FEP 41"]


def test_a_group_with_too_many_lines_is_not_drawn() -> None:
    some = range(1, 21)
    ties = [Tie(one, other, "requires") for other in some for one in range(other + 1, 21)]
    root = read(graph.svg("Relations", boxes(*some, 40, 41), [*ties, Tie(40, 41, "requires")]))
    assert [text for text in texts(root) if text.startswith("FEP")] == ["FEP 40", "FEP 41"]


def test_groups_stand_in_rows_no_wider_than_a_page() -> None:
    ties = [Tie(n, n + 1, "requires") for n in range(1, 40, 2)]
    root = read(graph.svg("Relations", boxes(*range(1, 41)), ties))
    assert float(root.attrib["width"]) <= graph.WIDTH
    assert_inside(root)


def test_text_of_strangers_is_text_and_stays_in_its_box() -> None:
    made = {
        1: Box(HOSTILE, HOSTILE, HOSTILE, None, f"../{HOSTILE}/", here=True),
        2: Box("FEP 2", "日本語" * 30, "Draft"),
    }
    root = read(graph.svg(HOSTILE, made, [Tie(1, 2, "requires")]))
    assert_inside(root)
    room = graph.BOX[0] - 16
    for text in root.iter(f"{SVG}text"):
        assert width(text.text or "", float(text.attrib.get("font-size", "13"))) <= room


def test_nothing_is_drawn_as_nothing() -> None:
    read(graph.svg("Relations", {}, []))

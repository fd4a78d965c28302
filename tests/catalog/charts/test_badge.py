"""Badges with the status of a proposal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import fep_tools.site
from fep_tools.catalog.charts.badge import badge, LABEL_COLORS, STATUS_COLORS
from fep_tools.catalog.exports import badges
from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.process.model import Process
from fep_tools.process.schema import Stage

from .read_svg import assert_inside, description, HOSTILE, read, SVG, texts, title

STYLE = Path(fep_tools.site.__file__).parent / "theme" / "static" / "base.css"


def entry(status: str | None = "Final", name: str = "Blueprints") -> CatalogEntry:
    return CatalogEntry(number=11, path="a.rst", status=status, title=name)


def test_a_badge_has_number_status_and_title(process: Process) -> None:
    root = read(badge(entry(), process))
    assert texts(root) == ["FEP 11", "Final"]
    assert (title(root), description(root)) == ("FEP 11: Final", "Blueprints")
    assert root.attrib["role"] == "img"


@pytest.mark.parametrize("status", ["Draft", "Accepted", "Final", "Deferred", "Rejected", None])
def test_the_text_is_inside_of_its_part(process: Process, status: str | None) -> None:
    root = read(badge(entry(status), process))
    assert_inside(root)
    parts = list(root.iter(f"{SVG}rect"))
    width = float(root.attrib["width"])
    assert sum(float(part.attrib["width"]) for part in parts[:2]) == pytest.approx(width, abs=0.2)


def test_a_proposal_without_a_status(process: Process) -> None:
    assert texts(read(badge(entry(None), process))) == ["FEP 11", "Unknown"]


@pytest.mark.parametrize("status", ["Draft", "Accepted", "Final", "Deferred", "Rejected"])
def test_the_stage_decides_about_the_colours(process: Process, status: str) -> None:
    found = process.status(status)
    assert found is not None
    svg = badge(entry(status), process)
    assert all(color in svg for color in STATUS_COLORS[found.stage])


def test_the_colours_are_those_of_the_theme() -> None:
    style = STYLE.read_text("utf-8")

    def light(name: str) -> str:
        match = re.search(rf"--{name}: light-dark\((#\w+),", style)
        assert match is not None
        return match[1]

    for stage in get_args(Stage):
        assert STATUS_COLORS[stage] == (light(stage), light(f"{stage}-ground"))
    assert STATUS_COLORS[None] == STATUS_COLORS["waiting"]
    assert (light("text"), light("surface")) == LABEL_COLORS


def luminance(color: str) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colors", [LABEL_COLORS, *STATUS_COLORS.values()])
def test_the_text_can_be_read(colors: tuple[str, str]) -> None:
    dark, light = sorted(map(luminance, colors))
    assert (light + 0.05) / (dark + 0.05) >= 7  # WCAG 2.2, 1.4.6


def test_hostile_text_stays_text(process: Process) -> None:
    hostile = process.model_copy(update={"acronym": "F<b"})
    assert_inside(read(badge(entry(HOSTILE, HOSTILE), hostile)))


def test_each_proposal_has_a_file(process: Process) -> None:
    catalog = Catalog(tool="t", process="FEP", proposals=(entry(),))
    assert badges.files(catalog, process).keys() == {"badge/11.svg"}

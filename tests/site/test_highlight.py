"""Text is read on every background that it stands on, by day and by night (WCAG 2, level AA)."""

from __future__ import annotations

import re

import pytest
from sphinx.highlighting import PygmentsBridge

from fep_tools.site import THEME
from fep_tools.site.highlight import Dark, Light, reuse_formatters

CSS = THEME.joinpath("static", "base.css").read_text("utf-8")
FOUND = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", CSS)
COLOURS = {
    "day": {name: day for name, day, _night in FOUND},
    "night": {name: night for name, _day, night in FOUND},
}
PAIRS = [
    *(
        (text, ground)
        for text in ("text", "quiet", "link", "warning")
        for ground in ("ground", "surface")
    ),
    ("text", "notice"),
    ("link", "notice"),
    ("text", "mark"),
    *((kind, f"{kind}-ground") for kind in ("open", "agreed", "done", "waiting", "dead")),
]


def light(colour: str) -> float:
    digits = colour.lstrip("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("time", COLOURS)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_enough_contrast(time: str, text: str, ground: str) -> None:
    colours = COLOURS[time]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("time", COLOURS)
@pytest.mark.parametrize("line", ["strong-line", "notice-line"])
def test_meaningful_lines_have_enough_contrast(time: str, line: str) -> None:
    assert contrast(COLOURS[time][line], COLOURS[time]["surface"]) >= 2.5


@pytest.mark.parametrize(("style", "time"), [(Light, "day"), (Dark, "night")])
def test_code_has_enough_contrast(style: type[Light | Dark], time: str) -> None:
    assert style.background_color == COLOURS[time]["surface"]
    for token, attributes in style:
        if attributes["color"]:
            assert contrast(f"#{attributes['color']}", style.background_color) >= 4.5, token
            assert contrast(f"#{attributes['color']}", style.highlight_color) >= 4.5, token


def test_blocks_with_the_same_options_share_a_formatter() -> None:
    bridge = PygmentsBridge("html", "fep_tools.site.highlight.Light")
    plain = bridge.highlight_block("x = 1", "python", linenos="inline", hl_lines=[1])
    reuse_formatters(bridge)
    formatter = bridge.get_formatter()
    assert bridge.get_formatter() is formatter
    marked = bridge.get_formatter(linenos="inline", hl_lines=[1])
    assert bridge.get_formatter(hl_lines=[1], linenos="inline") is marked is not formatter
    for _ in range(2):
        assert bridge.highlight_block("x = 1", "python", linenos="inline", hl_lines=[1]) == plain

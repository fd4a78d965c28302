"""Styles that an SVG picture may have: a browser that shows them asks for nothing.

They are put together by chance from what tokens of CSS begin and end with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from xml.sax.saxutils import quoteattr

import pytest
from playwright.sync_api import Browser, Route

from fep_tools.proposals.pictures import svg_problem

pytestmark = pytest.mark.browser

URL = "http://styles.example/"
LAST = f"{URL}last"
PARTS = (
    "url", "url(", 'url("', "u\\72", "\\75\r\n", "\\75 ", "u\\000072 ", "r", "l", "l(", "\\6c",
    "\\6C\t(", "src(", "image-set(", "@import ", "@\\69\r\nmport ", "URL", "URL)", '"URL"', "'URL'",
    "(", ")", '"', "'", "/*", "*/", "\\", "\\\n", '\\"', "\\(", "\\)", "\n", "\r\n", ";", "{", "}",
    "background-image:", "background-image:url(", "--a:", "var(--a)", "1", "1e", "+", "-", ".", "%",
    "@", "#", ",", " ", "\xd7", "\u2003", "<!--", "-->", "U+1?",
)  # fmt: skip
BEGINNINGS = ("", "background-image:", "background-image:url(", 'background:"/*"')


def styles(random: Random) -> Iterator[str]:
    """Yield styles, each with a URL of its own."""
    number = 0
    while True:
        parts = random.choices(PARTS, k=random.randint(2, 14))
        if any("URL" in part for part in parts):
            number += 1
            text = random.choice(BEGINNINGS) + "".join(parts)
            yield text.replace("URL", f"{URL}{number}-")


def is_accepted(style: str) -> bool:
    value = quoteattr(style, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><g style={value}/></svg>'
    return svg_problem(svg.encode()) == ""


def requested_by(browser: Browser, found: list[str]) -> list[str]:
    """Return the URLs that a browser asks for if elements and style sheets have these styles.

    The last element asks for `LAST`. Styles are computed in the order of the elements, so when
    this request arrives, those of the others have arrived before it, however slow the machine is.
    """
    urls: list[str] = []

    def record(route: Route) -> None:
        urls.append(route.request.url)
        route.abort()

    with browser.new_context() as context:
        context.route(re.compile("^http"), record)
        page = context.new_page()
        with page.expect_request(LAST, timeout=120_000):
            page.evaluate(
                """styles => styles.forEach((style, number) => {
                     for (const inSheet of [true, false]) {
                       const element = document.createElement("div");
                       element.textContent = "x";
                       document.body.append(element);
                       if (!inSheet) { element.setAttribute("style", style); continue; }
                       element.id = `e${number}`;
                       const sheet = document.createElement("style");
                       sheet.textContent = `#e${number}{${style}`;
                       document.head.append(sheet);
                     }
                   })""",
                [*found, f"background:url({LAST})"],
            )
    return [url for url in urls if url != LAST]


def test_what_a_picture_may_have_asks_for_nothing(browser: Browser) -> None:
    random = styles(Random(0))
    accepted = [style for style in (next(random) for _ in range(20_000)) if is_accepted(style)]
    assert len(accepted) > 1000
    assert requested_by(browser, accepted) == []


def test_what_it_may_not_have_would_ask(browser: Browser) -> None:
    """Or the test above would prove nothing."""
    random = styles(Random(0))
    refused = [style for style in (next(random) for _ in range(2000)) if not is_accepted(style)]
    assert requested_by(browser, refused)
    assert requested_by(browser, [f'background:u\\72\r\nl("{URL}")', f'}}@import "{URL}"']) != []

"""The status of a proposal as a small image, for pages on other sites.

Style sheets of a page do not apply to an image. So a badge has the light colours of the theme's
statuses itself, on a ground of its own, which fits light and dark pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...process.model import Process
from ...process.schema import Stage
from ..model import CatalogEntry
from .svg import document, rectangle, SMALL, text_element, text_width, truncate

HEIGHT, PADDING = 20.0, 7.0
BASELINE = 14.0
MAX_TEXT_WIDTH = 240.0

LABEL_COLORS = ("#1c2326", "#f5f7f8")
"""Colours of the text and of the ground of the label."""

STATUS_COLORS: Mapping[Stage | None, tuple[str, str]] = {
    "open": ("#0b4a63", "#e2f1f8"),
    "agreed": ("#50307a", "#eee7f8"),
    "done": ("#23561a", "#e4f2e0"),
    "waiting": ("#434f57", "#ebeff1"),
    "dead": ("#861d15", "#f9e7e5"),
    None: ("#434f57", "#ebeff1"),
}
"""Colours of the text and of the ground by stage, as in the theme's ``base.css``."""


def badge(entry: CatalogEntry, process: Process) -> str:
    """Return the label and the status of a proposal, such as ``FEP 11 | Final``, as SVG."""
    status = process.resolve_status(entry.status or "")
    names = process.label(entry.number), entry.status or "Unknown"
    label, name = (truncate(text, MAX_TEXT_WIDTH, SMALL) for text in names)
    left, right = (text_width(text, SMALL) + 2 * PADDING for text in (label, name))
    colors = STATUS_COLORS[status.stage if status else None]
    content = _part(0, left, label, LABEL_COLORS) + _part(left, right, name, colors)
    # The line around it, half of which is inside.
    content += rectangle(
        0.5,
        0.5,
        left + right - 1,
        HEIGHT - 1,
        "fep-badge-line",
        f'fill="none" stroke="{colors[0]}"',
    )
    title = f"{label}: {name}"
    return document("fep-badge", (left + right, HEIGHT), title, entry.title or title, content)


def _part(x: float, width: float, text: str, colors: tuple[str, str]) -> str:
    color, ground = colors
    middle = x + width / 2
    return rectangle(x, 0, width, HEIGHT, "fep-badge-part", f'fill="{ground}"') + text_element(
        middle, BASELINE, text, anchor="middle", size=SMALL, fill=color
    )

"""What servers answer in the report of the builder ``linkcheck``.

Sphinx writes the reason of an answer as it is, and the file is shown in terminals and by CI
services. See docs/security.rst, *sec-output*.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .._text import safe
from .domain import domain_of
from .page_files import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

REPORT = "output.txt"


def make_safe(app: Sphinx, _problem: Exception | None) -> None:
    """Escape what a terminal or a CI service would obey."""
    path = Path(app.outdir, REPORT)
    if app.builder.name != "linkcheck" or not domain_of(app.env).restricted or not path.is_file():
        return
    text = path.read_text("utf-8", "replace")
    write_if_changed(path, "\n".join(safe(line, None) for line in text.split("\n")).encode())


def register(app: Sphinx) -> None:
    """Connect to the end of a build."""
    app.connect("build-finished", make_safe)

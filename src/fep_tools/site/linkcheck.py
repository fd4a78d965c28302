"""The builder ``linkcheck``: which addresses it cannot ask for, and what servers answer.

Sphinx writes the reason of an answer as it is, and the file is shown in terminals and by CI
services. See docs/security.rst, *sec-output*.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from .._text import safe
from .domain import domain_of
from .page_files import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

REPORT = "output.txt"

_MAX_NAME = 200
"""Characters of what stands in the report for an address that cannot be asked for."""


def make_safe(app: Sphinx, _problem: Exception | None) -> None:
    """Escape what a terminal or a CI service would obey."""
    path = Path(app.outdir, REPORT)
    if app.builder.name != "linkcheck" or not domain_of(app.env).restricted or not path.is_file():
        return
    text = path.read_text("utf-8", "replace")
    write_if_changed(path, "\n".join(safe(line, None) for line in text.split("\n")).encode())


def replace_impossible(app: Sphinx, uri: str) -> str | None:
    """Return a name that is reported as broken, if Sphinx would fail at *uri*.

    Its threads end with an exception for ``http://[::1/``, ``http://é..org/`` and for names that
    are too long for a file. The build would wait for their answers for ever. Nor does it say
    whether there is a file outside of the site.
    """
    page = Path(app.env.doc2path(app.env.docname))
    try:
        parts = urlsplit(uri)
        parts.netloc.encode("idna")
        if parts.scheme or parts.netloc or not parts.path:
            return None
        inside = posixpath.join(page.parent.relative_to(app.srcdir).as_posix(), uri)
        if not posixpath.normpath(inside).startswith(("..", "/")):
            page.parent.joinpath(uri).exists()
            return None
    except (OSError, ValueError):
        pass
    return quote(uri, safe="", errors="replace")[:_MAX_NAME]


def register(app: Sphinx) -> None:
    """Connect to the links that are asked for, and to the end of a build."""
    app.connect("linkcheck-process-uri", replace_impossible)
    app.connect("build-finished", make_safe)

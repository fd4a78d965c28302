"""Make the two images of the README: ``make images``.

The first shows the index of this repository's site, the second a finding in a terminal.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions

from .conftest import NAMES, QUIET, ROOT, served

IMAGES = ROOT / "docs" / "images"
PROPOSAL = """\
FEP: 12
Title: Typed views
Author: Ada Lovelace
Status: Draft
Type: Standards Track
Created: 3 March 2026
"""

# The select graphic rendition codes that the text reporter uses, such as "\x1b[1;31m" for
# bold red, and the CSS of a dark terminal for each.
_STYLES = {
    "1": "font-weight: bold",
    "2": "opacity: 0.7",
    "31": "color: #ff7b72",
    "32": "color: #7ee787",
    "33": "color: #e3b341",
    "34": "color: #79c0ff",
    "35": "color: #d2a8ff",
    "36": "color: #56d4dd",
}
_CODES = re.compile("\x1b\\[([0-9;]*)m")
_TERMINAL = """\
<body style="margin: 0; background: #0d1117">
<pre style="display: inline-block; margin: 0; padding: 16px 20px; color: #e6edf3;
font: 14px/1.5 monospace">{}</pre>"""


def terminal_html(text: str) -> str:
    """Return a page that shows *text* with its colours, as a terminal would."""
    return _TERMINAL.format("".join(_spans(text)))


def _spans(text: str) -> Iterator[str]:
    parts = _CODES.split(text)
    yield html.escape(parts[0])
    for codes, part in zip(parts[1::2], parts[2::2], strict=True):
        style = "; ".join(_STYLES[code] for code in codes.split(";") if code in _STYLES)
        yield f'<span style="{style}">{html.escape(part)}</span>'


def finding_output() -> str:
    """Return what ``fep check`` prints for :data:`PROPOSAL`, with colours."""
    with TemporaryDirectory() as directory:
        root = Path(directory)
        shutil.copytree(ROOT / "fep", root / "fep")
        (root / "proposals").mkdir()
        path = "proposals/fep-0012.rst"
        (root / path).write_text(PROPOSAL, "utf-8")
        code = "from fep_tools.cli.main import main; main()"
        command = ["-c", code, "check", "--color", "always", "--select", "H", path]
        done = subprocess.run(
            [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
        )
    return f"$ fep check {path}\n{done.stdout}"


def _finding(page: Page) -> None:
    page.set_content(terminal_html(finding_output()))
    page.locator("pre").screenshot(path=IMAGES / "finding.png")


def _site(page: Page) -> None:
    with TemporaryDirectory() as directory:
        output = Path(directory) / "site"
        build(BuildOptions(root=ROOT, output=output), StringIO(), lambda _doing: None)
        for url in served(output):
            page.goto(url)
            page.screenshot(path=IMAGES / "site.png")


def make_images() -> None:
    """Write ``docs/images/site.png`` and ``docs/images/finding.png``."""
    names = (os.environ.get("FEP_CHROMIUM", ""), *NAMES)
    program = next(filter(None, map(shutil.which, names)))
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        page = chromium.new_page(viewport={"width": 1100, "height": 700})
        _site(page)
        _finding(page)
        chromium.close()


if __name__ == "__main__":
    make_images()

"""This repository's site, built once and served from this machine, and a browser to read it with.

What a test opens is watched: a page that asks for anything from elsewhere fails the test.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class Pages(SimpleHTTPRequestHandler):
    """Serves a directory as most hosts do, with ``404.html`` for missing pages."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Return the file, or the 404 page."""
        path = Path(self.translate_path(self.path))
        lost = Path(self.directory, "404.html")
        if path.exists() or not lost.is_file():
            return super().send_head()
        data = lost.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def served(directory: Path) -> Iterator[str]:
    """Serve a directory, and yield its URL with a ``/`` at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(directory)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's site, with Sphinx's search."""
    directory = tmp_path_factory.mktemp("browser") / "site"
    options = BuildOptions(root=ROOT, output=directory, search="sphinx")
    build(options, StringIO(), lambda _doing: None)
    return directory


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The URL of this repository's site."""
    yield from served(site_folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, or what ``FEP_CHROMIUM`` names; tests are skipped without it.

    For one module, since it keeps a loop running in which nothing else can be awaited.
    """
    names = (os.environ.get("FEP_CHROMIUM", ""), *NAMES)
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("Chromium is not installed; set FEP_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A new window that fails the test if a page requests another host."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    requested: list[str] = []
    opened.on("request", lambda request: requested.append(request.url))
    yield opened
    opened.close()
    assert [url for url in requested if not url.startswith((site, "data:"))] == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if one of its scripts did, or if a policy was broken."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console", lambda message: errors.append(message.text) if _bad(message.type) else None
    )
    yield opened
    assert [text for text in errors if "404 (" not in text] == []


def _bad(kind: str) -> bool:
    return kind in {"error", "warning"}

"""A folder of pages served to this machine alone, and pages that reload when it has changed.

Only whoever names this machine is answered, so that no page from elsewhere can read along.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ..errors import RepositoryError

HOST = "127.0.0.1"
OWN = "/-fep-/"
"""Where what is not of the folder is served."""

SCRIPT = f"new EventSource({OWN + 'changes'!r}).onmessage = () => location.reload();\n"
TAG = f'<script src="{OWN}reload.js"></script>\n</body>'
PATIENCE = 15.0
"""Seconds after which a waiting page is told that it is still being waited for."""


@dataclass
class ChangeSignal:
    """How often the folder has changed, for those who wait for the next time."""

    count: int = 0
    news: threading.Condition = field(default_factory=threading.Condition)

    def tell(self) -> None:
        """Wake everybody who waits."""
        with self.news:
            self.count += 1
            self.news.notify_all()

    def wait(self, known: int, seconds: float = PATIENCE) -> int:
        """The count, once it is not *known* any more or the time is over."""
        with self.news:
            self.news.wait_for(lambda: self.count != known, seconds)
            return self.count


class _Handler(SimpleHTTPRequestHandler):
    """The files of a folder; pages with a script that waits for changes."""

    protocol_version = "HTTP/1.0"

    def __init__(self, *arguments: object, changes: ChangeSignal, directory: str) -> None:
        self.changes = changes
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer whoever asks by the name of this machine."""
        if not self._is_asked_here():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == f"{OWN}changes":
            self._follow()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """The same without the text."""
        if self._is_asked_here():
            super().do_HEAD()
        else:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)

    def _is_asked_here(self) -> bool:
        name = (self.headers.get("Host") or "").rpartition(":")[0]
        return name in (HOST, "localhost")

    def send_head(self) -> BytesIO | BinaryIO | None:
        """A page with the script in it, the script, or any other file."""
        if self.path == f"{OWN}reload.js":
            return self._send(SCRIPT.encode(), "text/javascript")
        path = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if not self._is_served(path):
            return self._page(Path(self.directory, "404.html"), HTTPStatus.NOT_FOUND)
        return self._page(path) if path.suffix == ".html" else super().send_head()

    def _is_served(self, path: Path) -> bool:
        """Whether it is there, and no link leads to it that leads out of the folder."""
        try:
            return path.resolve(strict=True).is_relative_to(Path(self.directory).resolve())
        except (OSError, ValueError):
            return False

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        """Nothing: a folder without a page is none."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _page(self, path: Path, status: HTTPStatus = HTTPStatus.OK) -> BytesIO | None:
        try:
            page = path.read_text("utf-8")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._send(page.replace("</body>", TAG).encode(), "text/html", status)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def _follow(self) -> None:
        """Keep the line open, and say when something has changed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        known = self.changes.count
        try:
            while True:
                now = self.changes.wait(known)
                self.wfile.write(b": still here\n\n" if now == known else b"data: changed\n\n")
                known = now
        except OSError:
            return  # the page was closed

    def end_headers(self) -> None:
        """Nothing may be kept: the next time it may be another."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, changes: ChangeSignal, port: int = 0) -> Iterator[str]:
    """Serve *folder* as long as it lasts; the address, with a ``/`` at the end.

    Raises :class:`RepositoryError` where the port is taken.
    """
    handler = partial(_Handler, changes=changes, directory=str(folder))
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError:
        raise RepositoryError(f"port {port} is taken; name another with --port") from None
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.1,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def state(root: Path, *without: Path) -> dict[str, tuple[int, int]]:
    """When each file below *root* was written, and its size; hidden ones and *without* apart."""
    hidden = {os.fspath(path.resolve()) for path in without}
    found = {}
    for folder, folders, names in os.walk(root.resolve()):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and os.path.join(folder, name) not in hidden
        ]
        for name in names:
            path = os.path.join(folder, name)
            try:
                told = os.lstat(path)
            except OSError:
                continue  # it went while this looked
            found[path] = (told.st_mtime_ns, told.st_size)
    return found

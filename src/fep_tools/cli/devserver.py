"""A local web server for ``fep preview``; open pages reload when the site has been rebuilt.

It listens on the loopback interface and answers only requests whose ``Host`` is this machine.
Otherwise a page on the internet could read the preview by DNS rebinding. Browsers do not let
pages of other sites load its files either. See docs/security.rst, *sec-preview*.
"""

from __future__ import annotations

import os
import re
import sys
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
RESERVED = "/-fep-/"
"""URL path of the resources that are served in addition to the files of the site."""

SCRIPT = f"new EventSource({RESERVED + 'changes'!r}).onmessage = () => location.reload();\n"
# A file of its own: the content security policy of the pages forbids inline scripts.
SCRIPT_TAG = f'<script src="{RESERVED}reload.js"></script>\n</body>'
REQUEST_SECONDS = 30.0
"""How long a client may take for a request, or to read a part of the answer."""

KEEP_ALIVE_SECONDS = 15.0
"""Time between comments sent to a waiting page, so that a closed connection is noticed."""


@dataclass
class ChangeSignal:
    """A counter of rebuilds that threads can wait for."""

    count: int = 0
    condition: threading.Condition = field(default_factory=threading.Condition)

    def notify(self) -> None:
        """Count a rebuild and wake all waiting threads."""
        with self.condition:
            self.count += 1
            self.condition.notify_all()

    def wait(self, last_count: int, seconds: float = KEEP_ALIVE_SECONDS) -> int:
        """Wait until the count is no longer *last_count*, or for *seconds*; return the count."""
        with self.condition:
            self.condition.wait_for(lambda: self.count != last_count, seconds)
            return self.count


class _Handler(SimpleHTTPRequestHandler):
    """Serve the files of a directory, with the reload script in each HTML page."""

    # Closes each connection after the response, so that a browser cannot hold threads.
    protocol_version = "HTTP/1.0"
    timeout = REQUEST_SECONDS

    def __init__(self, *arguments: object, changes: ChangeSignal, directory: str) -> None:
        self.changes = changes
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Serve a file, the script, or the stream of changes."""
        if not self._is_local():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == f"{RESERVED}changes":
            self._stream_changes()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """Serve the headers of a file or the script."""
        if self._is_local():
            super().do_HEAD()
        else:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)

    def _is_local(self) -> bool:
        """Return whether the ``Host`` header, ``localhost`` or with a port, names this machine."""
        host = re.fullmatch(r"([a-z0-9.]+)(?::[0-9]+)?", self.headers.get("Host") or "")
        return host is not None and host[1] in (HOST, "localhost")

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the status and the headers; return the body, if there is one."""
        if self.path == f"{RESERVED}reload.js":
            return self._send(SCRIPT.encode(), "text/javascript")
        path = Path(self.translate_path(self.path))
        # What is left to the standard library may be "/#" as well: it serves an index.html there.
        if re.split("[?#]", self.path)[0].endswith("/"):
            path /= "index.html"
        if not self._is_inside(path):
            return self._send_page(Path(self.directory, "404.html"), HTTPStatus.NOT_FOUND)
        return self._send_page(path) if path.suffix == ".html" else super().send_head()

    def _is_inside(self, path: Path) -> bool:
        """Return whether *path* exists and is inside the directory once links are resolved."""
        try:
            return path.resolve(strict=True).is_relative_to(Path(self.directory).resolve())
        except (OSError, ValueError):
            return False

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        """Send "not found": a directory without ``index.html`` is not listed."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _send_page(self, path: Path, status: HTTPStatus = HTTPStatus.OK) -> BytesIO | None:
        try:
            page = path.read_text("utf-8", "replace")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._send(page.replace("</body>", SCRIPT_TAG).encode(), "text/html", status)

    def _send(self, data: bytes, media_type: str, status: HTTPStatus = HTTPStatus.OK) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def _stream_changes(self) -> None:
        """Send a server-sent event for each change until the page is closed.

        See https://html.spec.whatwg.org/multipage/server-sent-events.html.
        """
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        last_count = self.changes.count
        try:
            while True:
                count = self.changes.wait(last_count)
                # A line that begins with a colon is a comment, which browsers ignore.
                self.wfile.write(b": waiting\n\n" if count == last_count else b"data: changed\n\n")
                last_count = count
        except OSError:
            return  # the page was closed

    def end_headers(self) -> None:
        """Forbid caching: the next request may get a rebuilt page.

        Nor may a page of another site load what is served, such as the search index, which is a
        script that hands over the words of all pages.
        """
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Print nothing; the terminal shows rebuilds."""


class _Server(ThreadingHTTPServer):
    # Threads that wait for changes must not delay the end of the program.
    daemon_threads = True
    block_on_close = False
    # How many connections wait; a page has more files than the usual 5.
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Print one line about a request that failed; none if the browser has closed it."""
        error = sys.exception()
        if not isinstance(error, OSError):
            sys.stderr.write(f"fep: a request failed: {type(error).__name__}\n")


@contextmanager
def serve(directory: Path, changes: ChangeSignal, port: int = 0) -> Iterator[str]:
    """Serve *directory* inside the ``with`` block.

    :param changes: signals that the files have changed
    :param port: 0 for any free port
    :return: the URL of the server, which ends with ``/``
    :raises RepositoryError: if the port is in use
    """
    handler = partial(_Handler, changes=changes, directory=str(directory))
    try:
        server = _Server((HOST, port), handler)
    except OSError:
        raise RepositoryError(f"port {port} is in use; choose another with --port") from None
    thread = threading.Thread(target=server.serve_forever, args=(0.1,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

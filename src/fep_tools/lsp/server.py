"""The protocol's end of it: what an editor asks goes in, what we know goes out.

All work is done by one thread, in the order in which it was asked for; the editor is heard
meanwhile. What is typed is judged when nothing has been typed for a moment.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from .. import __version__
from .._text import safe
from ..errors import FepError
from .answers import Answers
from .documents import Document
from .workspaces import Office, Opener

PAUSE = 0.2
"""Seconds without a keystroke after which a text is judged."""

REFUSED = -32803
"""What the protocol calls a request that failed for a reason that people understand."""

WATCHED = ("**/pyproject.toml", "**/fep/**", "**/*.rst", "**/*.txt", "**/*.notes.json")
"""What an editor is asked to watch: what is looked at in nearly every repository."""

_Answer = TypeVar("_Answer")


class Server(LanguageServer):
    """One editor's server, and what it has open."""

    def __init__(self, opener: Opener, today: Callable[[], date]) -> None:
        # Changes come as whole texts: pygls cuts lines where editors do not, as at U+2028.
        kind = types.TextDocumentSyncKind.Full
        super().__init__("fep", __version__, text_document_sync_kind=kind)
        self.office = Office(opener)
        self._today = today
        self._thread = ThreadPoolExecutor(1, "fep")
        self._waiting: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @cached_property
    def answers(self) -> Answers:
        """What is answered, in the encoding that was agreed upon."""
        agreed = self.server_capabilities.position_encoding
        encoding = str(getattr(agreed, "value", agreed or "utf-16"))
        return Answers(self.office, self._today, encoding)

    def document(self, uri: str) -> Document | None:
        """The open document of that address, as it is now, if it is a file."""
        found, name = self.workspace.text_documents.get(uri), to_fs_path(uri)
        if found is None or not name or not uri.startswith("file:"):
            return None
        return Document(uri, Path(name), found.source, found.version)

    def documents(self) -> list[Document]:
        """Every open file."""
        found = map(self.document, list(self.workspace.text_documents))
        return [document for document in found if document is not None]

    # Work ------------------------------------------------------------------------------------

    def work(self, function: Callable[..., _Answer], *given: object) -> Awaitable[_Answer]:
        """What *function* answers, when its turn comes."""
        return asyncio.get_running_loop().run_in_executor(self._thread, function, *given)

    async def answer(
        self, function: Callable[..., _Answer], uri: str, *given: object
    ) -> _Answer | None:
        """What *function* says of the open document *uri*; a refusal is told plainly."""
        document = self.document(uri)
        if document is None:
            return None
        try:
            return await self.work(self.answers.ask, document, function, *given)
        except FepError as problem:
            raise JsonRpcException(safe(str(problem), None), REFUSED) from None

    def look(self, changed: Sequence[str] = (), saved: str = "") -> None:
        """Read again what *changed* on disk, find what belongs where, and judge."""
        files = [Path(name) for uri in changed if (name := to_fs_path(uri))]
        opened = [document.file for document in self.documents()]
        arranged = self.work(self._arranged, files, opened, to_fs_path(saved) if saved else None)
        self._begin(self._tell(arranged))
        self._begin(self._judge())

    def _arranged(
        self, changed: Sequence[Path], opened: Sequence[Path], saved: str | None
    ) -> list[str]:
        for file in changed:
            self.office.changed(file)
        told = self.office.arrange(opened)
        self.office.ask_git(Path(saved) if saved else None)
        return told

    def soon(self) -> None:
        """Judge what is open, when nothing has been typed for a moment."""
        if self._waiting is not None:
            self._waiting.cancel()
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(PAUSE, lambda: self._begin(self._judge()))

    def _begin(self, doing: Awaitable[None]) -> None:
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _judge(self) -> None:
        """Show what is found in what is open, unless that is another text meanwhile."""
        shown, complaints = await self.work(self.answers.judge, self.documents())
        for found in shown:
            now = self.document(found.uri)
            if now is not None and now.version == found.version:
                self.text_document_publish_diagnostics(found)
        self._complain(complaints)

    async def _tell(self, complaints: Awaitable[list[str]]) -> None:
        self._complain(await complaints)

    def _complain(self, complaints: Sequence[str]) -> None:
        for complaint in complaints:
            text = f"fep: {safe(complaint, None)}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))

    def end(self) -> None:
        """End what was begun."""
        self._thread.submit(self.office.close)
        self._thread.shutdown()


def serve(opener: Opener, today: Callable[[], date]) -> None:
    """Speak with an editor over standard input and output until it says goodbye."""
    from .features import register

    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_worth_telling)
    server = Server(opener, today)
    register(server)
    with _pipes() as (heard, said):
        try:
            server.start_io(heard, said)
        finally:
            server.end()


@contextmanager
def _pipes() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Standard input and output, which nothing else uses while this lasts.

    What would be written to standard output goes to standard error, and is no message.
    """
    saved = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    try:
        yield os.fdopen(saved[0], "rb", closefd=False), os.fdopen(saved[1], "wb", closefd=False)
    finally:
        for standard, copy in enumerate(saved):
            os.dup2(copy, standard)
            os.close(copy)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Whether a record is about a fault, and not about a request that was refused in words."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))

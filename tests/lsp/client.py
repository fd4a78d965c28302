"""An editor for tests: JSON-RPC over the pipes of a real ``fep lsp``, one step at a time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

PATIENCE = 60.0
"""Seconds until a test gives up; an answer takes a fraction of one."""

PROGRAM = "from fep_tools.cli.main import main; main()"

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
}

Message = dict[str, Any]


class Editor:
    """Something that opens files in *root*, and has a server to ask."""

    def __init__(self, root: Path, *arguments: str, **environment: str) -> None:
        self.root = root
        self.spelling: Callable[[Path], str] = Path.as_uri
        """How this editor writes the URI of a file."""
        self._server = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, "lsp", *arguments],
            cwd=root,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._to: BinaryIO = self._server.stdin  # type: ignore[assignment]
        self._heard: queue.Queue[Message] = queue.Queue()
        self._kept: list[Message] = []
        self._last = 0
        self._texts: dict[str, tuple[int, str]] = {}
        self._hearing = threading.Thread(target=self._hear, args=(self._server.stdout,))
        self._hearing.start()

    # Messages --------------------------------------------------------------------------------

    def _hear(self, source: Any) -> None:
        while header := source.readline():
            length = int(header.split(b":")[1])
            while source.readline().strip():
                continue
            self._heard.put(json.loads(source.read(length)))

    def _send(self, **message: Any) -> None:
        self.send_raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_raw(self, data: bytes) -> None:
        """Send the content of a message, which may be malformed."""
        self._to.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._to.flush()

    def wait(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message that is *wanted*; what else is heard is kept."""
        for message in self._kept:
            if wanted(message):
                self._kept.remove(message)
                return message
        while True:
            message = self._heard.get(timeout=PATIENCE)
            if wanted(message):
                return message
            self._kept.append(message)

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a request, or what is wrong with it."""
        self._last += 1
        number = self._last
        self._send(id=number, method=method, params=params)
        answer = self.wait(lambda m: m.get("id") == number and "method" not in m)
        return answer["error"]["message"] if "error" in answer else answer["result"]

    def tell(self, method: str, **params: Any) -> None:
        self._send(method=method, params=params)

    def unheard(self, method: str) -> list[Message]:
        """What was heard meanwhile, and nobody waited for."""
        while not self._heard.empty():
            self._kept.append(self._heard.get())
        return [message for message in self._kept if message.get("method") == method]

    # A session -------------------------------------------------------------------------------

    def begin(self, capabilities: Message | None = None) -> Message:
        found: Message = self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=self.root.as_uri(),
            capabilities=CAPABILITIES if capabilities is None else capabilities,
        )
        self.tell("initialized")
        return found

    def end(self) -> int:
        """Say goodbye; the exit status."""
        assert self.ask("shutdown") is None
        self.tell("exit")
        return self._server.wait(PATIENCE)

    def close(self) -> None:
        """Whatever happened, leave nothing behind."""
        self._to.close()
        try:
            self._server.wait(PATIENCE)
        finally:
            self._server.kill()
            self._server.wait()
            self._hearing.join()
            assert self._server.stdout is not None
            self._server.stdout.close()

    # Files -----------------------------------------------------------------------------------

    def uri(self, path: str) -> str:
        return self.spelling(self.root / path)

    def open(self, path: str, text: str | None = None) -> list[Message]:
        """Open a file, with another text than the one on disk if given; what is found."""
        text = (self.root / path).read_text("utf-8") if text is None else text
        self._texts[path] = (1, text)
        document = {"uri": self.uri(path), "languageId": "rst", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return self.found(path)

    def type(self, path: str, text: str) -> None:
        """Write another text, and do not wait."""
        version = self._texts[path][0] + 1
        self._texts[path] = (version, text)
        document = {"uri": self.uri(path), "version": version}
        changes = [{"text": text}]
        self.tell("textDocument/didChange", textDocument=document, contentChanges=changes)

    def change(self, path: str, text: str) -> list[Message]:
        """Write another text; what is found in it."""
        self.type(path, text)
        return self.found(path)

    def save(self, path: str, text: str | None = None) -> None:
        """Write a file to disk, as it is open or as given."""
        text = self._texts[path][1] if text is None else text
        (self.root / path).write_text(text, "utf-8")
        self.tell("textDocument/didSave", textDocument={"uri": self.uri(path)})

    def found(self, path: str) -> list[Message]:
        """What is shown next for the text that is open in *path*."""
        version = self._texts[path][0]
        shown = self.wait(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and m["params"]["uri"] == self.uri(path)
                and m["params"].get("version") == version
            )
        )
        diagnostics: list[Message] = shown["params"]["diagnostics"]
        return diagnostics

    def at(self, method: str, path: str, line: int, character: int, **more: Any) -> Any:
        """What there is at a place of an open file."""
        where = {"line": line, "character": character}
        document = {"uri": self.uri(path)}
        return self.ask(f"textDocument/{method}", textDocument=document, position=where, **more)

    def labels(self, path: str, line: int, character: int) -> list[str]:
        """What completion offers at a place."""
        return [item["label"] for item in self.at("completion", path, line, character)["items"]]

    def actions(self, path: str, found: Message, only: list[str] | None = None) -> list[Message]:
        """What can be done about something that was found."""
        context: Message = {"diagnostics": [found], **({"only": only} if only else {})}
        actions: list[Message] = self.ask(
            "textDocument/codeAction",
            textDocument={"uri": self.uri(path)},
            range=found["range"],
            context=context,
        )
        return actions

    def edited(self, path: str, edits: list[Message]) -> str:
        """The open text of *path* with *edits* made, counted in UTF-16 as the protocol does."""
        lines = [line.encode("utf-16-le") for line in self._texts[path][1].splitlines(True)]
        starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
        data = b"".join(lines)

        def offset(place: Message) -> int:
            return int(starts[place["line"]] + 2 * place["character"])

        for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
            first, last = offset(edit["range"]["start"]), offset(edit["range"]["end"])
            data = data[:first] + edit["newText"].encode("utf-16-le") + data[last:]
        return data.decode("utf-16-le")

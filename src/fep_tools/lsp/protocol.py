"""The protocol between editor and server."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """The protocol of pygls, with an answer to every request."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return the message that *data* is, and answer a request whose parameters are malformed.

        pygls only logs those. An editor that asks for what is at line -1 would wait for ever.
        """
        try:
            return super().structure_message(data)
        except JsonRpcException as problem:
            if "method" in data and isinstance(data.get("id"), (int, str)):
                self._send_response(data["id"], error=problem.to_response_error())
            raise

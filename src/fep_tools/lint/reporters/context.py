"""What reports may say beside the verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...diagnostics import CheckResult, Diagnostic


def _nothing(_path: str) -> str:
    return ""


class ReportContext(NamedTuple):
    """Who reports, and where things are.

    *url* is the address of the rules' pages; *folder* leads from where CI starts to the
    root of the repository, and is empty or ends with ``/``; *text* gives what a file holds.
    *again* is the command that was run, and *color* whether who reads it sees colours.
    """

    version: str = ""
    url: str = ""
    folder: str = ""
    text: Callable[[str], str] = _nothing
    again: str = "fep check"
    color: bool = False

    @property
    def tool(self) -> str:
        """The tool and its version, in two words."""
        return f"fep-tools {self.version}"

    def path(self, path: str) -> str:
        """*path* from where CI starts."""
        return self.folder + path

    def page(self, name: str) -> str:
        """The address of what the rule of that name is about; empty if there is none."""
        return f"{self.url}#{name}" if self.url else ""


def counted_in(verdict: CheckResult) -> list[Diagnostic]:
    """What counts against a change: everything, where nothing was compared."""
    return [told for told in verdict.diagnostics if told.introduced is not False]

"""Values that reports need beside the result of a check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TYPE_CHECKING

if TYPE_CHECKING:
    from ..rule import Rule


def _all_rules() -> Sequence[Rule]:
    from ..registry import all_rules  # a report of a cached result needs no rules

    return all_rules()


class ReportContext(NamedTuple):
    """Values that reports need beside the result of a check.

    :param version: The version of this tool.
    :param rules_url: The URL of the page that documents the rules; empty if there is none.
    :param path_prefix: The path from the directory in which CI starts to the root of the
        repository; empty or ending with ``/``.
    :param read_text: Returns the text of a file, by its path in the repository.
    :param command: The command that made the report, to be repeated in hints; empty if there
        is none.
    :param rules: Returns every rule, with its documentation in the words of the community.
    :param explains: Whether ``fep explain`` explains the codes of the findings.
    :param color: Whether the reader sees the colors of a terminal.
    :param columns: The width of the terminal; ``None`` if there is none.
    """

    version: str = ""
    rules_url: str = ""
    path_prefix: str = ""
    read_text: Callable[[str], str] = lambda _path: ""
    command: str = "fep check"
    rules: Callable[[], Sequence[Rule]] = _all_rules
    explains: bool = True
    color: bool = False
    columns: int | None = None

    @property
    def tool(self) -> str:
        """The name and the version of this tool."""
        return f"fep-tools {self.version}"

    def path(self, path: str) -> str:
        """Return a path of the repository as seen from the directory in which CI starts."""
        return self.path_prefix + path

    def rule_url(self, name: str) -> str:
        """Return the URL that documents a rule; empty if there is none."""
        return f"{self.rules_url}#{name}" if self.rules_url else ""

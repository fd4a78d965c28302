"""What a back end decides about directives and roles while a body is parsed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from .allowlist import DirectiveKind, RoleKind
from .collector import FactCollector

RoleResult = tuple[list[nodes.Node], list[nodes.system_message]]
RoleFunction = Callable[..., RoleResult]
Run = Callable[[], Sequence[nodes.Node]]


class BackEnd(ABC):
    """The treatment of directives and roles while a body is parsed."""

    default_role: str | None = None
    """What ``.. default-role::`` in the text says, if it is there."""

    def __init__(self, collector: FactCollector) -> None:
        self.collector = collector
        self.vocabulary = collector.vocabulary

    @abstractmethod
    def directive(
        self, kind: DirectiveKind, name: str, find: Callable[[], Any]
    ) -> type[Directive] | None:
        """Return the class that docutils runs for a directive; ``None`` refuses it.

        :param find: Returns the class that docutils or Sphinx has for it, or ``None``.
        """

    @abstractmethod
    def role(self, kind: RoleKind, name: str, find: Callable[[], Any]) -> RoleFunction:
        """Return the function that docutils calls for text in a role.

        :param find: Returns the function that docutils or Sphinx has for it, or ``None``.
        """

    def refuse(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Report a directive, or an option of one, and return what the reader sees instead.

        :param name: ``include``, or ``csv-table :file:``.
        """
        self.collector.add_problem("directive", name, directive.lineno)
        return self.replacement(directive, name)

    @abstractmethod
    def replacement(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Return what the reader sees instead of a directive that is refused."""

    def run(self, directive: Directive, run: Run) -> list[nodes.Node]:
        """Run a directive that is allowed."""
        return list(run())

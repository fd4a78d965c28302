"""Make docutils look up directives and roles through the allow-list.

Docutils finds them with two functions, ``directives.directive`` and ``roles.role``, which know
every name that was ever registered. They are replaced while a body is parsed. A back end says
what happens then: checking collects facts, and building makes nodes of a page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles

from ..body import Vocabulary
from .allowlist import (
    directive_kind,
    DirectiveKind,
    hidden_character,
    is_refused_option,
    role_kind,
    RoleKind,
)

# Docutils' own, from before Sphinx puts its domains in front of them.
_find_directive = directives.directive
_find_role = roles.role

RoleResult = tuple[list[nodes.Node], list[nodes.system_message]]
RoleFunction = Callable[..., RoleResult]
Run = Callable[[], Sequence[nodes.Node]]


class BackEnd(ABC):
    """The treatment of directives and roles while a body is parsed."""

    vocabulary: Vocabulary
    default_role: str | None = None
    """What ``.. default-role::`` in the text says, if it is there."""

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

    @abstractmethod
    def refuse(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Report a directive, or an option of one, and return what the reader sees instead.

        :param name: ``include``, or ``csv-table :file:``.
        """

    def run(self, directive: Directive, run: Run) -> list[nodes.Node]:
        """Run a directive that is allowed."""
        return list(run())


class AnyDirective(Directive):
    """A directive with any arguments, options and content."""

    class _AnyOption(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            return directives.unchanged

        def __bool__(self) -> bool:  # an empty one would mean: no options at all
            return True

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOption()


@contextmanager
def allowed_only(back_end: BackEnd) -> Iterator[None]:
    """Let docutils find directives and roles through *back_end* only, inside this block."""

    def find_directive(name: str, language: Any, document: Any) -> Any:
        name = name.lower()
        if name == "default-role":
            return _default_role(back_end), []
        found = back_end.directive(
            directive_kind(name, back_end.vocabulary),
            name,
            lambda: _find_directive(name, language, document)[0],
        )
        return _guarded(found or AnyDirective, back_end, is_refused=found is None), []

    def find_role(name: str, language: Any, line: int, reporter: Any) -> Any:
        role = name.lower()
        if not name and (default := back_end.default_role) is not None:
            role = default
        elif not name:
            role = back_end.vocabulary.default_role
        kind = role_kind(role, back_end.vocabulary)
        if not name and kind == "refused":
            kind = "literal"  # such as "any", or a role of an extension: it looks up a name
        function = back_end.role(kind, role, lambda: _find_role(role, language, line, reporter)[0])
        return (function if name else _named(function, role)), []

    before = directives.directive, roles.role
    _replace(find_directive, find_role)
    try:
        yield
    finally:
        _replace(*before)


def _replace(find_directive: Any, find_role: Any) -> None:
    directives.directive = find_directive
    roles.role = find_role


def _named(function: RoleFunction, name: str) -> RoleFunction:
    """Return a role that is called by its name: docutils calls the default role by none."""

    def role(_name: str, *arguments: Any, **options: Any) -> RoleResult:
        return function(name, *arguments, **options)

    return role if name else function


def _default_role(back_end: BackEnd) -> type[Directive]:
    """Return the directive that sets the role of text in single backquotes, below it."""

    class DefaultRole(Directive):
        optional_arguments = 1

        def run(self) -> list[nodes.Node]:
            role = self.arguments[0].lower() if self.arguments else ""
            if role_kind(role, back_end.vocabulary) == "refused":
                return back_end.refuse(self, f"{self.name}:: {role}")
            back_end.default_role = role
            return []

    return DefaultRole


def _guarded(base: type[Directive], back_end: BackEnd, *, is_refused: bool) -> type[Directive]:
    """Return *base* with its options checked before it runs."""

    class Guarded(base):  # type: ignore[misc, valid-type]
        def run(self) -> list[nodes.Node]:
            if is_refused:
                return back_end.refuse(self, self.name)
            for option, value in self.options.items():
                if is_refused_option(option, value):
                    return back_end.refuse(self, f"{self.name} :{option}:")
            result = back_end.run(self, super().run)
            text = "".join(node.astext() for node in result) if self.name == "unicode" else ""
            if character := hidden_character(text):
                return back_end.refuse(self, f"unicode U+{ord(character):04X}")
            return result

    return Guarded

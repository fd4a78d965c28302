"""Make docutils look up directives and roles through the allow-list.

Docutils finds them with two functions, ``directives.directive`` and ``roles.role``, which know
every name that was ever registered. They are replaced while a body is parsed. A back end says
what happens then: checking collects facts, and building makes nodes of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.utils import unescape

from .allowlist import directive_kind, role_kind, RoleKind
from .back_end import BackEnd, RoleFunction, RoleResult
from .embedded import plain_names
from .guards import AnyDirective, guard_directive
from .includes import INCLUDES
from .plain_text import plain_text_as_it_is
from .states import states_when_entered
from .traversal import quick_traversal

# Docutils' own, from before Sphinx puts its domains in front of them.
_find_directive = directives.directive
_find_role = roles.role


@contextmanager
def allowed_only(back_end: BackEnd) -> Iterator[None]:
    """Let docutils find directives and roles through *back_end* only, inside this block."""

    def find_directive(name: str, language: Any, document: Any) -> Any:
        name = name.lower()
        if name == "default-role":
            return _default_role(back_end), []
        kind = directive_kind(name, back_end.vocabulary)
        if kind == "including":
            code = find_directive("code-block", language, document)[0]
            return _including(name, code, back_end), []
        found = back_end.directive(kind, name, lambda: _find_directive(name, language, document)[0])
        kind = "refused" if found is None else kind
        return guard_directive(found or AnyDirective, back_end, kind), []

    def find_role(name: str, language: Any, line: int, reporter: Any) -> Any:
        role = name.lower()
        if not name and (default := back_end.default_role) is not None:
            role = default
        elif not name:
            role = back_end.vocabulary.default_role
        kind = role_kind(role, back_end.vocabulary)
        if not name and kind in ("object", "refused"):
            kind = "literal"  # such as "any", or a role of an extension: it looks up a name
        function = back_end.role(kind, role, lambda: _find_role(role, language, line, reporter)[0])
        if kind in ("missing", "reference", "refused") or role in ("eq", "math"):
            function = _reporting(function, kind, back_end)
        return (function if name else _named(function, role)), []

    before = directives.directive, roles.role
    replace_functions(find_directive, find_role)
    try:
        with plain_names(), plain_text_as_it_is(), quick_traversal(), states_when_entered():
            yield
    finally:
        replace_functions(*before)


def replace_functions(find_directive: Any, find_role: Any) -> None:
    """Let docutils look up directives and roles with two other functions."""
    directives.directive = find_directive
    roles.role = find_role


def _named(function: RoleFunction, name: str) -> RoleFunction:
    """Return a role that is called by its name: docutils calls the default role by none."""

    def role(_name: str, *arguments: Any, **options: Any) -> RoleResult:
        return function(name, *arguments, **options)

    return role


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


def _reporting(function: RoleFunction, kind: RoleKind, back_end: BackEnd) -> RoleFunction:
    """Return *function*, with problems of the text reported before it runs."""
    collector = back_end.collector

    def role(name: str, source: str, text: str, line: int, *args: Any, **kw: Any) -> RoleResult:
        shown = unescape(text)
        if kind in ("missing", "reference") and "`" in shown:
            collector.add_broken_role(source, shown, line)
            return [nodes.inline(source, shown)], []
        location = collector.locator.find(source, line)
        if kind == "refused":
            collector.add_problem("role", name, location)
        elif kind == "missing":
            collector.add_problem("quotes", shown, location)
        elif name.lower() == "math":
            # Backslashes were escaped, and are part of the formula.
            collector.add_formula(unescape(text, restore_backslashes=True), location)
        else:
            collector.add_equation_reference(shown, location)
        return function(name, source, text, line, *args, **kw)

    def reference(
        name: str, source: str, text: str, line: int, *args: Any, **kw: Any
    ) -> RoleResult:
        if "`" in text:
            return role(name, source, text, line, *args, **kw)
        return function(name, source, text, line, *args, **kw)

    return reference if kind == "reference" else role


def _including(name: str, code: type[Directive], back_end: BackEnd) -> type[Directive]:
    """Return a directive that shows a file.

    :param code: The directive for blocks of code.
    """
    base = INCLUDES[name]

    def refuse(directive: Directive) -> list[nodes.Node]:
        return back_end.replacement(directive, directive.name)

    members = {"collector": back_end.collector, "make_code": code, "refuse": refuse}
    included = type(base.__name__, (base,), members)
    return guard_directive(included, back_end, "including")

"""Make docutils look up directives and roles through the allow-list.

Docutils finds them with two functions, ``directives.directive`` and ``roles.role``, which know
every name that was ever registered. They are replaced while a body is parsed. A back end says
what happens then: checking collects facts, and building makes nodes of a page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.statemachine import StateMachine, StringList
from docutils.utils import unescape

from .allowlist import (
    directive_kind,
    DirectiveKind,
    hidden_character,
    is_refused_option,
    role_kind,
    RoleKind,
)
from .code import limit_options
from .collector import FactCollector
from .embedded import plain_names
from .includes import INCLUDES
from .states import states_when_entered
from .traversal import quick_traversal

# Docutils' own, from before Sphinx puts its domains in front of them.
_find_directive = directives.directive
_find_role = roles.role

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
        kind = directive_kind(name, back_end.vocabulary)
        if kind == "including":
            code = find_directive("code-block", language, document)[0]
            return _including(name, code, back_end), []
        found = back_end.directive(kind, name, lambda: _find_directive(name, language, document)[0])
        kind = "refused" if found is None else kind
        return _guarded(found or AnyDirective, back_end, kind), []

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
        with plain_names(), quick_traversal(), states_when_entered():
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
    return _guarded(included, back_end, "including")


def _guarded(base: type[Directive], back_end: BackEnd, kind: DirectiveKind) -> type[Directive]:
    """Return *base* with its options checked before it runs."""
    collector = back_end.collector

    class Guarded(base):  # type: ignore[misc, valid-type]
        arguments: list[str]
        content: StringList
        content_offset: int
        final_argument_whitespace = base.final_argument_whitespace or kind == "code"
        option_spec = base.option_spec and _CarefulOptions(base.option_spec)

        def run(self) -> list[nodes.Node]:
            if kind == "refused":
                return back_end.refuse(self, self.name)
            for option, value in self.options.items():
                if is_refused_option(option, value):
                    return back_end.refuse(self, f"{self.name} :{option}:")
            if kind == "code":
                if not isinstance(self.state_machine, StateMachine):
                    self.content_offset += self.lineno  # MyST-Parser counts from that line
                self.check_code()
            elif kind == "plain" and self.name == "math":
                self.check_formula()
            result = back_end.run(self, super().run)
            if self.name in ("image", "figure"):
                self.locate_link(result)
            text = "".join(node.astext() for node in result) if self.name == "unicode" else ""
            if character := hidden_character(text):
                return back_end.refuse(self, f"unicode U+{ord(character):04X}")
            return result

        def locate_link(self, result: list[nodes.Node]) -> None:
            """Give a link around an image a line, which docutils gives to the image alone."""
            for node in result:
                for link in node.findall(nodes.reference):
                    if link.line is None:
                        link.source, link.line = self.state_machine.get_source_and_line(self.lineno)
                        link.rawsource = link.rawsource or self.block_text.split("\n")[0]

        def check_code(self) -> None:
            self.split_argument()
            for message, help_ in limit_options(self.options, list(self.content)):
                collector.add_problem("markup", "", self.lineno, message, help_)
            language = self.arguments[0] if self.arguments else ""
            is_forced = "force" in self.options
            text = "\n".join(self.content)
            first_line = self.content_offset + 1
            if not text.strip():
                collector.add_missing_code(self.name, self.lineno)
            collector.add_code(self.name, text, "" if is_forced else language, first_line)

        def split_argument(self) -> None:
            """Take code on the line below the directive for code, and not for its language."""
            first, *code = self.arguments[0].split("\n") if self.arguments else [""]
            words = first.split()
            if len(words) > 1:
                raise self.error(f"maximum 1 argument(s) allowed, {len(words)} supplied.")
            if code:
                collector.add_unseparated_code(self.name, self.lineno + 1)
                self.arguments[:] = words
                source, line = self.state_machine.get_source_and_line(self.lineno)
                items = [(source, line + number) for number in range(len(code))]
                self.content = StringList(code, items=items) + self.content
                self.content_offset = self.lineno

        def check_formula(self) -> None:
            parts = [*self.arguments, "\n".join(self.content)]
            formula = "\n\n".join(filter(None, parts))
            if not formula:
                raise self.error('Content block expected for the "math" directive; none found.')
            location = collector.locator.line(self.lineno)
            collector.add_formula(formula, location)
            label = self.options.get("label", self.options.get("name"))
            if label and not collector.add_equation(label, location):
                self.options["label"] = None

    return Guarded


class _CarefulOptions(dict[str, Any]):
    """The options of a directive, whose functions raise only what docutils expects.

    Some functions of docutils fail with an ``AttributeError`` on an option without a value.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        self._options = options

    def __getitem__(self, name: str) -> Any:
        convert = self._options[name]

        def convert_carefully(argument: str | None) -> Any:
            try:
                return convert(argument)
            except AttributeError:
                raise ValueError("argument required but none supplied") from None

        return convert_carefully

    def __bool__(self) -> bool:  # an empty one would mean: no options at all
        return bool(self._options)

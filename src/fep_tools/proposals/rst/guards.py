"""Check a directive before it runs: its options, its code or formula, and what it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.tables import CSVTable
from docutils.statemachine import StateMachine, StringList

from .allowlist import DirectiveKind, hidden_character, is_refused_option, MAX_CELLS
from .back_end import BackEnd
from .classes import own_class
from .code import limit_options


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


def guard_directive(
    base: type[Directive], back_end: BackEnd, kind: DirectiveKind
) -> type[Directive]:
    """Return *base* with its options checked before it runs."""
    collector = back_end.collector
    base = bounded(base)

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
            if name := own_class(self):
                return back_end.refuse(self, f"{self.name} class={name}")
            if character := self.made_character():
                return back_end.refuse(self, f"{self.name} U+{ord(character):04X}")
            if kind == "code":
                if not isinstance(self.state_machine, StateMachine):
                    self.content_offset += self.lineno  # MyST-Parser counts from that line
                self.check_code()
            elif kind == "plain" and self.name == "math":
                self.check_formula()
            result = back_end.run(self, super().run)
            if self.name in ("image", "figure"):
                self.locate_link(result)
            # Not astext(), where docutils leaves out U+0000.
            text = "".join(map(str, result)) if self.name == "unicode" else ""
            if character := hidden_character(text):
                return back_end.refuse(self, f"unicode U+{ord(character):04X}")
            return result

        def made_character(self) -> str:
            r"""Return a hidden character that the text does not have; ``""`` for none.

            In Markdown, options are YAML, where ``:alt: "\u202e"`` is one.
            """
            values = (value for value in self.options.values() if isinstance(value, str))
            character = hidden_character("".join((*self.arguments, *values)))
            return "" if character in self.block_text else character

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


class _BoundedTable(CSVTable):
    """A table of lines, of which short ones are filled up with empty cells."""

    def extend_short_rows_with_empty_cells(
        self, columns: int, parts: tuple[list[Any], list[Any]]
    ) -> None:
        """Fill them up, unless that makes too many cells."""
        if columns * sum(map(len, parts)) > MAX_CELLS:
            raise self.error(f"the table has more than {MAX_CELLS:,} cells; make it smaller")
        super().extend_short_rows_with_empty_cells(columns, parts)


def bounded(base: type[Directive]) -> type[Directive]:
    """Return a directive that makes no more than it should of a short text."""
    if issubclass(base, CSVTable):
        return type(base.__name__, (_BoundedTable, base), {})
    return base


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

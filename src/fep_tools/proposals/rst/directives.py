"""Directives of Sphinx, as the check needs them: with the same arguments and options.

Docutils lacks some of them, and has others with fewer options. What a directive does not accept is
reported in docutils' words, as Sphinx does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives import admonitions, body
from docutils.parsers.rst.directives.images import Figure
from docutils.statemachine import StringList

from ..body import CodeBlock
from .allowlist import CODE, NESTED
from .code import emphasized_lines
from .collector import FactCollector

OptionSpec = dict[str, Callable[[Any], Any]]


# Options ----------------------------------------------------------------------------------------


def _optional_int(argument: str | None) -> int | None:
    return None if argument is None else directives.nonnegative_int(argument)


def _int(argument: str) -> int:
    return int(directives.unchanged_required(argument))


def _collapsible(argument: str | None) -> str:
    return "open" if argument is None else directives.choice(argument, ("open", "closed"))


def _classes(argument: str) -> list[str]:
    directives.class_option(argument)  # raises an error for what is not a class
    return argument.split()  # as they are written, such as "fep_check"


def _heading_level(argument: str) -> int:
    return int(directives.choice(argument, ("1", "2", "3", "4", "5", "6")))


_CODE_OPTIONS: OptionSpec = {
    "class": _classes,
    "force": directives.flag,
    "name": directives.unchanged,
}


# Boxes and titles -------------------------------------------------------------------------------


_ADMONITION_OPTIONS: OptionSpec = {
    **(admonitions.BaseAdmonition.option_spec or {}),
    "collapsible": _collapsible,
}

_ADMONITIONS: dict[str, type[Directive]] = {
    "admonition": admonitions.Admonition,
    "attention": admonitions.Attention,
    "caution": admonitions.Caution,
    "danger": admonitions.Danger,
    "error": admonitions.Error,
    "hint": admonitions.Hint,
    "important": admonitions.Important,
    "note": admonitions.Note,
    "seealso": admonitions.Note,
    "tip": admonitions.Tip,
    "warning": admonitions.Warning,
}


class VersionChange(Directive):
    """``.. versionadded:: 2.3`` and the like."""

    required_arguments = 1
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the text behind the version, and the content."""
        holder = nodes.container()
        holder.line = self.lineno
        if len(self.arguments) > 1:
            text, messages = self.state.inline_text(self.arguments[1], self.lineno + 1)
            holder += [nodes.paragraph("", "", *text), *messages]
        self.state.nested_parse(self.content, self.content_offset, holder)
        return [holder]


class Rubric(body.Rubric):
    """``.. rubric::`` with a level."""

    option_spec: ClassVar[OptionSpec] = {
        **(body.Rubric.option_spec or {}),
        "heading-level": _heading_level,
    }


# Code -------------------------------------------------------------------------------------------


class Code(Directive):
    """``.. code::``"""

    collector: FactCollector
    optional_arguments = 1
    has_content = True
    option_spec: ClassVar[OptionSpec] = {**_CODE_OPTIONS, "number-lines": _optional_int}

    def run(self) -> list[nodes.Node]:
        """Record the block of code, and return it."""
        self.assert_has_content()
        code = self.make_block()
        self.add_name(code)
        return [code]

    def make_block(self) -> nodes.Element:
        """Record the block of code, and return it."""
        text = "\n".join(self.content)
        block = CodeBlock(
            language=self.arguments[0] if self.arguments else "",
            name=self.options.get("name") or "",
            classes=tuple(self.options.get("class", ())),
            text=text,
            first_line=self.content_offset + 1,
            location=self.collector.locator.line(self.lineno),
        )
        self.collector.code_blocks.append(block)
        return nodes.literal_block(text, text)


class CodeBlockDirective(Code):
    """``.. code-block::`` and ``.. sourcecode::``"""

    option_spec: ClassVar[OptionSpec] = {
        **_CODE_OPTIONS,
        "caption": directives.unchanged_required,
        "dedent": _optional_int,
        "emphasize-lines": directives.unchanged_required,
        "lineno-start": _int,
        "linenos": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Record the block of code, and return it with its caption."""
        reporter = self.state.document.reporter
        try:
            emphasized_lines(self.options.get("emphasize-lines", "1"), len(self.content))
        except ValueError as error:
            return [reporter.warning(error, line=self.lineno)]
        caption = self.options.get("caption")
        code = self.make_block()
        if not caption:
            self.add_name(code)
            return [code]
        holder = nodes.container()
        lines = StringList(caption.splitlines(), "<generated text>")
        self.state.nested_parse(lines, self.content_offset, holder)
        if isinstance(holder[0], nodes.system_message):
            message = f"Invalid caption: {holder[0].astext()}"
            return [reporter.warning(message, line=self.lineno)]
        if isinstance(holder[0], nodes.Element):
            # A caption is a title for :ref:.
            holder[0] = nodes.caption(caption, "", *holder[0].children)
        holder += code
        self.add_name(holder)
        return [holder]


class FigureDirective(Figure):
    """A figure whose ``:name:`` is its own, as in Sphinx, and not that of its image."""

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        name = self.options.pop("name", None)
        result = list(super().run())
        if name and len(result) == 1 and isinstance(result[0], nodes.figure):
            self.options["name"] = name
            self.add_name(result[0])
        return result


class Math(body.MathBlock):
    """``.. math::`` with a label."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        "class": directives.class_option,
        "label": directives.unchanged,
        "name": directives.unchanged,
        "no-wrap": directives.flag,
        "nowrap": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the formula."""
        text = "\n\n".join([*self.arguments, "\n".join(self.content)])
        node = nodes.math_block(text, text)
        self.add_name(node)
        return [node]


DIRECTIVES: dict[str, type[Directive]] = {
    **dict.fromkeys(CODE, CodeBlockDirective),
    **dict.fromkeys(NESTED, VersionChange),
    **{
        name: type(base.__name__, (base,), {"option_spec": _ADMONITION_OPTIONS})
        for name, base in _ADMONITIONS.items()
    },
    "code": Code,
    "figure": FigureDirective,
    "math": Math,
    "rubric": Rubric,
}
"""The directives of Sphinx by name."""

"""The directives ``include`` and ``literalinclude``, of files that were read before.

Both end in directives that are judged and shown as any other: code is a ``code-block``, and
markup is parsed where the directive stands. So check and build treat it alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.statemachine import StringList

from ..body import IncludedFile
from ..inclusions import MAX_INCLUDED, TOO_LARGE
from .collector import FactCollector

_CODE_OPTIONS = ("caption", "class", "dedent", "emphasize-lines", "force", "linenos", "name")
"""Options that a block of code has as well."""


class SelectedLines(NamedTuple):
    """Lines of a file, and the number of the first one, from 1."""

    lines: list[str]
    first: int


def select_lines(text: str, options: dict[str, Any]) -> SelectedLines:
    """Return the lines that the options of ``literalinclude`` select.

    :raises ValueError: There is no such line.
    """
    lines = list(enumerate(text.splitlines(), start=1))
    if "lines" in options:
        numbers = _numbers(options["lines"], len(lines))
        lines = [lines[number - 1] for number in numbers]
    for name, is_start, is_kept in (
        ("start-at", True, True),
        ("start-after", True, False),
        ("end-at", False, True),
        ("end-before", False, False),
    ):
        if name not in options:
            continue
        # The line where the text begins is not the one where it ends.
        skipped = 1 if not is_start and {"start-at"} & options.keys() else 0
        index = _find(options[name], [line for _number, line in lines], skipped, name)
        lines = lines[index + (not is_kept) :] if is_start else lines[: index + is_kept]
    return SelectedLines([line for _number, line in lines], lines[0][0] if lines else 1)


def _find(wanted: str, lines: list[str], start: int, option: str) -> int:
    for index, line in enumerate(lines[start:], start=start):
        if wanted in line:
            return index
    raise ValueError(f"has no line with the text of :{option}:")


def _numbers(specification: str, count: int) -> list[int]:
    """Return the numbers of lines that ``1,3-5,10-`` names, of *count* lines."""
    numbers: list[int] = []
    for part in specification.split(","):
        match = re.fullmatch(r"\s*([0-9]{0,6})\s*(-?)\s*([0-9]{0,6})\s*", part)
        if match is None or not (match[1] or match[3]):
            raise ValueError("has no such lines: write :lines: 1,3-5,10-")
        first = int(match[1] or 1)
        last = int(match[3] or count) if match[2] else first
        if not 1 <= first <= last <= count:
            raise ValueError(f"has {count} lines, and not those of :lines: {part.strip()}")
        numbers += range(first, last + 1)
        if len(numbers) > count:
            raise ValueError("is shown twice by :lines:")
    return numbers


def clip(text: str, options: dict[str, Any]) -> SelectedLines:
    """Return the lines that the options of ``include`` select.

    :raises ValueError: The file does not have the text that they name.
    """
    lines = text.splitlines()
    start, end = options.get("start-line", 0), options.get("end-line", len(lines))
    first = start % len(lines) if start < 0 else start
    text = "\n".join(lines[first:end])
    for name in ("start-after", "end-before"):
        wanted = options.get(name)
        if not wanted:
            continue
        index = text.find(wanted)
        if index < 0:
            raise ValueError(f"does not have the text of :{name}:")
        if name == "start-after":
            first += text.count("\n", 0, index + len(wanted))
            text = text[index + len(wanted) :]
        else:
            text = text[:index]
    return SelectedLines(text.splitlines(), first + 1)


def _encoding(argument: str) -> str:
    if directives.unchanged_required(argument).lower() not in ("utf-8", "utf8", "utf-8-sig"):
        raise ValueError("files that are included are in UTF-8")
    return argument


class _Include(Directive):
    """A directive that shows a file; subclasses say what of it, and how."""

    collector: FactCollector
    make_code: Callable[..., Directive]
    refuse: Callable[[Directive], list[nodes.Node]]
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the content of the file, or what is shown if it cannot be."""
        name = self.arguments[0].strip()
        file = self.collector.files.get(name) or IncludedFile(
            name, problem="is not named on the line of the directive, or is one of too many"
        )
        try:
            self._require(file)
            return self.show(file)
        except ValueError as problem:
            self.collector.add_problem("include", name, self.lineno, str(problem))
            return type(self).refuse(self)

    def is_nested(self) -> bool:
        """Return whether the directive is in a file that is included itself."""
        return self.collector.is_included(self.lineno)

    def _require(self, file: IncludedFile) -> None:
        """Raise :class:`ValueError` if a file cannot be included."""
        if file.problem:
            raise ValueError(file.problem)
        if not file.text.strip():
            raise ValueError("is empty")
        if self.is_nested():
            raise ValueError("is named in a file that is included itself")
        self.collector.included_size += len(file.text)
        if self.collector.included_size > MAX_INCLUDED:
            raise ValueError(TOO_LARGE)

    def show(self, file: IncludedFile) -> list[nodes.Node]:
        raise NotImplementedError

    def lines(self, file: IncludedFile, selected: SelectedLines) -> StringList:
        """Return lines with their positions."""
        if not any(line.strip() for line in selected.lines):
            raise ValueError("has no text in the lines that are selected")
        width = max(self.options.get("tab-width", 8), 0)
        lines = [line.expandtabs(width) for line in selected.lines]
        start = self.collector.first_lines[file.path] + selected.first - 2
        source = self.state_machine.get_source(self.lineno) or ""
        return StringList(lines, items=[(source, start + number) for number in range(len(lines))])

    def show_code(
        self, file: IncludedFile, selected: SelectedLines, language: str, options: dict[str, Any]
    ) -> list[nodes.Node]:
        """Return lines as a block of code."""
        content = self.lines(file, selected)
        block = type(self).make_code(
            self.name, [language] if language else [], options, content, self.lineno,
            content.offset(0), self.block_text, self.state, self.state_machine,
        )  # fmt: skip
        return list(block.run())


class LiteralInclude(_Include):
    """``.. literalinclude::`` as Sphinx has it, without ``diff`` and ``pyobject``."""

    option_spec: ClassVar[dict[str, Callable[[Any], Any]]] = {
        "append": directives.unchanged_required,
        "caption": directives.unchanged,
        "class": directives.class_option,
        "dedent": lambda value: None if value is None else directives.nonnegative_int(value),
        "emphasize-lines": directives.unchanged_required,
        "encoding": _encoding,
        "end-at": directives.unchanged_required,
        "end-before": directives.unchanged_required,
        "force": directives.flag,
        "language": directives.unchanged_required,
        "lineno-match": directives.flag,
        "lineno-start": directives.nonnegative_int,
        "linenos": directives.flag,
        "lines": directives.unchanged_required,
        "name": directives.unchanged,
        "prepend": directives.unchanged_required,
        "start-after": directives.unchanged_required,
        "start-at": directives.unchanged_required,
        "tab-width": directives.nonnegative_int,
    }

    def show(self, file: IncludedFile) -> list[nodes.Node]:
        """Return the selected lines as a block of code."""
        selected = select_lines(file.text, self.options)
        options = {name: self.options[name] for name in _CODE_OPTIONS if name in self.options}
        if "caption" in options and not options["caption"]:
            options["caption"] = self.arguments[0]
        if "lineno-match" in self.options:
            options |= {"linenos": None, "lineno-start": selected.first}
        if "lineno-start" in self.options:
            options |= {"linenos": None, "lineno-start": self.options["lineno-start"]}
        before, after = self.options.get("prepend"), self.options.get("append")
        lines = [*([before] if before else []), *selected.lines, *([after] if after else [])]
        language = self.options.get("language", "none")
        return self.show_code(file, selected._replace(lines=lines), language, options)


class Include(_Include):
    """``.. include::`` as docutils has it, without ``parser``."""

    option_spec: ClassVar[dict[str, Callable[[Any], Any]]] = {
        "class": directives.class_option,
        "code": directives.unchanged,
        "encoding": _encoding,
        "end-before": directives.unchanged_required,
        "end-line": int,
        "literal": directives.flag,
        "name": directives.unchanged,
        "number-lines": lambda value: int(value) if value else 1,
        "start-after": directives.unchanged_required,
        "start-line": int,
        "tab-width": directives.nonnegative_int,
    }

    def show(self, file: IncludedFile) -> list[nodes.Node]:
        """Return the selected lines as a block of code, or as markup."""
        selected = clip(file.text, self.options)
        if "code" in self.options or "literal" in self.options:
            options: dict[str, Any] = {
                name: self.options[name] for name in ("class", "name") if name in self.options
            }
            if "number-lines" in self.options:
                options |= {"linenos": None, "lineno-start": self.options["number-lines"]}
            return self.show_code(file, selected, self.options.get("code") or "none", options)
        return self.parse(self.lines(file, selected))

    def parse(self, content: StringList) -> list[nodes.Node]:
        """Return the content of lines in markup."""
        holder = nodes.Element()
        # Its titles are not those of sections of the proposal: docutils reports them.
        self.state.nested_parse(content, content.offset(0), holder)
        return list(holder.children)


INCLUDES: dict[str, type[_Include]] = {"include": Include, "literalinclude": LiteralInclude}
"""The directives by name."""

"""The checking back end of the allow-list: directives and roles become facts, not pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes, utils
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.images import Figure

from ..._text import quote
from ..body import CodeBlock, LABEL_ROLE, Link, Occurrence
from .allowlist import DirectiveKind, role_kind, RoleKind
from .collector import FactCollector
from .lookup import AnyDirective, BackEnd, RoleFunction, RoleResult

# The text of a role that links: "the views <12#rationale>".
_TEXT_AND_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)


def _heading_level(argument: str) -> str:
    return str(directives.choice(argument, ("1", "2", "3", "4", "5", "6")))


def _collapsible(argument: str | None) -> str:
    return str(directives.choice(argument, ("open", "closed"))) if argument else ""


_ADMONITIONS = (
    "admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "tip",
    "warning",
)  # fmt: skip

_SPHINX_OPTIONS: dict[str, dict[str, Callable[[str], Any]]] = {
    "rubric": {"heading-level": _heading_level},
    **{name: {"collapsible": _collapsible} for name in _ADMONITIONS},
}
"""Options that Sphinx adds to directives of docutils."""


class CheckingBackEnd(BackEnd):
    """Collects the facts of directives and roles."""

    def __init__(self, collector: FactCollector) -> None:
        self.vocabulary = collector.vocabulary
        self._collector = collector

    def directive(
        self, kind: DirectiveKind, name: str, find: Callable[[], Any]
    ) -> type[Directive] | None:
        """Return our own directive, or docutils' if it is one of docutils."""
        if kind == "plain":
            original: type[Directive] | None = _Figure if name == "figure" else find()
            more = _SPHINX_OPTIONS.get(name)
            if original and more:
                options = {**(original.option_spec or {}), **more}
                return type(original.__name__, (original,), {"option_spec": options})
            return original
        base = _DIRECTIVES.get(kind)
        return type(base.__name__, (base,), {"collector": self._collector}) if base else None

    def role(self, kind: RoleKind, name: str, find: Callable[[], Any]) -> RoleFunction:
        """Return our own function, because the roles of docutils record no facts."""
        if kind == "reference":
            return self._reference
        if kind == "label":
            return self._label
        if kind == "refused":
            return self._refused_role
        return self._missing_role if kind == "missing" else self._literal

    def refuse(self, directive: Directive, name: str) -> list[nodes.Node]:
        """Report the directive, and leave it out."""
        self._collector.add_problem("directive", name, directive.lineno)
        return [nodes.container()]

    # Roles: functions as docutils calls them, with the name, the source and the text.

    def _reference(
        self, name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        text = utils.unescape(text)
        if "`" in text:
            return self._broken_role(source, text, line)
        match = _TEXT_AND_TARGET.fullmatch(text)
        shown, target = (match["text"], match["target"]) if match else ("", text)
        target, _hash, fragment = target.partition("#")
        location = self._collector.locator.find(source, line)
        link = Link(name, target.strip(), fragment, shown, match is not None, location)
        self._collector.links.append(link)
        label = f"{name.upper()} {target}" if name.isalnum() else target
        return [nodes.inline(source, shown or label)], []

    def _label(
        self, _name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        text = utils.unescape(text)
        if text.startswith("!"):  # Sphinx makes no link of it
            return [nodes.inline(source, text[1:])], []
        match = _TEXT_AND_TARGET.fullmatch(text)
        shown, target = (match["text"], match["target"]) if match else ("", text)
        location = self._collector.locator.find(source, line)
        label = nodes.fully_normalize_name(target)
        link = Link(LABEL_ROLE, label, "", shown, match is not None, location)
        self._collector.links.append(link)
        return [nodes.inline(source, shown or target)], []

    def _literal(self, _name: str, source: str, text: str, *_: Any, **__: Any) -> RoleResult:
        return [nodes.inline(source, utils.unescape(text))], []

    def _refused_role(
        self, name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        self._collector.add_problem("role", name, self._collector.locator.find(source, line))
        return [nodes.inline(source, utils.unescape(text))], []

    def _missing_role(
        self, _name: str, source: str, text: str, line: int, *_: Any, **__: Any
    ) -> RoleResult:
        text = utils.unescape(text)
        if "`" in text:
            return self._broken_role(source, text, line)
        self._collector.add_problem("quotes", text, self._collector.locator.find(source, line))
        return [nodes.inline(source, text)], []

    def _broken_role(self, source: str, text: str, line: int) -> RoleResult:
        """Report ``:fep:`7`s and :fep:`8```, where the text of the role is all up to its end."""
        location = self._collector.locator.find(source, line)
        message, help_, meant = _explain_broken_role(source)
        role = re.match(r":([\w+.:-]+):`", meant)
        if role and role_kind(role[1].lower(), self.vocabulary) == "refused":
            meant = ""
        self._collector.add_problem("inline", text, location, message, help_, meant)
        return [nodes.inline(source, text)], []


def _explain_broken_role(source: str) -> tuple[str, str, str]:
    """Return what is wrong with the backquotes of a role, what to do, and what was meant."""
    if match := re.fullmatch(r"`(:[\w+.:-]+:`[^`]+`)", source):
        message = f"{quote(source)} has a backtick before the role; write {match[1]}"
        return message, "", match[1]
    if match := re.fullmatch(r"(:[\w+.:-]+:`[^`]+`)`", source):
        message = f"{quote(source)} has two backticks at its end; write {match[1]}"
        return message, "", match[1]
    if match := re.fullmatch("`([^`]+)``", source):
        message = f"{quote(source)} begins with one backtick and ends with two"
        return message, f"write ``{match[1]}``", f"``{match[1]}``"
    message = f"{quote(source)} is one role: its text does not end at the first backtick"
    return message, "put a blank, or a backslash and a blank (\\ ), after that backtick", ""


class _CollectingDirective(AnyDirective):
    collector: FactCollector

    def parse_content(self) -> list[nodes.Node]:
        """Parse the content, and the argument as a paragraph behind it."""
        holder = nodes.container()
        holder.line = self.lineno
        self.state.nested_parse(self.content, self.content_offset, holder)
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            holder += [nodes.paragraph("", "", *text), *messages]
        return [holder]


class _Opaque(_CollectingDirective):
    def run(self) -> list[nodes.Node]:
        return [nodes.container()]


class _Box(_CollectingDirective):
    def run(self) -> list[nodes.Node]:
        return self.parse_content()


class _Banner(_CollectingDirective):
    def run(self) -> list[nodes.Node]:
        location = self.collector.locator.line(self.lineno)
        self.collector.banners.append(Occurrence(self.name, location))
        box = nodes.note()
        box.extend(self.parse_content())
        return [box]


class _Figure(Figure):
    """A figure whose ``:name:`` is its own, as in Sphinx, and not that of its image."""

    def run(self) -> list[nodes.Node]:
        name = self.options.pop("name", None)
        result = list(super().run())
        if name and len(result) == 1 and isinstance(result[0], nodes.figure):
            self.options["name"] = name
            self.add_name(result[0])
        return result


class _Code(_CollectingDirective):
    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        self.check_content(text)
        block = CodeBlock(
            language=self.arguments[0] if self.arguments else "",
            name=self.options.get("name") or "",
            classes=tuple((self.options.get("class") or "").split()),
            text=text,
            first_line=self.content_offset + 1,
            location=self.collector.locator.line(self.lineno),
        )
        self.collector.code_blocks.append(block)
        code: nodes.Element = nodes.literal_block(text, text)
        if caption := self.options.get("caption"):
            code = nodes.container("", nodes.caption("", caption), code)
        self.add_name(code)
        return [code]

    def check_content(self, text: str) -> None:
        """Report a block without code, and code that docutils takes for something else."""
        argument = self.arguments[0] if self.arguments else ""
        name = f'"{self.name}"'
        if "\n" in argument:
            message, help_ = f"the code of {name} is taken for its language", _BLANK
            self.collector.add_problem("code", self.name, self.lineno + 1, message, help_)
        elif not text.strip():
            message = f"{name} has no code"
            self.collector.add_problem("code", self.name, self.lineno, message, _INDENT)
        elif _OPTION.match(text):
            message = f"the option {quote(text.split(maxsplit=1)[0])} is shown as code"
            help_ = f"remove the blank line between {name} and its options"
            line = self.content_offset + 1
            self.collector.add_problem("code", self.name, line, message, help_)


_BLANK = "put a blank line before the code"
_INDENT = "indent it, and put a blank line before it"

# Options after the blank line that ends them are the first lines of the code.
_OPTION = re.compile(r":(?:caption|class|dedent|emphasize-lines|force|linenos|lineno-start|name):")

_DIRECTIVES: dict[DirectiveKind, type[_CollectingDirective]] = {
    "banner": _Banner,
    "box": _Box,
    "code": _Code,
    "opaque": _Opaque,
}

"""Directives of Sphinx that describe objects and terms, for check and build alike."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from docutils.statemachine import StringList

from .allowlist import GLOSSARY
from .lookup import AnyDirective


class Description(AnyDirective):
    """A directive of Sphinx that describes an object, or the terms of a glossary.

    What it says is shown, and nothing is registered: a proposal is not the documentation.
    """

    def run(self) -> list[nodes.Node]:
        """Return the signatures with the description, or the terms with their definitions."""
        if self.name.lower() == GLOSSARY:
            return [nodes.container("", *self._terms(), classes=["fep-objects"])]
        names = "\n".join(self.arguments).split("\n")
        terms: list[nodes.Node] = [
            nodes.literal(name, name.strip()) for name in names if name.strip()
        ]
        return [self._entry(terms, self.content)]

    def _terms(self) -> Iterator[nodes.Node]:
        """Yield the entries of a glossary: lines with terms, and indented lines below them."""
        start = 0
        content = self.content
        while start < len(content):
            end = start
            while end < len(content) and content[end].strip() and not content[end][0].isspace():
                end += 1
            terms: list[nodes.Node] = []
            for number in range(start, end):
                line = self.content_offset + number + 1
                text, messages = self.state.inline_text(content[number].partition(" : ")[0], line)
                terms += [nodes.strong("", "", *text), *messages]
            start = end
            while end < len(content) and (not content[end].strip() or content[end][0].isspace()):
                end += 1
            definition = content[start:end]
            definition.trim_left(
                min((len(t) - len(t.lstrip()) for t in definition if t), default=0)
            )
            yield self._entry(terms, definition, start)
            start = end

    def _entry(
        self, terms: list[nodes.Node], content: StringList, offset: int = 0
    ) -> nodes.container:
        """Return terms, each on a line of its own, with what is said about them."""
        lines = [term for term in terms if not isinstance(term, nodes.system_message)]
        messages = [term for term in terms if isinstance(term, nodes.system_message)]
        block = nodes.line_block("", *(nodes.line("", "", term) for term in lines))
        body = nodes.container(classes=["fep-object-body"])
        body.line = self.lineno
        self.state.nested_parse(content, self.content_offset + offset, body)
        parts = [*([block] if lines else []), *messages, *([body] if body.children else [])]
        return nodes.container("", *parts, classes=["fep-object"])

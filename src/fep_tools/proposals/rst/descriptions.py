"""Directives of Sphinx that describe objects and terms, for check and build alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from docutils.statemachine import StringList

from .allowlist import GLOSSARY, GRAMMAR
from .guards import AnyDirective

_SHOWN_KINDS = frozenset(
    ("class", "classmethod", "enum", "enumerator", "exception", "property", "staticmethod",
     "struct", "type", "union")
)  # fmt: skip
"""Kinds of objects that Sphinx shows before the name, as in "struct PyLongLayout"."""

# "PyObject *PyBytesWriter_Finish(PyBytesWriter *writer)", "uint8_t digits[4]", "a.View(app)"
_NAME = re.compile(r"([A-Za-z_][\w.]*)\s*(?:\(|\[|:|=|$)")

# "name: `token` other": the first line of a rule of a grammar; others begin with a colon.
_RULE = re.compile(r"\s*([\w-]*)\s*:(.*)")


class Description(AnyDirective):
    """A directive of Sphinx that describes an object, terms, or the rules of a grammar.

    What it says is shown, with the anchors that Sphinx has, and nothing is registered: a proposal
    is not the documentation.
    """

    def run(self) -> list[nodes.Node]:
        """Return the signatures with the description, or the terms with their definitions."""
        name = self.name.lower()
        if name == GLOSSARY:
            return [nodes.container("", *self._terms(), classes=["fep-objects"])]
        lines = "\n".join([*self.arguments, *self.content]).split("\n")
        if name == GRAMMAR:
            return [self._grammar(lines[0].strip(), lines[1:])]
        signatures = [line.strip() for line in "\n".join(self.arguments).split("\n")]
        terms = [self._signature(text) for text in signatures if text]
        # Objects in the description are those of the last one.
        self._scope.append(_object_name(signatures[-1]))
        try:
            return [self._entry(terms, self.content)]
        finally:
            self._scope.pop()

    @property
    def _scope(self) -> list[str]:
        """The names of the objects around this one."""
        scope: list[str] = vars(self.state.document).setdefault("fep_scope", [])
        return scope

    def _signature(self, text: str) -> nodes.Node:
        domain, _, kind = self.name.lower().rpartition(":")
        prefix = "c." if domain == "c" else ""
        literal = nodes.literal(text, text)
        self._add_anchor(literal, prefix + ".".join([*self._scope, _object_name(text)]))
        if kind not in _SHOWN_KINDS or text.startswith(f"{kind} "):
            return literal
        return nodes.inline("", "", nodes.Text(f"{kind} "), literal)

    def _add_anchor(self, node: nodes.Element, anchor: str) -> None:
        """Give *node* an anchor, unless another one has it."""
        anchor = re.sub(r"[^\w.-]+", "-", anchor)
        if anchor not in self.state.document.ids:
            node["ids"].append(anchor)
            self.state.document.ids[anchor] = node

    def _grammar(self, group: str, lines: list[str]) -> nodes.Node:
        """Return the rules of a grammar, one below the other."""
        rules = [match for line in lines if (match := _RULE.fullmatch(line))]
        width = max((len(match[1]) for match in rules), default=0)
        source = "\n".join(lines)
        block = nodes.literal_block(source, "", classes=["fep-grammar"])
        for match in rules:
            name, text = match[1], match[2].strip()
            if name:
                strong = nodes.strong(name, name)
                self._add_anchor(strong, "-".join(filter(None, ("grammar-token", group, name))))
                block += [strong, nodes.Text(f"{' ' * (width - len(name))} ::= ")]
            else:
                block += nodes.Text(" " * (width + 5))
            for number, part in enumerate(text.split("`")):
                is_token = number % 2 == 1  # between backticks: "~grammar:name"
                shown = part.rpartition(":")[2] if part.startswith("~") else part
                block += nodes.literal(part, shown) if is_token else nodes.Text(part)
            block += nodes.Text("\n")
        return block

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
                strong = nodes.strong("", "", *text)
                self._add_anchor(strong, f"term-{strong.astext()}")
                terms += [strong, *messages]
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


def _object_name(signature: str) -> str:
    """Return the name of the object that a signature is of."""
    match = _NAME.search(signature)
    return match[1] if match else signature

"""Sections that a directive makes, known to the document as if they had been written in it."""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective, switch_source_input


def section(
    directive: SphinxDirective, title: str, *content: nodes.Node, name: str = ""
) -> nodes.section:
    """A section that can be linked by its *name*, or else by its title."""
    made = nodes.section("", nodes.title("", title), *content)
    made["names"].append(name or nodes.fully_normalize_name(title))
    directive.state.document.note_implicit_target(made, made)
    made.source, made.line = directive.get_source_info()
    return made


def parsed(directive: SphinxDirective, text: str, source: str, line: int) -> list[nodes.Node]:
    """*text* as reStructuredText; mistakes are told at *source*, whose *line* it begins on."""
    lines = text.split("\n")
    content = StringList(lines, items=[(source, line - 1 + at) for at in range(len(lines))])
    holder = nodes.container()
    with switch_source_input(directive.state, content):
        directive.state.nested_parse(content, 0, holder)
    return holder.children

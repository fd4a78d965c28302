"""The page of the rules: what the docstring of each says, and its two examples."""

from __future__ import annotations

import inspect
from functools import partial

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..lint.registry import all_rules
from ..lint.rule import FAMILIES, Family, Rule
from .i18n import _, gettext_nodes
from .sections import parsed, section


def make(directive: SphinxDirective) -> list[nodes.Node]:
    """A section for each family, with one in it for each rule, linked by the rule's name."""
    return [_family(directive, family) for family in FAMILIES.values()]


def _family(directive: SphinxDirective, family: Family) -> nodes.section:
    rules = [rule for rule in all_rules() if rule.family is family]
    title = f"{family.letter}: {family.name}"
    made = section(directive, title, nodes.paragraph("", family.summary))
    made += map(partial(_rule, directive), rules)
    return made


def _rule(directive: SphinxDirective, rule: Rule) -> nodes.section:
    source, line = _place(rule)
    directive.env.note_dependency(source)
    return section(
        directive,
        f"{rule.code} {rule.name}",
        nodes.paragraph("", "", nodes.strong("", rule.summary)),
        _level(rule),
        *parsed(directive, rule.why, source, line),
        *_example(_("Bad"), rule.bad, "bad"),
        *_example(_("Good"), rule.good, "good"),
        name=rule.name,
    )


def _level(rule: Rule) -> nodes.paragraph:
    level = nodes.inline("", str(rule.severity), classes=[f"fep-level-{rule.severity}"])
    command = nodes.literal("", "fep check --fix")
    parts = gettext_nodes("{level}, {command} mends it", level=level, command=command)
    return nodes.paragraph("", "", *(parts if rule.fixable else [level]), classes=["fep-level"])


def _example(title: str, text: str, kind: str) -> list[nodes.Node]:
    """An example as a file holds it; what does not print is shown as an escape."""
    text = text.rstrip("\n")
    shown = "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)
    block = nodes.literal_block(shown, shown, language="none")
    return [nodes.paragraph("", title, classes=[f"fep-{kind}"]), block]


def _place(rule: Rule) -> tuple[str, int]:
    """The file of a rule, and the line on which its reasons begin."""
    source = inspect.getsourcefile(rule.check) or ""
    lines, first = inspect.getsourcelines(rule.check)
    begins = rule.why.split("\n", 1)[0]
    return source, first + next((n for n, text in enumerate(lines) if begins in text), 0)

"""The page of the lint rules, made from their docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache, partial

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..lint.rule import CheckFunction, FAMILIES, Family, Rule
from .i18n import _, gettext_nodes
from .nodes import parse_text, section


def render_rules(directive: SphinxDirective, rules: Sequence[Rule]) -> list[nodes.section]:
    """Return a section per family with a section per rule, which links target by its name.

    :param rules: Every rule, at its level in the repository.
    """
    return [
        _family_section(directive, family, [rule for rule in rules if rule.family is family])
        for family in FAMILIES.values()
    ]


def _family_section(
    directive: SphinxDirective, family: Family, rules: Sequence[Rule]
) -> nodes.section:
    title = f"{family.letter}: {family.name}"
    element = section(directive, title, nodes.paragraph("", family.summary))
    element += map(partial(_rule_section, directive), rules)
    return element


def _rule_section(directive: SphinxDirective, rule: Rule) -> nodes.section:
    source, line = locate_explanation(rule)
    directive.env.note_dependency(source)
    return section(
        directive,
        f"{rule.code} {rule.name}",
        nodes.paragraph("", "", nodes.strong("", rule.summary)),
        _severity(rule),
        *parse_text(directive, rule.why, source, line),
        *_example(_("Bad"), rule.bad, "bad"),
        *_example(_("Good"), rule.good, "good"),
        name=rule.name,
    )


def _severity(rule: Rule) -> nodes.paragraph:
    severity = str(rule.severity)
    badge = nodes.inline("", severity, classes=[f"fep-level-{severity}"])
    command = nodes.literal("", "fep check --fix")
    fixable = gettext_nodes("{level}, fixable with {command}", level=badge, command=command)
    parts = fixable if rule.fixable else [badge]
    return nodes.paragraph("", "", *parts, classes=["fep-level"])


def _example(title: str, text: str, kind: str) -> list[nodes.Node]:
    r"""Return an example. Characters that do not print are shown as ``\u200b``."""
    text = text.rstrip("\n")
    shown = "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)
    block = nodes.literal_block(shown, shown, language="none")
    return [nodes.paragraph("", title, classes=[f"fep-{kind}"]), block]


def locate_explanation(rule: Rule) -> tuple[str, int]:
    """Return the file of a rule, and the line on which its explanation begins."""
    check = inspect.unwrap(rule.check)  # those of plugins are wrapped
    source, lines, first = _source_of(check)
    start = rule.why.split("\n", 1)[0]
    return source, first + next((n for n, text in enumerate(lines) if start in text), 0)


@cache
def _source_of(check: CheckFunction) -> tuple[str, list[str], int]:
    """Return the file of a function, its lines, and the number of the first."""
    return inspect.getsourcefile(check) or "", *inspect.getsourcelines(check)

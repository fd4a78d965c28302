"""A rule's page as plain text, made of its docstring."""

from __future__ import annotations

from textwrap import indent

from .._text import safe
from .rule import Rule


def page(rule: Rule) -> str:
    """What ``fep explain`` says of *rule*, with a line end."""
    facts = [f"level {rule.severity}", f"family {rule.family.name.lower()}"]
    if rule.fixable:
        facts.append("mended by --fix")
    parts = [
        f"{rule.code} {rule.name} ({', '.join(facts)})",
        f"{rule.summary}\n\n{rule.why}",
        f"Bad:\n\n{_example(rule.bad)}",
        f"Good:\n\n{_example(rule.good)}",
    ]
    return "\n\n".join(parts) + "\n"


def _example(text: str) -> str:
    shown = "\n".join(safe(line, None) for line in text.rstrip("\n").split("\n"))
    return indent(shown, "    ")

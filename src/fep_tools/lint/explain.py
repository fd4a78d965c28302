"""The documentation of a rule as plain text, for ``fep explain``."""

from __future__ import annotations

from textwrap import indent

from .._text import safe
from .rule import Rule


def page(rule: Rule) -> str:
    """Return the documentation of a rule: code, level, reasons and the two examples."""
    facts = [f"level {rule.severity}", f"family {rule.family.name.lower()}"]
    if rule.fixable:
        facts.append("fixed by --fix")
    parts = [
        f"{rule.code} {rule.name} ({', '.join(facts)})",
        f"{rule.plain_summary}\n\n{rule.plain_why}",
        f"Bad:\n\n{_example(rule.bad)}",
        f"Good:\n\n{_example(rule.good)}",
    ]
    return "\n\n".join(parts) + "\n"


def _example(text: str) -> str:
    lines = [safe(line, None) for line in text.rstrip("\n").split("\n")]
    return indent("\n".join(lines), "    ")

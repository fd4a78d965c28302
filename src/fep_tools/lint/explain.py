"""The documentation of a rule as plain text, for ``fep explain``."""

from __future__ import annotations

from textwrap import indent

from .._text import safe
from ..diagnostics import Severity
from .rule import Rule


def page(rule: Rule, default: Severity | None = None) -> str:
    """Return the documentation of a rule: code, level, reasons and the two examples.

    :param default: The level that the rule has in other repositories.
    """
    changed = f", {default} by default" if default not in (None, rule.severity) else ""
    facts = [f"level {rule.severity}{changed}", f"family {rule.family.name.lower()}"]
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

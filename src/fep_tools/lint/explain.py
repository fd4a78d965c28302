"""The documentation of a rule as plain text, for ``fep explain``."""

from __future__ import annotations

from textwrap import fill, indent

from .._text import safe
from ..diagnostics import Severity
from .rule import Rule


def page(rule: Rule, default: Severity | None = None, columns: int | None = None) -> str:
    """Return the documentation of a rule: code, level, reasons and the two examples.

    :param default: The level that the rule has in other repositories.
    :param columns: Wrap the reasons at this width; by default, lines stay as they are written.
    """
    changed = f", {default} by default" if default not in (None, rule.severity) else ""
    facts = [f"level {rule.severity}{changed}", f"family {rule.family.name.lower()}"]
    if rule.fixable:
        facts.append("fixed by --fix")
    parts = [
        f"{rule.code} {rule.name} ({', '.join(facts)})",
        rule.plain_summary,
        *(_wrap(block, columns) for block in rule.plain_why.split("\n\n")),
        f"Bad:\n\n{_example(rule.bad)}",
        f"Good:\n\n{_example(rule.good)}",
    ]
    return "\n\n".join(parts) + "\n"


def _wrap(block: str, columns: int | None) -> str:
    """Return a paragraph as wide as the terminal; lists and code stay as they are."""
    lines = block.split("\n")
    if columns is None or any(line.startswith((" ", "- ")) for line in lines):
        return block
    return fill(" ".join(lines), columns, break_long_words=False, break_on_hyphens=False)


def _example(text: str) -> str:
    lines = [safe(line, None) for line in text.rstrip("\n").split("\n")]
    return indent("\n".join(lines), "    ")

"""``fep rules``"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from .. import options, terminal

if TYPE_CHECKING:
    from ...lint.rule import Rule


@click.command()
@options.pass_rules
@options.output_format("text", "json")
def command(rules: tuple[Rule, ...], format_: str) -> None:
    """List all rules with code, name, level, and available fixes.

    The levels are those of the repository.

    \b
    Examples:
      fep rules
      fep rules --format json
    """
    if format_ == "json":
        rows = [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": str(rule.severity),
                "fixable": rule.fixable,
                "summary": rule.summary,
            }
            for rule in rules
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        mark = "fix" if rule.fixable else ""
        columns = f"{rule.code}  {rule.name:<{width}}  {rule.severity:<7}  {mark:<3}"
        terminal.echo(f"{columns}  {rule.plain_summary}\n")

"""``fep rules``"""

from __future__ import annotations

import json

import click

from .. import options


@click.command()
@options.output_format("text", "json")
def command(format_: str) -> None:
    """List all rules with code, name, level, and available fixes.

    \b
    Examples:
      fep rules
      fep rules --format json
    """
    from ...lint.registry import all_rules

    if format_ == "json":
        rows = [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": str(rule.severity),
                "fixable": rule.fixable,
                "summary": rule.summary,
            }
            for rule in all_rules()
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    width = max(len(rule.name) for rule in all_rules())
    for rule in all_rules():
        mark = "fix" if rule.fixable else ""
        columns = f"{rule.code}  {rule.name:<{width}}  {rule.severity:<7}  {mark:<3}"
        click.echo(f"{columns}  {rule.plain_summary}")

"""``fep explain``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, params, terminal

if TYPE_CHECKING:
    from ...lint.rule import Rule


@click.command()
@click.argument("code", type=params.RuleCode())
@options.pass_rules
def command(rules: tuple[Rule, ...], code: str) -> None:
    """Explain the rule CODE, with a bad and a good example.

    CODE may also be the name of the rule. The level is that of the repository.

    \b
    Examples:
      fep explain H103
      fep explain header-date
    """
    from ...lint.explain import page
    from ...lint.registry import find_rule, RuleSet

    known = RuleSet(rules)
    rule = known.find(code)
    if rule is None:
        raise click.UsageError(known.describe_unknown(code))
    default = find_rule(code)
    severity = default.severity if default else None
    terminal.echo(page(rule, severity, terminal.columns()))

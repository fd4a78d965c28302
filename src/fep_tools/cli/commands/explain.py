"""``fep explain``"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import options, params

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
    from ...lint.registry import describe_unknown_rule, find_rule

    known = find_rule(code)
    if known is None:
        raise click.UsageError(describe_unknown_rule(code))
    rule = next(rule for rule in rules if rule.code == known.code)
    click.echo(page(rule, known.severity), nl=False)

"""``fep explain``"""

from __future__ import annotations

import click

from .. import params


@click.command()
@click.argument("code", type=params.RuleCode())
def command(code: str) -> None:
    """Explain the rule CODE, with a bad and a good example.

    CODE may also be the name of the rule.

    \b
    Examples:
      fep explain H103
      fep explain header-date
    """
    from ...lint.explain import page
    from ...lint.registry import describe_unknown_rule, find_rule

    rule = find_rule(code)
    if rule is None:
        raise click.UsageError(describe_unknown_rule(code))
    click.echo(page(rule), nl=False)

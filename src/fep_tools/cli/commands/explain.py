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
    from ..._text import did_you_mean
    from ...lint.explain import page
    from ...lint.registry import all_rules, find_rule

    rule = find_rule(code)
    if rule is None:
        names = [name for known in all_rules() for name in (known.code, known.name)]
        hint = did_you_mean(code, names, "`fep rules` lists all rules")
        raise click.UsageError(f"there is no rule {code}; {hint}")
    click.echo(page(rule), nl=False)

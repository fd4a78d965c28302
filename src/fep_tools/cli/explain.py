"""``fep explain``"""

from __future__ import annotations

import click

from . import offers


@click.command()
@click.argument("code", type=offers.Code())
def command(code: str) -> None:
    """Explain the rule with that CODE or name: why it is there, what is bad and what is good.

    \b
    Examples:
      fep explain H103
      fep explain header-date
    """
    from ..lint.page import page
    from ..lint.rule import all_rules, find
    from ..text import nearest

    rule = find(code)
    if rule is None:
        names = [name for known in all_rules() for name in (known.code, known.name)]
        meant = nearest(code, names)
        hint = f"did you mean {meant}?" if meant else "`fep rules` lists them all"
        raise click.UsageError(f"there is no rule {code}; {hint}")
    click.echo(page(rule), nl=False)

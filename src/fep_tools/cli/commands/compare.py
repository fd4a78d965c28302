"""``fep compare``"""

from __future__ import annotations

from typing import BinaryIO

import click

from .. import options


@click.command()
@click.argument("before", type=click.File("rb"), metavar="A")
@click.argument("after", type=click.File("rb"), metavar="B")
@options.output_format("text", "json")
def command(before: BinaryIO, after: BinaryIO, format_: str) -> int:
    """Compare the findings of two checks.

    A and B are files that "fep check --format json" has written, or - for standard input. A
    finding stays the same when lines move. The exit status is 1 if there are new errors.

    \b
    Examples:
      fep check --format json:before.json --exit-zero
      fep compare before.json after.json
      fep check --format json | fep compare before.json -
    """
    from ...editorial.finding_records import compare_results, parse_result
    from ...errors import ConfigError
    from ..render import compare

    old, new = (parse_result(file.read(), file.name) for file in (before, after))
    if old.process != new.process:
        raise ConfigError(f"A is about {old.process}s, and B about {new.process}s")
    comparison = compare_results(old, new)
    render = compare.as_json if format_ == "json" else compare.as_text
    click.echo(render(comparison), nl=False)
    for name, result in (("A", old), ("B", new)):
        if not result.complete:
            click.echo(f"fep: {name} is not complete: something could not be checked", err=True)
    if comparison.new_errors:
        return 1
    # Without new errors in what was checked, there may be some in the rest.
    return 0 if new.complete else 2

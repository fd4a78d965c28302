"""The command line: one command a file, loaded when it is called.

A command parses its options, calls one function, tells the answer and returns the exit
status: 0 clean, 1 findings, 2 could not judge, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from ..errors import FepError
from .lazy_group import LazyGroup


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fep-tools", prog_name="fep", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show where a fault of the tool itself comes from.")
def fep(debug: bool) -> None:
    """Check, list and publish a repository of enhancement proposals."""


def _complain(told: str) -> None:
    """One line on standard error; a stranger's settings and names may be in it."""
    from .._text import safe

    click.echo(f"fep: {safe(told, None)}", err=True)


def main() -> None:
    """Run ``fep`` with the arguments of the process, and exit."""
    # A command lives for seconds and keeps nearly all that it makes; little is worth collecting.
    gc.set_threshold(200_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    _leave(run(sys.argv[1:]))


def _leave(status: int) -> NoReturn:
    """End the process, without taking every object apart first, which only takes time.

    Nothing waits to be done at the end: files are closed and processes ended where they began.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def run(arguments: list[str]) -> int:
    """The exit status of ``fep`` with *arguments*."""
    try:
        status = fep.main(arguments, prog_name="fep", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except FepError as problem:
        _complain(str(problem))
        return problem.exit_code
    except click.ClickException as problem:
        problem.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("fep: interrupted", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        _complain(f"{problem.filename or 'output'}: {problem.strerror}")
        return 2
    except Exception as problem:
        if "--debug" in arguments:
            raise
        click.echo(
            f"fep: a fault of the tool: {type(problem).__name__}; run it again as "
            "`fep --debug ...` and report what it prints",
            err=True,
        )
        return 3

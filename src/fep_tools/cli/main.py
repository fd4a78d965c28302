"""The entry point of ``fep``: run a command and turn its errors into one line and a status.

A command parses its options, calls one function, prints the result and returns the exit
status: 0 for clean, 1 for findings, 2 for "could not judge", 3 for an internal error,
130 for interrupted.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from .._version import __version__
from ..errors import FepError
from . import interrupts, streams
from .lazy_group import LazyGroup

MAX_HELP_COLUMNS = 78
"""The width of help texts on wide terminals, as click has it."""


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fep", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def fep(debug: bool) -> None:
    """Check, list and publish a repository of enhancement proposals.

    \b
    Examples:
      fep check
      fep new "Typed views" --author "Ada Lovelace"
      fep check --help
    """


def main() -> None:
    """Run ``fep`` with the arguments of the process, and exit."""
    # A command lives for seconds and keeps nearly everything that it creates. With the
    # default thresholds the garbage collector would walk all of it again and again.
    gc.set_threshold(200_000, 20, 20)
    streams.prepare()
    interrupts.raise_them()
    _exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run ``fep`` with *arguments* and return the exit status."""
    try:
        status = fep.main(
            arguments, prog_name="fep", standalone_mode=False, terminal_width=_help_width(arguments)
        )
        sys.stdout.flush()
        return int(status or 0)
    except FepError as error:
        _print_error(str(error))
        return error.exit_code
    except click.ClickException as error:
        _show(error)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("fep: interrupted", err=True)
        return interrupts.INTERRUPTED
    except OSError as error:
        _print_error(_os_error(error))
        return 2
    except Exception as error:
        if "--debug" in arguments:
            raise
        click.echo(
            f"fep: internal error: {type(error).__name__}; run it again with "
            "`fep --debug` and report what it prints",
            err=True,
        )
        return 3


def _help_width(arguments: list[str]) -> int | None:
    """Return the width of help texts; ``None`` for click's own, which is at least 50 columns."""
    if not {"-h", "--help"}.intersection(arguments):
        return None
    from . import terminal

    limit = terminal.columns()
    return min(limit, MAX_HELP_COLUMNS) if limit else None


def _os_error(error: OSError) -> str:
    """Return a message that names the file, from the current directory if it is below it."""
    reason = error.strerror or str(error)
    # A file that is replaced by another has the second name.
    if (name := error.filename2 or error.filename) is not None:
        path, here = os.fsdecode(name), os.path.join(os.getcwd(), "")
        return f"{path.removeprefix(here)}: {reason}"
    # Standard output has no name, and may be on a full disk. Other errors say what is missing.
    return reason if error.errno == errno.ENOENT else f"output: {reason}"


def _print_error(message: str) -> None:
    """Print one line on standard error; *message* may quote untrusted names and settings."""
    from .._text import safe

    click.echo(f"fep: {safe(message, None)}", err=True)


def _show(error: click.ClickException) -> None:
    """Print an error in the options, which may quote the name of an untrusted file."""
    from .._text import safe

    if not isinstance(error, click.MissingParameter):  # its message is a list on several lines
        vars(error).update(message=safe(error.message, None))
    error.show()


def _exit(status: int) -> NoReturn:
    """End the process without freeing every object first.

    Freeing a large corpus takes longer than a short command. Nothing relies on the clean-up:
    commands close their files and stop their processes themselves.
    """
    interrupts.handle(lambda *_: os._exit(interrupts.INTERRUPTED))
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)

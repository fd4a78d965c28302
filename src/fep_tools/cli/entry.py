"""The entry point of ``fep``, which Ctrl-C ends without a traceback.

Importing the command line takes a tenth of a second, and starting Python another third of that,
in which only Python itself can be interrupted. So this module imports nothing until it is called.
"""

import os

# As in fep_tools/__init__.py: importing typing takes longer than the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

INTERRUPTED = 130
"""The exit status of a command that was interrupted."""


def main() -> None:
    """Run ``fep`` with the arguments of the process, and exit."""
    try:
        handle_interrupts(lambda *_: os._exit(INTERRUPTED))
        from .main import main

        main()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)


def handle_interrupts(handler: "Callable[..., Any] | int") -> None:
    """Call *handler* for Ctrl-C, and if a service or a job of CI is stopped (``SIGTERM``).

    A signal that the caller ignores, as a shell does for commands in the background, stays ignored.
    """
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def raise_interrupts() -> None:
    """Raise :class:`KeyboardInterrupt` for both signals from here on, so that files are tidied up.

    Processes that are forked end at once, without a traceback of their own.
    """
    import signal
    import sys

    handle_interrupts(signal.default_int_handler)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: handle_interrupts(signal.SIG_DFL))
    sys.unraisablehook = _unraisable


def _unraisable(unraisable: "Any") -> None:
    """Interrupt again where Python cannot: in a callback, it would only print a traceback."""
    import signal
    import sys
    from threading import Timer

    if unraisable.exc_type is KeyboardInterrupt:
        Timer(0.01, os.kill, (os.getpid(), signal.SIGINT)).start()
    else:
        sys.__unraisablehook__(unraisable)

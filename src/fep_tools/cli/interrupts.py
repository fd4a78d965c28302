"""Ctrl-C, and being stopped by a service or a job of CI, which end a command in the same way."""

import os

# As in fep_tools/__init__.py: importing typing takes longer than the rest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

INTERRUPTED = 130
"""The exit status of a command that was interrupted."""


def handle(handler: "Callable[..., Any] | int") -> None:
    """Call *handler* for Ctrl-C, and if a service or a job of CI is stopped (``SIGTERM``).

    A signal that the caller ignores, as a shell does for commands in the background, stays ignored.
    """
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def raise_them() -> None:
    """Raise :class:`KeyboardInterrupt` for both signals from here on, so that files are tidied up.

    Processes that are forked end at once, without a traceback of their own.
    """
    import signal
    import sys

    handle(signal.default_int_handler)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: handle(signal.SIG_DFL))
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

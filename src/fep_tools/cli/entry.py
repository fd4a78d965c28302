"""The entry point of ``fep``, which Ctrl-C ends without a traceback.

Importing the command line takes a tenth of a second, and starting Python another third of that,
in which only Python itself can be interrupted. So this module imports nothing until it is called.
"""

import os
import sys

INTERRUPTED = 130  # that of interrupts.py, which may not have been imported yet


def main() -> None:
    """Run ``fep`` with the arguments of the process, and exit."""
    try:
        _restart_with_docstrings()
        from . import interrupts

        interrupts.handle(lambda *_: os._exit(INTERRUPTED))
        from .main import main

        main()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)


def _restart_with_docstrings() -> None:
    """Start Python again if ``-OO`` or ``PYTHONOPTIMIZE=2``, as images of containers set it, is on.

    Python has then thrown away all docstrings, of which rules, help and schemas are made.
    """
    # Windows would end this process at once, and a shell would no longer wait.
    if sys.flags.optimize > 1 and os.name != "nt" and os.path.isfile(sys.argv[0]):
        os.environ.pop("PYTHONOPTIMIZE", None)
        # Without an option of its own, Python would import from the directory of the script.
        option = "-I" if sys.flags.isolated else "-P"
        command = [sys.executable, option, *sys.argv]
        os.execv(sys.executable, command)  # noqa: S606 - Python itself, as it was started

"""The entry point of ``fep``, which Ctrl-C ends without a traceback.

Importing the command line takes a tenth of a second, and starting Python another third of that,
in which only Python itself can be interrupted. So this module imports nothing until it is called.
"""

import os

INTERRUPTED = 130  # that of interrupts.py, which may not have been imported yet


def main() -> None:
    """Run ``fep`` with the arguments of the process, and exit."""
    try:
        from . import interrupts

        interrupts.handle(lambda *_: os._exit(INTERRUPTED))
        from .main import main

        main()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)

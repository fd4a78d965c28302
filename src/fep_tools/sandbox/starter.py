"""The first program in a sandbox: it limits itself, stops being root, and starts another program.

Python runs code of installed packages before any program (``*.pth``, ``sitecustomize.py``), and
packages are untrusted. So this one runs without them: ``python -I -S -c TEXT SETTINGS COMMAND...``.
The settings are JSON. It needs Python 3.8 or later and nothing but the standard library.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress


def main() -> None:
    """Apply the settings, and become the program that the command starts."""
    settings = json.loads(sys.argv[1])
    apply_limits(settings["limits"])
    if settings["user"] is not None:
        os.setgroups([])
        os.setgid(settings["user"])
        os.setuid(settings["user"])
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - starting a program is the purpose


def apply_limits(limits: dict[str, int]) -> None:
    """Limit this process and its children; the names are those of ``resource.RLIMIT_*``."""
    import resource

    for name, limit in limits.items():
        kind = getattr(resource, "RLIMIT_" + name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        # The soft limit of CPU time is one second lower: it sends SIGXCPU, and the hard limit
        # SIGKILL, which may have other causes.
        with suppress(ValueError):  # macOS has limits that it refuses to set
            resource.setrlimit(kind, (allowed - (name == "CPU"), allowed))


if __name__ == "__main__":
    main()

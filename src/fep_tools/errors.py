"""What is not a proposal's fault: the operator's mistakes.

A wrong proposal is a :class:`~fep_tools.diagnostics.Finding`, never an exception.
Everything here ends a command with exit status 2 and one sentence that says what to do.
"""

from __future__ import annotations


class FepError(Exception):
    """Something outside the proposals keeps the tool from judging."""

    exit_code = 2


class ProcessError(FepError):
    """The process file cannot be used."""


class ConfigError(FepError):
    """A setting is unknown or has a value that cannot be used."""


class RepositoryError(FepError):
    """The repository is not what the command needs."""

"""Errors of the operator: something outside the proposals keeps the tool from checking them.

A mistake in a proposal is a :class:`~fep_tools.diagnostics.Finding`, never an exception. Each of
these ends a command with exit status 2 and one sentence that says what to do.
"""

from __future__ import annotations


class FepError(Exception):
    """Base class of all errors that the user can correct."""

    exit_code = 2


class ProcessError(FepError):
    """The process file cannot be used."""


class ConfigError(FepError):
    """A setting is unknown or has a value that cannot be used."""


class RepositoryError(FepError):
    """The repository is not what the command needs."""


class NoProcessError(RepositoryError):
    """There is no process file: the directory is not in a repository of proposals."""

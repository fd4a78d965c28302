"""Run a repository of enhancement proposals."""

__version__ = "0.1.0"

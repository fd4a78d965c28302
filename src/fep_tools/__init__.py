"""Check, track and publish enhancement proposals.

The names in ``__all__`` are the public API. They are imported when they are first used, so
that ``import fep_tools`` and ``fep --version`` do not import everything.
"""

from ._version import __version__ as __version__

# Importing typing takes longer than the rest of this module. Type checkers know the name.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .diagnostics import CheckOptions, CheckResult, Diagnostic, Edit, Finding, Severity, Span
    from .errors import ConfigError, FepError, ProcessError, RepositoryError
    from .lint.runner import check
    from .process.loader import load_process
    from .process.model import Process
    from .proposals.model import Corpus, Proposal
    from .repository import Repository

__all__ = [
    "CheckOptions",
    "CheckResult",
    "ConfigError",
    "Corpus",
    "Diagnostic",
    "Edit",
    "FepError",
    "Finding",
    "Process",
    "ProcessError",
    "Proposal",
    "Repository",
    "RepositoryError",
    "Severity",
    "Span",
    "check",
    "load_process",
]

_MODULES = {
    "CheckOptions": "diagnostics",
    "CheckResult": "diagnostics",
    "ConfigError": "errors",
    "Corpus": "proposals.model",
    "Diagnostic": "diagnostics",
    "Edit": "diagnostics",
    "FepError": "errors",
    "Finding": "diagnostics",
    "Process": "process.model",
    "ProcessError": "errors",
    "Proposal": "proposals.model",
    "Repository": "repository",
    "RepositoryError": "errors",
    "Severity": "diagnostics",
    "Span": "diagnostics",
    "check": "lint.runner",
    "load_process": "process.loader",
}
"""The module of each public name."""


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


# Type checkers read the imports above. With a __getattr__ they would accept any name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import a public name when it is first used (PEP 562)."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value

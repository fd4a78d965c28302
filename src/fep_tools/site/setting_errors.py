"""Errors of the operator in a build that the user's own ``conf.py`` configures."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TYPE_CHECKING

from sphinx.errors import ConfigError

from .._text import safe
from ..errors import FepError, NoProcessError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NO_PROCESS = (
    "there is no fep/process.toml; set fep_root to the root of the repository, as it is seen from "
    "conf.py, or fep_process to a file or the name of a process, such as pep"
)


def shows_errors(app: Sphinx) -> bool:
    """Return whether an application is that of ``fep build``, which shows errors itself."""
    return getattr(app, "shows_errors", False)


def explained(handler: Callable[..., None]) -> Callable[..., None]:
    """Return *handler* of an event with errors that Sphinx shows as those of the user.

    Sphinx shows any other exception as a bug of the extension, with a traceback, and its text
    names options of ``fep``. In a build of ours, ``fep build`` shows the errors itself.
    """

    @wraps(handler)
    def handle(app: Sphinx, *arguments: Any) -> None:
        try:
            handler(app, *arguments)
        except FepError as problem:
            if shows_errors(app):
                raise
            is_missing = isinstance(problem, NoProcessError)
            message = _NO_PROCESS if is_missing else safe(str(problem), None)
            raise ConfigError(f"fep_tools.site: {message}") from None

    return handle

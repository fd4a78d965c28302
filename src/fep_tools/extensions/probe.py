"""Import an extension, and make a minimal application with it.

This module is also a program: the interpreter of an environment gets its text, after that of
:mod:`fep_tools.sandbox.guest`. It needs Python 3.8 or later, and Flask in the environment.

The application has one view. The class of the extension is *factory* of the task, or else found by
:func:`find_class`. It is used as the documentation of Flask asks for: ``extension = Class()`` and
``extension.init_app(app)``, or ``Class(app)``. Then the view gets one request.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Send = Callable[[dict[str, Any]], None]

PALLETS = {"blinker", "click", "flask", "itsdangerous", "jinja2", "markupsafe", "werkzeug"}
"""The packages whose deprecations are reported, if the extension uses what is deprecated."""

MAX_TEXT = 300
"""Characters of a message that are reported."""

MAX_WARNINGS = 50


class Probe:
    """A test of one extension.

    :param modules: its modules.
    :param send: takes messages, about each *stage* when it begins, and about its end.
    """

    def __init__(self, modules: list[str], send: Send) -> None:
        self.modules = modules
        self.send = send
        self.warnings: list[dict[str, str]] = []
        self.stage = ""
        self.made = ""
        self.prefixes: tuple[str, ...] = ()

    def run(self, factory: str, config: dict[str, Any]) -> None:
        """Run all stages, and report the end."""
        warnings.simplefilter("always")
        warnings.showwarning = self._note_warning  # type: ignore[assignment]
        error: BaseException | None = None
        try:
            self._stages(factory, config)
        except BaseException as problem:  # extensions call sys.exit()
            error = problem
            traceback.print_exception(type(problem), problem, problem.__traceback__)
        end: dict[str, Any] = {
            "end": True,
            "made": self.made,
            "warnings": self.warnings[:MAX_WARNINGS],
        }
        if error is not None:
            end["error"] = describe(error)
            end["at"] = self._position(traceback.extract_tb(error.__traceback__))
        self.send(end)

    def _begin(self, stage: str) -> None:
        self.stage = stage
        self.send({"stage": stage})

    def _stages(self, factory: str, config: dict[str, Any]) -> None:
        self._begin("import flask")
        flask: Any = importlib.import_module("flask")
        app = flask.Flask("__main__")  # as in a program of one file
        add_view(app)
        self.prefixes = self._own_prefixes()
        for name in self.modules:
            self._begin("import " + name)
            importlib.import_module(name)
        name, found = self._resolve(factory)
        if found is None:
            return
        app.testing = True  # so that an exception in a request arrives here
        app.config.update({"SECRET_KEY": "trial"}, **config)
        app = self._make(name, found, app, flask.Flask, is_named=bool(factory))
        if app is None:
            return
        self.made = name
        self._begin("a request")
        app.test_client().get("/")

    def _resolve(self, factory: str) -> tuple[str, Any]:
        """Return the class of the extension, with its name, ``None`` if there is none."""
        if not factory:
            return find_class(self.modules)
        module, _, attribute = factory.partition(":")
        self._begin(f"from {module} import {attribute}")
        found: Any = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
        return attribute, found

    def _make(self, name: str, found: Any, app: Any, flask_class: Any, *, is_named: bool) -> Any:
        """Return an application with the extension in it, which *found* may make itself.

        :param is_named: whether the file of extensions names *found*.
        :return: ``None`` if *found* needs other arguments.
        """
        if isinstance(found, type) and issubclass(found, flask_class):
            self._begin(name + "()")
            made: Any = found("__main__")
            add_view(made)
            made.testing = True
            made.config.update(app.config)
            return made
        if hasattr(found, "init_app"):
            self._begin(name + "().init_app(app)")
            try:
                extension = found() if isinstance(found, type) else found
            except TypeError as problem:
                if not is_call_refused(problem):
                    raise
                # It wants the application, which is the older way.
            else:
                return app if self._call(extension.init_app, app, is_named) else None
        self._begin(name + "(app)")
        return app if self._call(found, app, is_named) else None

    def _call(self, function: Any, app: Any, is_named: bool) -> bool:
        """Call *function* with *app*; return whether it takes one argument."""
        try:
            function(app)
        except TypeError as problem:
            if is_named or not is_call_refused(problem):
                raise
            return False
        return True

    # Positions --------------------------------------------------------------------------------

    def _own_prefixes(self) -> tuple[str, ...]:
        """Return the paths that the files of the extension begin with."""
        tops = {name.partition(".")[0] for name in self.modules}
        return tuple(
            os.path.join(directory, top) + end
            for directory in sys.path
            for top in tops
            for end in (os.sep, ".py")
        )

    def _is_own(self, filename: str) -> bool:
        return bool(self.prefixes) and filename.startswith(self.prefixes)

    def _position(self, frames: Any) -> str:
        """Return the innermost position in the extension, as ``flask_login/utils.py:14``."""
        for frame in reversed(list(frames)):
            if self._is_own(frame.filename):
                return f"{relative(frame.filename)}:{frame.lineno}"
        return ""

    def _note_warning(self, message: Warning, category: type, *_position: Any) -> None:
        """Note a deprecation by Pallets that the extension itself meets."""
        if not issubclass(category, (DeprecationWarning, PendingDeprecationWarning)):
            return
        skipped = ("<string>", warnings.__file__)
        stack = [f for f in traceback.extract_stack() if f.filename not in skipped]
        if not stack or not is_pallets(stack[-1].filename):
            return
        # Decorators of Flask may stand between the extension and what warns, so the position
        # that Python gives is often one in Flask.
        callers = (f for f in reversed(stack) if not is_pallets(f.filename))
        position = self._position([f for f in callers if not is_standard(f.filename)][:1])
        entry = {"text": shorten(str(message)), "at": position}
        if position and entry not in self.warnings:
            self.warnings.append(entry)


def add_view(app: Any) -> None:
    """Give *app* a view that gets a request later."""
    app.add_url_rule("/", "index", lambda: "index")


def find_class(modules: list[str]) -> tuple[str, Any]:
    """Return the class that is obviously the extension, with its name; ``None`` if none is.

    These are the public classes of its modules that have ``init_app`` and are defined there, not
    imported from another extension. If there are several, it is the one whose name is that of the
    module, ``SQLAlchemy`` for ``flask_sqlalchemy``, or else the only one whose name begins or
    ends so, ``LoginManager`` for ``flask_login``.
    """
    for name in modules:
        module = sys.modules[name]
        own = name.partition(".")[0]
        classes = {
            key: value
            for key, value in sorted(vars(module).items())
            if isinstance(value, type)
            and not key.startswith("_")
            and callable(getattr(value, "init_app", None))
            and value.__module__.partition(".")[0] == own
        }
        short = own.lower().replace("flask", "").replace("_", "")
        for matches in (
            list(classes),
            [key for key in classes if key.lower() == short],
            [key for key in classes if key.lower().startswith(short)],
            [key for key in classes if key.lower().endswith(short)],
        ):
            if len(matches) == 1:
                return matches[0], classes[matches[0]]
    return "", None


def is_call_refused(problem: TypeError) -> bool:
    """Return whether a call did not begin, because it has too few or too many arguments."""
    return problem.__traceback__ is not None and problem.__traceback__.tb_next is None


def relative(filename: str) -> str:
    """Return *filename* below the directory of packages: ``flask_login/utils.py``."""
    for directory in sorted(sys.path, key=len, reverse=True):
        if directory and filename.startswith(directory + os.sep):
            return filename[len(directory) + 1 :].replace(os.sep, "/")
    return os.path.basename(filename)


def is_pallets(filename: str) -> bool:
    """Return whether *filename* belongs to one of :data:`PALLETS`."""
    top = relative(filename).partition("/")[0]
    return (top[:-3] if top.endswith(".py") else top) in PALLETS


def is_standard(filename: str) -> bool:
    """Return whether *filename* is a module of Python's own."""
    return filename.startswith("<") or (
        "site-packages" not in filename and filename.startswith(os.path.dirname(os.__file__))
    )


def describe(error: BaseException) -> str:
    """Return the type and the first line of an exception."""
    first = (str(error).strip().splitlines() or [""])[0]
    return shorten(f"{type(error).__name__}: {first}".rstrip(": "))


def shorten(text: str) -> str:
    """Return *text* on one line, encodable, not too long, and without directories that vary."""
    for directory in sorted(filter(None, sys.path), key=len, reverse=True):
        text = text.replace(directory + os.sep, "")
    text = " ".join(text.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 3] + "..."

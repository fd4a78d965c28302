"""Code that is prepared for a name to be missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import NamedTuple

from .resolution import Scope

_IMPORT_ERRORS = frozenset(("ImportError", "ModuleNotFoundError"))
_ATTRIBUTE_ERRORS = frozenset(("AttributeError",))
_ALL_ERRORS = frozenset(("Exception", "BaseException"))

_VERSION = re.compile(r"version|flask_?[0-9]|TYPE_CHECKING", re.IGNORECASE)
_OTHER_VERSION = re.compile(r"py_?(?:thon)?_?version|version_info|api_?version", re.IGNORECASE)

# if not hasattr(app, "extensions"): every application of the last ten years has it, and the
# code below is about something else.
_NO_FEATURES = frozenset(("extensions", "teardown_appcontext", "cli"))

_LASTING = frozenset(("flask", "flask.Flask", "flask.Blueprint", "flask.Request", "flask.g"))


class Guard(NamedTuple):
    """Whether a failing import, or a missing attribute, is expected."""

    imports: bool = False
    attributes: bool = False

    def __or__(self, other: Guard) -> Guard:
        """Return what at least one of two guards expects."""
        return Guard(self.imports or other.imports, self.attributes or other.attributes)


NO_GUARD = Guard()


def guard_of_handlers(handlers: Iterable[ast.ExceptHandler]) -> Guard:
    """Return what the handlers of a ``try`` expect."""
    guard = NO_GUARD
    for handler in handlers:
        guard = guard | (Guard(True, True) if handler.type is None else _guard_of([handler.type]))
    return guard


def is_suppressed(node: ast.expr) -> Guard:
    """Return what ``suppress(ImportError)`` expects; nothing for another expression."""
    if isinstance(node, ast.Call) and _last_name(node.func) == "suppress":
        return _guard_of(node.args)
    return NO_GUARD


def _guard_of(errors: Iterable[ast.expr]) -> Guard:
    names: set[str] = set()
    for error in errors:
        names |= {_last_name(e) for e in (error.elts if isinstance(error, ast.Tuple) else [error])}
    every = bool(names & _ALL_ERRORS)
    return Guard(every or bool(names & _IMPORT_ERRORS), every or bool(names & _ATTRIBUTE_ERRORS))


def _last_name(node: ast.AST) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def tests_feature(test: ast.expr, scope: Scope) -> bool:
    """Return whether a condition asks for a feature or a version of Flask.

    Such are ``hasattr(app, "json_encoder")``, ``FLASK_VERSION < (2, 3)``, ``TYPE_CHECKING`` and
    ``_app_ctx_stack is not None`` if that name is bound in a ``try``.
    """
    for node in ast.walk(test):
        word = _last_name(node)
        if isinstance(node, ast.Call) and _last_name(node.func) == "hasattr":
            name = node.args[1] if len(node.args) == 2 else None
            is_feature = isinstance(name, ast.Constant) and name.value not in _NO_FEATURES
            if is_feature and _is_flask(node.args[0], scope):
                return True
        elif word and _VERSION.search(word) and not _OTHER_VERSION.search(word):
            return True
        elif isinstance(node, ast.Name):
            value = scope.lookup(node.id) or ()
            # Flask = None: whether Flask is installed, not whether it is new.
            if any(k.guarded for k in value) and not any(k.name in _LASTING for k in value):
                return True
    return False


def returns_early(node: ast.If, scope: Scope) -> bool:
    """Return whether what follows runs only with, or without, a feature of Flask."""
    ends = (ast.Return, ast.Raise, ast.Continue, ast.Break)
    leaves = any(block and isinstance(block[-1], ends) for block in (node.body, node.orelse))
    return leaves and tests_feature(node.test, scope)


def _is_flask(node: ast.expr, scope: Scope) -> bool:
    """Return whether something of Flask is asked for, as far as its name shows."""
    if isinstance(node, ast.Name):
        value = scope.lookup(node.id)
        if value:
            return any(known.is_flask for known in value)
    return _last_name(node).lower().strip("_") in ("app", "flask", "application", "blueprint", "bp")

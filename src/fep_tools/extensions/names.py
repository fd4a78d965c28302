"""Find where a program uses names of Flask, from its syntax tree alone.

Nothing is imported or run. Names are followed through imports, aliases, assignments, classes
derived from Flask's and modules of the same distribution. What a variable holds is inferred, so
every use has a certainty.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable

from .expressions import ModuleNames
from .uses import SymbolTable, Use
from .walker import walk

WALKER_VERSION = 1
"""Increased when the walker finds other uses; stored results of another version are outdated."""

_IMPORTS_FLASK = re.compile(r"^[^\S\n]*(?:from|import)[^\S\n]+[^#\n]*\bflask\b", re.MULTILINE)


class Unreadable(ValueError):
    """A file that Python cannot parse; the message says why, with the line."""


def parse_source(source: str) -> ast.Module:
    """Return the syntax tree of *source*.

    :raises Unreadable: if this version of Python cannot parse it.
    """
    try:
        # The text is untrusted, but parsing runs nothing.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except SyntaxError as error:
        place = f"line {error.lineno}" if error.lineno else "the file"
        raise Unreadable(f"{place} is not valid Python 3") from None
    except (RecursionError, MemoryError):
        raise Unreadable("the file is nested too deeply for Python") from None
    except ValueError:
        raise Unreadable("the file has a character that Python does not allow") from None


def imports_flask(source: str) -> bool:
    """Return whether a line of *source* looks like an import of Flask."""
    return _IMPORTS_FLASK.search(source) is not None


def find_uses(
    source: str,
    path: str,
    symbols: SymbolTable | Iterable[str],
    *,
    modules: ModuleNames | None = None,
    is_flask_code: bool | None = None,
) -> list[Use]:
    """Return the uses of symbols in a file, in the order of the text.

    :param source: the text of the file.
    :param path: its path, as in the uses.
    :param modules: finds other modules of the distribution, see :data:`ModuleNames`.
    :param is_flask_code: a variable called ``app`` is probably an application; by default, if
        the file imports Flask.
    :raises Unreadable: if this version of Python cannot parse it.
    """
    table = symbols if isinstance(symbols, SymbolTable) else SymbolTable(symbols)
    if not table.may_be_in(source):
        return []
    if is_flask_code is None:
        is_flask_code = imports_flask(source)
    return walk(parse_source(source), source, path, table, modules, is_flask_code).uses

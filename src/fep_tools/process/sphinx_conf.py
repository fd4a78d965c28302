"""What a Sphinx configuration says, without running it."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from .._files import read_file
from .._text import is_utf8

FILE = "conf.py"
"""The name of a configuration of Sphinx."""

EXTENSION = "fep_tools.site"
"""The extension that a configuration names if it is meant for this tool."""

ISSUES = "issues_github_path"
"""The setting of the extension ``sphinx_issues``, which adds roles for a repository on GitHub."""

MAX_LENGTH = 100_000
"""The longest file that is parsed: Python's parser needs much memory for crafted ones."""

MAX_STRING_LENGTH = 2000
"""The longest string that is put together: ``a = b + b`` doubles one, line by line."""


def read_confs(root: Path, globs: Iterable[str]) -> Iterator[str]:
    """Yield the texts of the configurations in the directories of files and above them.

    :param globs: patterns of the files, such as ``doc/neps/*.rst``.
    """
    directories = {""}
    for glob in globs:
        *parts, _name = re.split(r"[*?\[]", glob)[0].split("/")
        directories |= {"".join(f"{part}/" for part in parts[: n + 1]) for n in range(len(parts))}
    # The nearest to the files comes first.
    for directory in sorted(directories, key=lambda directory: (-directory.count("/"), directory)):
        if text := read_conf(root, directory):
            yield text


def read_conf(root: Path, directory: str = "") -> str:
    """Return the text of the configuration in a directory of a repository, or ``""``."""
    data = read_file(root, f"{directory}{FILE}")
    return data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else ""


def read_default_role(text: str) -> str:
    """Return the string that a file assigns to ``default_role``, or ``""``."""
    role = ""
    for name, value in _assignments(text, "default_role"):
        if name == "default_role" and (constant := _string(value, {})) is not None:
            role = constant
    return role.lower()


def read_locale_dirs(text: str) -> tuple[str, ...]:
    """Return the strings that a file assigns to ``locale_dirs``, or what Sphinx has by default."""
    names: tuple[str, ...] = ("locales",)
    for name, value in _assignments(text, "locale_dirs"):
        if name == "locale_dirs" and isinstance(value, (ast.List, ast.Tuple)):
            strings = [_string(item, {}) for item in value.elts]
            names = tuple(string for string in strings if string)
    return names


def names_extension(text: str) -> bool:
    """Return whether a file adds our extension to ``extensions``.

    The name must be written in a list or a tuple of the statement, or be what ``append`` and
    ``insert`` add. It does not count in a comment, in a text, or in a module that is imported.
    """
    for node in _outside_functions(_parse(text, EXTENSION)):
        match node:
            case (
                ast.Assign(targets=[ast.Name("extensions")], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name("extensions"), value=ast.expr() as value)
                | ast.AugAssign(target=ast.Name("extensions"), op=ast.Add(), value=value)
            ):
                arguments = [value]
            case ast.Call(
                func=ast.Attribute(value=ast.Name("extensions"), attr="extend"), args=arguments
            ):
                pass
            case ast.Call(
                func=ast.Attribute(value=ast.Name("extensions"), attr="append" | "insert"),
                args=[*_, ast.Constant(name)],
            ) if name == EXTENSION:
                return True
            case _:
                continue
        if any(_has_name(argument) for argument in arguments):
            return True
    return False


def read_link_roles(text: str) -> dict[str, tuple[str, str]]:
    """Return the URL and the text of each role that links elsewhere, with ``{0}`` for its value.

    These are the roles of ``extlinks``, and those of the extension ``sphinx_issues``. What is not
    made of strings alone, such as a URL from a function, is left out.
    """
    strings: dict[str, str] = {}
    links: dict[str, tuple[str, str]] = {}
    for name, value in (*_assignments(text, "extlinks"), *_assignments(text, ISSUES)):
        if name == "extlinks" and isinstance(value, ast.Dict):
            links |= _extlinks(value, strings)
        elif (constant := _string(value, strings)) is not None:
            strings[name] = constant
        else:
            strings.pop(name, None)
    if repository := strings.get(ISSUES, ""):
        url = f"https://github.com/{repository}"
        links["issue"] = f"{url}/issues/{{0}}", "#{0}"
        links["pr"] = f"{url}/pull/{{0}}", "#{0}"
        links["user"] = "https://github.com/{0}", "@{0}"
    return links


def _extlinks(value: ast.Dict, strings: dict[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for key, item in zip(value.keys, value.values, strict=True):
        match item:
            case ast.Tuple([url, caption]) | ast.List([url, caption]):
                role = _string(key, strings)
                parts = [_template(_string(part, strings)) for part in (url, caption)]
                if role and parts[0]:
                    yield role.lower(), (parts[0], parts[1] or parts[0])


def _template(text: str | None) -> str:
    """Return a template with ``{0}`` for one with ``%s``; empty if it is none."""
    if text is None or "{" in text or "}" in text or re.sub("%s|%%", "", text).count("%"):
        return ""
    if "%s" not in text.replace("%%", ""):
        text += "%s"  # as before Sphinx 4
    return text.replace("%%", "%").replace("%s", "{0}")


def _assignments(text: str, word: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names and the values of all assignments at the top of a file with *word*."""
    for statement in _parse(text, word).body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(name)], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name(name), value=ast.expr() as value)
            ):
                yield name, value


def _parse(text: str, word: str) -> ast.Module:
    """Return the syntax of a file; that of an empty one if it does not have *word*."""
    if word in text and len(text) <= MAX_LENGTH:
        try:
            with warnings.catch_warnings():  # "1if x else y" would print one
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
    return ast.Module([], [])


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes but those of functions and classes, whose names are their own."""
    nodes = [node]
    while nodes:
        node = nodes.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            nodes += ast.iter_child_nodes(node)


def _has_name(value: ast.expr) -> bool:
    lists = (node for node in ast.walk(value) if isinstance(node, (ast.List, ast.Tuple, ast.Set)))
    return any(
        isinstance(item, ast.Constant) and item.value == EXTENSION
        for node in lists
        for item in node.elts
    )


def _string(node: ast.expr | None, names: dict[str, str]) -> str | None:
    """Return the string that an expression of strings and their *names* makes."""
    parts: list[ast.expr] = [node] if node else []
    text = ""
    while parts:
        match parts.pop(0):
            case ast.Constant(str(value)):
                text += value
            case ast.Name(name) if name in names:
                text += names[name]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                parts[:0] = [left, right]
            case ast.JoinedStr(values):
                parts[:0] = values
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                parts.insert(0, inner)
            case _:
                return None
        if len(text) > MAX_STRING_LENGTH or not is_utf8(text):
            return None
    return text if node else None

"""Variants of a snippet, each with one statement less.

A snippet proves what its checks say, for what is necessary for them. A variant that still passes
shows a statement that proves nothing: the checks do not depend on it.

Every statement is replaced by ``pass``, at every depth, so that the lines of all others stay. Of
several decorators each is removed alone, and of a ``with`` statement only its context. These are
left out:

- statements with a check, in them or on them: without it, less would be claimed;
- ``print()``, docstrings, ``pass``, ``global`` and ``nonlocal``;
- an import of a name that is used;
- what can only fail: an assignment or a definition of a name that a statement outside of functions
  reads, and that nothing else defines.
"""

from __future__ import annotations

import ast
import builtins
import io
import re
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from . import harness

Removal = Literal["statement", "decorator", "context"]
"""What a variant lacks."""

MAX_MUTANTS = 200
"""Variants of one snippet; each takes a tenth of a second. The most of the own snippets is 22."""

MAX_STATEMENT_LENGTH = 100
"""Characters of a statement that are reported."""

# "app.debug = True  # audit: shows that it makes no difference"
_REASON = re.compile(r"#\s*audit:\s*(\S.*)")
_Function = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Mutant:
    """A variant of a snippet.

    :param line: the line in the snippet of what it lacks.
    :param statement: the first line of that.
    :param text: the variant.
    :param reason: why it may pass, as a comment says; ``""`` without one.
    """

    line: int
    change: Removal
    statement: str
    text: str
    reason: str = ""


def make_mutants(text: str) -> list[Mutant]:
    """Return the variants of the snippet *text*, in the order of its lines.

    A text that Python cannot parse has none.

    :raises ValueError: with a predicate, if there are more than :data:`MAX_MUTANTS`, or the text is
        nested too deeply.
    """
    source = _Source(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []
        try:
            mutants = [*islice(_mutants(tree, source), MAX_MUTANTS + 1)]
            if len(mutants) > MAX_MUTANTS:
                raise ValueError(f"has more than {MAX_MUTANTS} statements that can be left out")
            parsed = [mutant for mutant in mutants if _can_parse(mutant.text)]
        except RecursionError:
            raise ValueError("is nested too deeply") from None
        return sorted(parsed, key=lambda m: (m.line, m.change))


def _mutants(tree: ast.Module, source: _Source) -> Iterator[Mutant]:
    checked = {id(node) for _mark, node in harness.attach_marks(tree, source.text)}
    needed = _needed_names(tree, checked)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        has_check = any(id(inner) in checked for inner in ast.walk(node))
        names = used if isinstance(node, ast.Import | ast.ImportFrom) else needed
        if not has_check and not _is_idle(node) and not _bound_names(node) & names:
            yield source.without(node, node.lineno, "statement")
        decorators = getattr(node, "decorator_list", [])
        if len(decorators) > 1:
            for decorator in decorators:
                yield source.without(node, decorator.lineno, "decorator", decorator)
        if isinstance(node, ast.With | ast.AsyncWith):
            yield source.without(node, node.lineno, "context")


def _can_parse(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:  # "a = (\n1); b" in two lines is none without the first
        return False
    return True


def _is_idle(node: ast.stmt) -> bool:
    """Return whether a statement is not meant to have an effect on the checks."""
    if isinstance(node, ast.Pass | ast.Global | ast.Nonlocal):
        return True
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return True
    if not isinstance(node, ast.Expr):
        return False
    is_print = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "print"
    return is_print or isinstance(node.value, ast.Constant)


# Names --------------------------------------------------------------------------------------


def _needed_names(tree: ast.Module, checked: set[int]) -> set[str]:
    """Return the names without whose one definition the snippet ends with ``NameError``."""
    definitions = Counter(name for node in ast.walk(tree) for name in _bound_names(node))
    # In a function, or in a statement whose exception is expected, an error may go unnoticed.
    loaded = {
        inner.id
        for node in tree.body
        if id(node) not in checked or isinstance(node, ast.Expr)
        for inner in _outside_functions(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }
    return {name for name in loaded if definitions[name] == 1 and not hasattr(builtins, name)}


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run with the module, and not later or perhaps."""
    if isinstance(node, ast.Try | ast.With | ast.AsyncWith | ast.If | ast.While):
        return
    yield node
    hidden = node.body if isinstance(node, _Function) else []
    bodies = hidden if isinstance(hidden, list) else [hidden]
    for child in ast.iter_child_nodes(node):
        if child not in bodies:
            yield from _outside_functions(child)


def _bound_names(node: ast.AST) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
        case ast.Assign(targets=targets):
            names = (n for target in targets for n in ast.walk(target))
            stored = (n for n in names if isinstance(n, ast.Name))
            return {n.id for n in stored if isinstance(n.ctx, ast.Store)}
    return set()


# Text ---------------------------------------------------------------------------------------


class _Source:
    """The text of a snippet, from which parts are taken without moving the lines of others."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.reasons: dict[int, str] = {}
        with suppress(tokenize.TokenError, SyntaxError):
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT and (match := _REASON.match(token.string)):
                    self.reasons[token.start[0]] = match[1].strip()

    def without(
        self, node: ast.stmt, line: int, change: Removal, decorator: ast.expr | None = None
    ) -> Mutant:
        """Return the variant without *node*, or without its *decorator* or context alone."""
        start = (_first_line(node), node.col_offset)
        end = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        replacement = "pass"
        if decorator is not None:
            start = (decorator.lineno, node.col_offset)
            end = (decorator.end_lineno or decorator.lineno, decorator.end_col_offset or 0)
            replacement = ""
        elif change == "context" and isinstance(node, ast.With | ast.AsyncWith):
            start = (node.lineno, node.col_offset)
            item = node.items[-1].optional_vars or node.items[-1].context_expr
            end = (item.end_lineno or item.lineno, item.end_col_offset or 0)
            replacement = "if True"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            line = start[0]
        last = self._last_line_of_head(node, end[0])
        reasons = (self.reasons.get(number, "") for number in range(start[0], last + 1))
        statement = self.lines[line - 1].strip()
        return Mutant(
            line=line,
            change=change,
            statement=_without_reason(statement)[:MAX_STATEMENT_LENGTH],
            text=self._replace(start, end, replacement),
            reason=next(filter(None, reasons), ""),
        )

    def _last_line_of_head(self, node: ast.stmt, end: int) -> int:
        """Return the last line whose comment is about *node*, and not about what is in it."""
        body: list[ast.stmt] = getattr(node, "body", [])
        return max(node.lineno, min(end, body[0].lineno - 1)) if body else end

    def _replace(self, start: tuple[int, int], end: tuple[int, int], text: str) -> str:
        """Return the source with *text* for what is between two positions, with its line ends."""
        (first, from_), (last, to) = start, end
        # Python counts the columns of a tree in bytes.
        before = self.lines[first - 1].encode()[:from_].decode()
        after = self.lines[last - 1].encode()[to:].decode()
        middle = f"{before}{text}" + "\n" * (last - first) + after
        return "\n".join([*self.lines[: first - 1], middle, *self.lines[last:]])


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _without_reason(statement: str) -> str:
    return _REASON.sub("", statement).rstrip()

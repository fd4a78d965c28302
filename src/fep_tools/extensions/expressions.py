"""What the expressions of a program are, as far as its text shows, and which are symbols.

Every method is a generator that yields the generators it calls, and :func:`run` keeps them on a
list: a tree may be nested deeper than Python's stack.
"""

from __future__ import annotations

import ast
import warnings
from collections import deque
from collections.abc import Callable, Generator, Mapping
from typing import Any

from .guards import Guard, NO_GUARD, tests_feature
from .resolution import (
    canonical,
    CONVENTIONS,
    Known,
    MAPPINGS,
    merge,
    named,
    PossibleValues,
    Scope,
    UNKNOWN,
)
from .uses import Certainty, SymbolTable

ModuleNames = Callable[[str, int], "Mapping[str, PossibleValues] | None"]
"""A function that returns what a module of the same distribution binds, by the name of the
module and the number of dots before it; ``None`` for a module of another distribution."""

Walk = Generator[Any, Any, Any]
"""A method on its way: it yields others, and returns a value if it is about an expression."""

_GETTERS = frozenset(("get", "setdefault", "pop", "__getitem__"))
_CONTAINERS = frozenset(("Optional", "Union", "Annotated", "Final", "ClassVar"))


def run(walk: Walk) -> Any:
    """Return the value of *walk*."""
    stack, value = [walk], None
    while True:
        try:
            child = stack[-1].send(value)
        except StopIteration as stop:
            stack.pop()
            value = stop.value
            if not stack:
                return value
        else:
            stack.append(child)
            value = None


class ExpressionWalker:
    """Evaluate expressions in the scope of the moment."""

    def __init__(
        self, symbols: SymbolTable, modules: ModuleNames | None, is_flask_code: bool
    ) -> None:
        self.symbols = symbols
        self.modules = modules
        self.is_flask_code = is_flask_code
        self.scope = Scope("module")
        self.guard = NO_GUARD
        self.branch = 0  # the number of statements around that may not run
        self.star_imports = 0
        self.stars: list[str] = []  # modules of them that may have a symbol
        self.found: dict[tuple[int, int, str], Certainty] = {}
        # A function runs after what follows it in the module has been bound.
        self.deferred: deque[tuple[Any, Scope, Guard]] = deque()

    # Uses ---------------------------------------------------------------------------------------

    def report(self, symbol: str, line: int, offset: int, *, sure: bool, guarded: bool) -> None:
        """Record a use; *offset* counts bytes, as in the tree."""
        certainty = Certainty.CERTAIN if sure else Certainty.LIKELY
        key = (line, offset, symbol)
        if guarded:
            certainty = Certainty.GUARDED
        # An expression may be evaluated twice, as an annotation is; the first answer counts.
        self.found.setdefault(key, certainty)

    def member(
        self, value: PossibleValues, name: str, line: int, offset: int, *, guarded: bool = False
    ) -> PossibleValues:
        """Return what the attribute *name* of *value* is, and report it if it is a symbol."""
        found: list[Known] = []
        for known in value:
            if not known.name:
                continue
            dotted = canonical(f"{known.name}.{name}")
            symbol = self.symbols.find(dotted)
            if symbol and not self.symbols.find(known.name):
                guard = guarded or self.guard.attributes
                self.report(symbol, line, offset, sure=known.sure, guarded=guard)
            found.append(named(dotted, known))
        return tuple(found)

    def visit(self, node: ast.AST) -> Walk:
        """Return the walk over a node, by its type."""
        method: Callable[[ast.AST], Walk] = getattr(
            self, f"visit_{type(node).__name__}", self.children
        )
        return method(node)

    def children(self, node: ast.AST) -> Walk:
        """Visit what a node consists of."""
        for child in ast.iter_child_nodes(node):
            yield self.visit(child)
        return UNKNOWN

    def report_import(self, symbol: str, alias: ast.alias) -> None:
        """Record an import of a symbol."""
        guarded = self.guard.imports
        self.report(symbol, alias.lineno, alias.col_offset, sure=True, guarded=guarded)

    def import_star(self, module: str) -> None:
        """Bind what *module* has."""
        self.star_imports += 1
        if self.symbols.may_export(module) and module not in self.stars:
            self.stars.append(module)

    def imported(self, name: str) -> PossibleValues:
        """Return what an import of *name* binds."""
        # The code may ask later whether the import worked.
        guarded = self.guard.imports and self.symbols.find(name) is not None
        return (named(canonical(name), Known(guarded=guarded)),)

    def visit_Name(self, node: ast.Name) -> Walk:
        """Return what a name is bound to."""
        value = self.scope.lookup(node.id)
        if value is None:
            for module in self.stars:
                symbol = self.symbols.exported(module, node.id)
                if symbol:
                    only, guard = self.star_imports == 1, self.guard.attributes
                    self.report(symbol, node.lineno, node.col_offset, sure=only, guarded=guard)
                    return (Known(symbol, sure=only),)
                if module == "flask" and node.id == "current_app":
                    return self.imported("flask.current_app")
        return self.guess(node.id, value or UNKNOWN)
        yield

    def guess(self, name: str, value: PossibleValues) -> PossibleValues:
        """Return what something called *name* is: *value*, or what its name says."""
        owner = CONVENTIONS.get(name) if self.is_flask_code else None
        # "from shop.main import app" is of another module, and may be an application.
        is_settled = any(k.instance or k.is_flask or not k.name for k in value)
        return value if is_settled or not owner else (Known(owner, instance=True, sure=False),)

    def visit_Attribute(self, node: ast.Attribute) -> Walk:
        """Return what an attribute is."""
        holder = yield self.visit(node.value)
        return self.attribute(node, holder)

    def attribute(self, node: ast.Attribute, holder: PossibleValues) -> PossibleValues:
        """Return what an attribute of *holder* is."""
        line, offset = position(node)
        value, own = self.member(holder, node.attr, line, offset), UNKNOWN
        for known in holder:
            if known.owner is not None:
                own = merge(own, known.owner.attributes.get(node.attr, UNKNOWN))
        return self.guess(node.attr, own or value)

    def visit_Subscript(self, node: ast.Subscript) -> Walk:
        """Look at a key, as in ``app.config["ENV"]``."""
        holder = yield self.visit(node.value)
        yield self.visit(node.slice)
        self.key(holder, node.slice)
        return UNKNOWN

    def key(self, holder: PossibleValues, node: ast.expr, *, guarded: bool = False) -> None:
        """Report a key of a mapping whose keys are symbols."""
        mappings = tuple(known for known in holder if known.name in MAPPINGS)
        if mappings and isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.member(mappings, node.value, node.lineno, node.col_offset, guarded=guarded)

    def visit_Call(self, node: ast.Call) -> Walk:
        """Return what a call returns."""
        holder: PossibleValues = UNKNOWN
        if isinstance(node.func, ast.Attribute):
            holder = yield self.visit(node.func.value)
            function = self.attribute(node.func, holder)
        else:
            function = yield self.visit(node.func)
        values = []
        for argument in node.args:
            values.append((yield self.visit(argument)))
        for keyword in node.keywords:
            yield self.visit(keyword.value)
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if called in ("getattr", "setattr", "delattr") and len(node.args) > 1:
            name = node.args[1]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                guarded = called == "getattr" and len(node.args) > 2
                position = name.lineno, name.col_offset
                return self.member(values[0], name.value, *position, guarded=guarded)
        elif attribute in _GETTERS and node.args:
            self.key(holder, node.args[0])
        elif attribute == "_get_current_object":
            return holder
        elif any(known.name == "os.getenv" for known in function) and node.args:
            self.key((Known("os.environ"),), node.args[0])
        elif called == "__import__" or any(k.name == "importlib.import_module" for k in function):
            return self.imported_by_name(node)
        return self.made_by(function)

    def made_by(self, function: PossibleValues) -> PossibleValues:
        """Return what a call returns: an object, if a class is called."""
        made: list[Known] = []
        for known in function:
            name = known.name.rpartition(".")[2]
            if known.instance:
                continue
            if not known.name:
                made.append(Known())
            elif name.endswith("Flask") and not known.is_flask:
                # apiflask.APIFlask is derived from Flask, by all that its name says.
                made.append(Known("flask.Flask", instance=True, sure=False))
            elif name[:1].isupper():
                made.append(Known(known.name, instance=True, sure=known.sure))
        return tuple(made)

    def imported_by_name(self, node: ast.Call) -> PossibleValues:
        """Return what ``import_module("flask.ext.login")`` returns."""
        name = node.args[0] if node.args else None
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            symbol = self.symbols.find(name.value)
            if symbol:
                place = name.lineno, name.col_offset
                self.report(symbol, *place, sure=True, guarded=self.guard.imports)
            return self.imported(name.value)
        return UNKNOWN

    def visit_IfExp(self, node: ast.IfExp) -> Walk:
        """Return what either branch is."""
        yield self.visit(node.test)
        before = self.guard
        if tests_feature(node.test, self.scope):
            self.guard = Guard(True, True)
        body = yield self.visit(node.body)
        orelse = yield self.visit(node.orelse)
        self.guard = before
        return merge(body, orelse)

    def visit_BoolOp(self, node: ast.BoolOp) -> Walk:
        """Return what any operand is: each runs only if those before it allow that."""
        before, value = self.guard, UNKNOWN
        for operand in node.values:
            value = merge(value, (yield self.visit(operand)))
            if tests_feature(operand, self.scope):
                self.guard = Guard(True, True)
        self.guard = before
        return value

    def annotated(self, node: ast.expr) -> Walk:
        """Return what a variable with an annotation holds, as ``Flask | None``."""
        pending, value = [node], UNKNOWN
        while pending:
            match pending.pop():
                case ast.Constant(value=str(text)):
                    try:
                        with warnings.catch_warnings():  # "1if x else y" would print one
                            warnings.simplefilter("ignore")
                            pending.append(ast.parse(text, mode="eval").body)
                    except (SyntaxError, ValueError, RecursionError, MemoryError):
                        continue
                case ast.BinOp(left=left, right=right):
                    pending += (left, right)
                case ast.Subscript(value=container, slice=inner):
                    name = getattr(container, "attr", getattr(container, "id", ""))
                    if name in _CONTAINERS:
                        pending += inner.elts if isinstance(inner, ast.Tuple) else [inner]
                case ast.Name() | ast.Attribute() as leaf:
                    found = yield self.quietly(leaf)
                    value = merge(value, tuple(k._replace(instance=True) for k in found if k.name))
        return value

    def quietly(self, node: ast.expr) -> Walk:
        """Evaluate without reporting: the position may be that of a text in an annotation."""
        found, self.found = self.found, {}
        value = yield self.visit(node)
        self.found = found
        return value


def position(node: ast.Attribute) -> tuple[int, int]:
    """Return the line and the offset of the name after the dot."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.end_lineno, max(node.end_col_offset - len(node.attr.encode()), 0)

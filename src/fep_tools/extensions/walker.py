"""Walk the statements of a file in the order in which Python would run them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .expressions import ExpressionWalker, ModuleNames, position, run, Walk
from .guards import Guard, guard_of_handlers, is_suppressed, returns_early, tests_feature
from .resolution import Known, merge, PossibleValues, Scope, UNKNOWN
from .uses import SymbolTable, Use

_NEWLINE = re.compile("\r\n|\r|\n")  # as Python counts lines: str.splitlines knows more


class Walked(NamedTuple):
    """The uses in a file, and what its module binds."""

    uses: list[Use]
    names: Mapping[str, PossibleValues]


def walk(
    tree: ast.Module, source: str, path: str, symbols: SymbolTable,
    modules: ModuleNames | None, is_flask_code: bool,
) -> Walked:  # fmt: skip
    """Return the uses of *symbols* in a file; see :func:`.names.find_uses`."""
    walker = _Walker(symbols, modules, is_flask_code)
    walker.module(tree)
    lines = _NEWLINE.split(source)
    uses = []
    for (line, offset, symbol), certainty in walker.found.items():
        before = lines[line - 1].encode("utf-8", "surrogatepass")[:offset]
        column = len(before.decode("utf-8", "replace")) + 1
        uses.append(Use(path, line, column, symbol, certainty))
    return Walked(sorted(uses), walker.scope.names)


class _Walker(ExpressionWalker):
    def module(self, tree: ast.Module) -> None:
        module = self.scope
        run(self.block(tree.body))
        while self.deferred:
            function, self.scope, self.guard = self.deferred.popleft()
            self.branch = 0
            body = [function.body] if isinstance(function, ast.Lambda) else function.body
            run(self.block(body))
        self.scope = module

    # Statements ---------------------------------------------------------------------------------

    def block(self, statements: Iterable[ast.AST]) -> Walk:
        guard = self.guard
        for statement in statements:
            yield self.visit(statement)
            # if not hasattr(app, "json_encoder"): return
            if isinstance(statement, ast.If) and returns_early(statement, self.scope):
                self.guard = Guard(True, True)
        self.guard = guard

    def optional(self, blocks: Iterable[Iterable[ast.AST]], guard: Guard | None = None) -> Walk:
        """Visit blocks that may not run."""
        before = self.guard
        self.branch += 1
        if guard is not None:
            self.guard = before | guard
        for block in blocks:
            yield self.block(block)
        self.guard = before
        self.branch -= 1

    def bind(self, name: str, value: PossibleValues) -> None:
        self.scope.bind(name, value, also=self.branch > 0)

    def visit_Import(self, node: ast.Import) -> Walk:
        for alias in node.names:
            symbol = self.symbols.find(alias.name)
            if symbol:
                self.report_import(symbol, alias)
            target = alias.name if alias.asname else alias.name.partition(".")[0]
            self.bind(alias.asname or target, self.imported(target))
        return
        yield

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Walk:
        module = node.module or ""
        own = self.modules(module, node.level) if self.modules else None
        whole = None if node.level or own is not None else self.symbols.find(module)
        if whole:
            self.report_import(whole, node.names[0])
        for alias in node.names:
            if alias.name == "*":
                if own is not None:
                    for name, value in own.items():
                        if not name.startswith("_"):
                            self.bind(name, value)
                else:
                    self.import_star(module)
                continue
            if own is not None or node.level:
                value = (own or {}).get(alias.name, UNKNOWN)
            else:
                dotted = f"{module}.{alias.name}"
                symbol = self.symbols.find(dotted)
                if symbol and not whole:
                    self.report_import(symbol, alias)
                value = self.imported(dotted)
            self.bind(alias.asname or alias.name, value)
        return
        yield

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Walk:
        for decorator in node.decorator_list:
            yield self.visit(decorator)
        self.defined(node)
        yield self.function(node)
        self.bind(node.name, UNKNOWN)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> Walk:
        yield self.function(node)
        return UNKNOWN

    def function(self, node: Any) -> Walk:
        """Bind the parameters of a function, and leave its body for later."""
        scope = Scope("function", self.scope)
        arguments: ast.arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                yield self.visit(default)
        plain = [*arguments.posonlyargs, *arguments.args]
        others = [arguments.vararg, arguments.kwarg]
        for parameter in (*plain, *arguments.kwonlyargs, *filter(None, others)):
            value = UNKNOWN
            if parameter.annotation is not None:
                yield self.visit(parameter.annotation)
                if parameter not in others:
                    value = yield self.annotated(parameter.annotation)
            scope.names[parameter.arg] = value
        if self.scope.kind == "class" and plain and not _is_static(node):
            scope.names[plain[0].arg] = self.receiver(self.scope)
        if getattr(node, "returns", None) is not None:
            yield self.visit(node.returns)
        self.deferred.append((node, scope, self.guard))

    def receiver(self, scope: Scope) -> PossibleValues:
        """Return what ``self`` is in the methods of a class."""
        bases = sorted(scope.bases, key=lambda base: not base.is_flask)
        first = bases[0] if bases else Known()
        return (first._replace(instance=True, owner=scope),)

    def visit_ClassDef(self, node: ast.ClassDef) -> Walk:
        for decorator in node.decorator_list:
            yield self.visit(decorator)
        bases: PossibleValues = UNKNOWN
        for base in node.bases:
            bases = merge(bases, (yield self.visit(base)))
        for keyword in node.keywords:
            yield self.visit(keyword.value)
        bases = tuple(base for base in bases if not base.instance)
        outer, branch = self.scope, self.branch
        self.scope, self.branch = Scope("class", outer, bases=bases), 0
        yield self.block(node.body)
        self.scope, self.branch = outer, branch
        # An object of the class is an object of its base.
        self.bind(node.name, bases or (Known(),))

    def defined(self, node: Any) -> None:
        """Report an attribute of a class that replaces one of its base."""
        if self.scope.kind != "class":
            return
        name = node.name if hasattr(node, "name") else node.id
        offset = node.col_offset
        if hasattr(node, "name"):
            offset += len("async def " if isinstance(node, ast.AsyncFunctionDef) else "def ")
        self.member(self.scope.bases, name, node.lineno, offset)

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> Walk:
        self.scope.outer_names.update(node.names)
        return
        yield

    visit_Nonlocal = visit_Global

    def visit_Assign(self, node: ast.Assign) -> Walk:
        value = yield self.visit(node.value)
        for target in node.targets:
            yield self.assign(target, self.flagged(node.value, value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Walk:
        yield self.visit(node.annotation)
        value = yield self.annotated(node.annotation)
        if node.value is not None:
            value = merge((yield self.visit(node.value)), value)
        yield self.assign(node.target, value)

    def visit_AugAssign(self, node: ast.AugAssign) -> Walk:
        yield self.visit(node.value)
        yield self.assign(node.target, UNKNOWN)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Walk:
        value = yield self.visit(node.value)
        yield self.assign(node.target, value)
        return value

    def flagged(self, node: ast.expr, value: PossibleValues) -> PossibleValues:
        """Return what a flag such as ``HAS_STACK = False`` of an ``except ImportError`` is."""
        if isinstance(node, ast.Constant) and self.guard.imports:
            return (Known(guarded=True),)
        return value

    def assign(self, target: ast.expr, value: PossibleValues) -> Walk:
        match target:
            case ast.Name():
                self.defined(target)
                self.bind(target.id, value)
            case ast.Tuple() | ast.List():
                for element in target.elts:
                    yield self.assign(element, UNKNOWN)
            case ast.Starred():
                yield self.assign(target.value, UNKNOWN)
            case ast.Attribute():
                holder = yield self.visit(target.value)
                line, offset = position(target)
                self.member(holder, target.attr, line, offset)
                for known in holder:
                    if known.owner is not None:
                        attributes = known.owner.attributes
                        attributes[target.attr] = merge(attributes.get(target.attr, UNKNOWN), value)
            case _:
                yield self.visit(target)

    def comprehension(self, node: Any) -> Walk:
        outer = self.scope
        self.scope = Scope("function", outer)
        for generator in node.generators:
            yield self.visit(generator.iter)
            yield self.assign(generator.target, UNKNOWN)
            for test in generator.ifs:
                yield self.visit(test)
        for name in ("key", "value", "elt"):
            if hasattr(node, name):
                yield self.visit(getattr(node, name))
        self.scope = outer
        return UNKNOWN

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = comprehension

    def visit_For(self, node: ast.For | ast.AsyncFor) -> Walk:
        yield self.visit(node.iter)
        yield self.assign(node.target, UNKNOWN)
        yield self.optional((node.body, node.orelse))

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> Walk:
        yield self.visit(node.test)
        yield self.optional((node.body, node.orelse))

    def visit_With(self, node: ast.With | ast.AsyncWith) -> Walk:
        before = self.guard
        for item in node.items:
            value = yield self.visit(item.context_expr)
            if item.optional_vars is not None:
                yield self.assign(item.optional_vars, value)
            # with suppress(ImportError): from flask import _app_ctx_stack
            self.guard = self.guard | is_suppressed(item.context_expr)
        yield self.block(node.body)
        self.guard = before

    visit_AsyncWith = visit_With

    def visit_If(self, node: ast.If) -> Walk:
        yield self.visit(node.test)
        guard = Guard(True, True) if tests_feature(node.test, self.scope) else None
        yield self.optional((node.body, node.orelse), guard)

    def visit_Try(self, node: Any) -> Walk:
        guard = guard_of_handlers(node.handlers)
        yield self.optional((node.body,), guard)
        for handler in node.handlers:
            if handler.type is not None:
                yield self.visit(handler.type)
            if handler.name:
                self.bind(handler.name, UNKNOWN)
            yield self.optional((handler.body,), guard_of_handlers([handler]))
        yield self.optional((node.orelse,))
        yield self.block(node.finalbody)

    visit_TryStar = visit_Try


def _is_static(node: Any) -> bool:
    decorators = getattr(node, "decorator_list", ())
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in decorators)

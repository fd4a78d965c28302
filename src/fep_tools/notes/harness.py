"""Runs one snippet inside a framework's environment, and tells what its checks found.

It stands alone, with Python 3.8 or later and the standard library: the interpreter of that
environment gets it as text. Standard input says what to do, as JSON; what was found goes to
a pipe of its own, since standard output belongs to the framework.

A check is ``expression  #> value`` or ``statement  #> raises Error: text``. The mark ends the
last line of its statement, or stands below it, in lines of its own and at the same column.
"""

from __future__ import annotations

import ast
import hashlib
import hmac
import io
import json
import linecache
import os
import re
import sys
import threading
import tokenize
import traceback
import types
from contextlib import suppress
from typing import NamedTuple, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Row = dict[str, Any]
    Tell = Callable[[Row], None]

MARK = "#>"
NAME = "snippet.py"
LONGEST = 300
"""How many characters of a value are told."""

_CHECK, _RAISED, _ERROR = "__fep_check__", "__fep_raised__", "__fep_error__"
_RAISES = re.compile(r"raises [A-Za-z_]\w*(?:: .*)?", re.DOTALL)
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{5,}\b")


class Mark(NamedTuple):
    """A check as it is written.

    *line* is the line on which the statement ends that it is about, *column* where that has
    to begin: :data:`ANYWHERE`, or :data:`NOWHERE` for a mark in a string or amid a comment.
    """

    line: int
    expected: str
    column: int


ANYWHERE = -1
NOWHERE = -2


# What is written -----------------------------------------------------------------------------


def marks(source: str) -> list[Mark]:
    """Every mark in *source*, also those that check nothing, in the order of their lines."""
    found: list[Mark] = []
    last = 0
    for token in _tokens(source):
        if MARK not in token.string:
            continue
        line, column = token.start
        alone = not token.line[:column].strip()
        expected = token.string[len(MARK) :].strip()
        if not token.string.startswith(MARK):
            found.append(Mark(line, token.string, NOWHERE))
            line = 0
        elif alone and last == line - 1 and found:
            before = found.pop()
            found.append(before._replace(expected=f"{before.expected} {expected}".strip()))
        else:
            found.append(Mark(max(1, line - alone), expected, column if alone else ANYWHERE))
        last = line
    return found


def _tokens(source: str) -> list[tokenize.TokenInfo]:
    """The tokens of *source*, up to the first that makes no sense."""
    found: list[tokenize.TokenInfo] = []
    with suppress(tokenize.TokenError, SyntaxError):
        found.extend(tokenize.generate_tokens(io.StringIO(source).readline))
    return found


def attached(tree: ast.Module, source: str) -> list[tuple[Mark, ast.stmt]]:
    """The marks that check something, each with its statement in *tree*."""
    pairs = ((mark, _statement(tree, mark)) for mark in marks(source))
    return [(mark, found) for mark, found in pairs if found is not None]


def _statement(tree: ast.Module, mark: Mark) -> ast.stmt | None:
    """The last and innermost of the statements that end where *mark* wants it."""
    best: ast.stmt | None = None
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or node.end_lineno != mark.line:
            continue
        if mark.column not in (ANYWHERE, node.col_offset):
            continue
        if best is None or _end(node) >= _end(best):
            best = node
    checks = isinstance(best, ast.Expr) or _RAISES.fullmatch(mark.expected)
    return best if checks and mark.expected not in ("", "...") else None


def _end(node: ast.stmt) -> int:
    return node.end_col_offset or 0


def instrumented(tree: ast.Module, checks: list[tuple[Mark, ast.stmt]]) -> ast.Module:
    """*tree* with a call at each statement that is checked."""
    wanted = {id(statement): mark for mark, statement in checks}

    class Calls(ast.NodeTransformer):
        def generic_visit(self, node: ast.AST) -> ast.AST:
            mark = wanted.get(id(node))
            node = super().generic_visit(node)
            if mark is None or not isinstance(node, ast.stmt):
                return node
            return _raising(node, mark) if _RAISES.fullmatch(mark.expected) else _valued(node, mark)

    Calls().visit(tree)
    return ast.fix_missing_locations(tree)


def _valued(node: ast.stmt, mark: Mark) -> ast.stmt:
    assert isinstance(node, ast.Expr)
    told = [node.value, ast.Constant(mark.line), ast.Constant(mark.expected)]
    node.value = ast.copy_location(
        ast.Call(ast.Name(_CHECK, ast.Load()), told, []),
        node.value,
    )
    return node


def _raising(node: ast.stmt, mark: Mark) -> ast.stmt:
    told = f"{mark.line}, {mark.expected!r}"
    wrapped = ast.parse(
        f"try:\n pass\nexcept BaseException as {_ERROR}:\n {_RAISED}({_ERROR}, {told})\n"
        f"else:\n {_RAISED}(None, {told})"
    ).body[0]
    assert isinstance(wrapped, ast.Try)
    wrapped.body = [node]
    for part in ast.walk(wrapped.handlers[0]):
        ast.copy_location(part, node)
    for part in ast.walk(wrapped.orelse[0]):
        ast.copy_location(part, node)
    return ast.copy_location(wrapped, node)


# What is found -------------------------------------------------------------------------------


def holds(value: object, expected: str) -> bool:
    """Whether *value* is what is *expected*: the same literal, or a text like its ``repr``."""
    try:
        literal = ast.literal_eval(expected)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return _like(repr(value), expected)
    return _same(value, literal)


def _same(value: object, literal: object) -> bool:
    """Equal in type and value, all the way down; ``...`` stands for anything."""
    if literal is Ellipsis:
        return True
    if type(value) is not type(literal):
        return False
    if isinstance(literal, dict):
        assert isinstance(value, dict)
        return value.keys() == literal.keys() and all(_same(value[k], literal[k]) for k in literal)
    if isinstance(literal, (list, tuple)):
        assert isinstance(value, (list, tuple))
        return len(value) == len(literal) and all(map(_same, value, literal))
    return bool(value == literal)


def _like(text: str, expected: str) -> bool:
    pattern = ".*".join(map(re.escape, expected.split("...")))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def shown(text: str) -> str:
    """*text*, short, fit to be written, and without addresses of memory, which always differ."""
    text = _ADDRESS.sub("0x...", text.encode("utf-8", "backslashreplace").decode("utf-8"))
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def checkers(tell: Tell) -> dict[str, Callable[..., None]]:
    """What an instrumented snippet calls."""

    def check(value: object, line: int, expected: str) -> None:
        ok = holds(value, expected)
        tell({"line": line, "got": shown(repr(value)), "ok": ok})

    def raised(problem: BaseException | None, line: int, expected: str) -> None:
        got = f"raises {type(problem).__name__}" if problem else "raises nothing"
        if problem and ":" in expected:
            got += f": {problem}"
        tell({"line": line, "got": shown(got), "ok": _like(got, expected)})

    return {_CHECK: check, _RAISED: raised}


def execute(source: str, tell: Tell) -> int:
    """Run *source* as the main program, and tell what it comes to; the exit status."""
    try:
        tree = ast.parse(source, NAME)
        checks = attached(tree, source)
        code = compile(instrumented(tree, checks), NAME, "exec")
    except (SyntaxError, ValueError, RecursionError) as problem:
        tell({"raised": _described(problem), "at": getattr(problem, "lineno", None)})
        return 1
    tell({"attached": [mark.line for mark, _statement in checks]})
    main = types.ModuleType("__main__")
    main.__file__ = NAME
    main.__dict__.update(checkers(tell))
    sys.modules["__main__"] = main
    linecache.cache[NAME] = (len(source), None, source.splitlines(True), NAME)
    try:
        exec(code, main.__dict__)  # noqa: S102 - which is what a snippet is for
    except BaseException as problem:
        tell({"raised": _described(problem), "at": _line(problem)})
        traceback.print_exc()
        return 1
    tell({"end": True})
    return 0


def _described(problem: BaseException) -> str:
    first = (str(problem).splitlines() or [""])[0]
    return shown(f"{type(problem).__name__}: {first}".rstrip(": "))


def _line(problem: BaseException) -> int | None:
    """The last line of the snippet itself that *problem* passed."""
    frames = traceback.extract_tb(problem.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == NAME), None)


# Between two processes -----------------------------------------------------------------------


def sealed(row: Row, number: int, secret: str) -> bytes:
    """The line that tells *row*, as the one of that *number*."""
    text = json.dumps(row, sort_keys=True)
    return f"{_seal(text, number, secret)} {text}\n".encode("ascii")


def rows(told: bytes, secret: str) -> list[Row]:
    """The rows in *told*; raises :class:`ValueError` where somebody else wrote into the pipe."""
    found = []
    for number, line in enumerate(told.split(b"\n")[:-1]):
        seal, _, text = line.decode("ascii").partition(" ")
        if not hmac.compare_digest(seal, _seal(text, number, secret)):
            raise ValueError("not sealed")
        found.append(json.loads(text))
    return found


def _seal(text: str, number: int, secret: str) -> str:
    return hmac.new(secret.encode(), f"{number} {text}".encode(), hashlib.sha256).hexdigest()


def teller(pipe: int, secret: str) -> Tell:
    """What tells rows through *pipe*; only this process may, and none that it starts."""
    owner, lock, told = os.getpid(), threading.Lock(), [0]

    def tell(row: Row) -> None:
        if os.getpid() == owner:
            with lock:
                os.write(pipe, sealed(row, told[0], secret))
                told[0] += 1

    return tell


def _limit(limits: dict[str, int]) -> None:
    """Keep this process, and each that it starts, within *limits*, named as in ``resource``."""
    import resource

    for name, wanted in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # Time that is over is told by a signal of its own; at the harder limit, by none.
        with suppress(ValueError):  # macOS has some, and refuses to set them
            resource.setrlimit(kind, (most - (name == "CPU"), most))


def _become(user: int) -> None:
    """Give up everything that root may."""
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def _apart(pipe: int) -> int:
    """A copy of *pipe* that no program inherits, with nothing left to read for the snippet."""
    import fcntl

    copy = fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, 64)
    os.close(pipe)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return copy


def main() -> int:
    """Do what standard input says: ``source``, ``pipe``, ``secret``, ``limits`` and ``user``."""
    work = json.loads(sys.stdin.buffer.read())
    sys.path[:] = [entry for entry in sys.path if entry]
    tell = teller(_apart(work["pipe"]), work["secret"])
    _limit(work["limits"])
    if work["user"] is not None:
        _become(work["user"])
    return execute(work["source"], tell)


if __name__ == "__main__":
    sys.exit(main())

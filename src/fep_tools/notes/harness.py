"""Run one snippet inside a framework's environment, and report the results of its checks.

This module is also a program of its own: the environment's interpreter gets it as text. It needs
Python 3.8 or later and nothing but the standard library. It reads a task from standard input, as
JSON, and writes results to a pipe of their own, because standard output belongs to the framework.

A check is ``expression  #> value`` or ``statement  #> raises Error: text``. The mark is at the
end of the statement's last line, or below it, on lines of its own with the same indentation.

Results belong to one version of this file: if you change it, run ``fep notes run --update``.
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

    Message = dict[str, Any]
    Send = Callable[[Message], None]

MARK = "#>"
FILENAME = "snippet.py"
MAX_LENGTH = 300
"""Characters of a value that are reported."""

_CHECK, _RAISED, _ERROR = "__fep_check__", "__fep_raised__", "__fep_error__"
_RAISES = re.compile(r"raises [A-Za-z_]\w*(?:: .*)?", re.DOTALL)  # "raises KeyError: 'a'"
_MEMORY_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{5,}\b")  # "<object object at 0x7f2a>"


class Mark(NamedTuple):
    """A mark as written.

    *line* is the last line of the statement that it is about. *column* is where that statement
    has to begin: :data:`ANYWHERE`, or :data:`NOWHERE` for a mark that cannot check anything,
    such as one in a string or inside a comment.
    """

    line: int
    expected: str
    column: int


ANYWHERE = -1
NOWHERE = -2


# Find the checks -----------------------------------------------------------------------------


def find_marks(source: str) -> list[Mark]:
    """Return every mark in *source*, also those that check nothing, in the order of lines.

    Marks on consecutive lines of their own are one, such as ``#> [1,`` and ``#>  2]``.
    """
    marks: list[Mark] = []
    last = 0
    for token in _tokenize(source):
        if MARK not in token.string:
            continue
        line, column = token.start
        is_alone = not token.line[:column].strip()
        expected = token.string[len(MARK) :].strip()
        if not token.string.startswith(MARK):
            marks.append(Mark(line, token.string, NOWHERE))
            line = 0  # a mark on the next line does not continue this one
        elif is_alone and last == line - 1 and marks:
            previous = marks.pop()
            marks.append(previous._replace(expected=f"{previous.expected} {expected}".strip()))
        else:
            # A mark on a line of its own is about the line above.
            marks.append(Mark(max(1, line - is_alone), expected, column if is_alone else ANYWHERE))
        last = line
    return marks


def _tokenize(source: str) -> list[tokenize.TokenInfo]:
    """Return the tokens of *source*, up to the first error."""
    tokens: list[tokenize.TokenInfo] = []
    with suppress(tokenize.TokenError, SyntaxError):
        tokens.extend(tokenize.generate_tokens(io.StringIO(source).readline))
    return tokens


def attach_marks(tree: ast.Module, source: str) -> list[tuple[Mark, ast.stmt]]:
    """Return the marks that check something, each with its statement in *tree*."""
    pairs = ((mark, _find_statement(tree, mark)) for mark in find_marks(source))
    return [(mark, statement) for mark, statement in pairs if statement is not None]


def _find_statement(tree: ast.Module, mark: Mark) -> ast.stmt | None:
    """Return the statement that *mark* checks.

    Of several that end on its line, it is the last and innermost: in ``a = 1; a  #> 1``, the
    second one, and in the last line of a function, the one inside it.
    """
    best: ast.stmt | None = None
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or node.end_lineno != mark.line:
            continue
        if mark.column not in (ANYWHERE, node.col_offset):
            continue
        # ast.walk() goes from the outside to the inside, so of equal ends the later is inner.
        if best is None or _end_column(node) >= _end_column(best):
            best = node
    can_check = isinstance(best, ast.Expr) or _RAISES.fullmatch(mark.expected)
    return best if can_check and mark.expected not in ("", "...") else None


def _end_column(node: ast.stmt) -> int:
    return node.end_col_offset or 0


def instrument(tree: ast.Module, checks: list[tuple[Mark, ast.stmt]]) -> ast.Module:
    """Add a call to each checked statement of *tree*, and return *tree*."""
    marks = {id(statement): mark for mark, statement in checks}

    class AddCalls(ast.NodeTransformer):
        def generic_visit(self, node: ast.AST) -> ast.AST:
            mark = marks.get(id(node))
            node = super().generic_visit(node)
            if mark is None or not isinstance(node, ast.stmt):
                return node
            if _RAISES.fullmatch(mark.expected):
                return _wrap_statement(node, mark)
            return _wrap_expression(node, mark)

    AddCalls().visit(tree)
    return ast.fix_missing_locations(tree)


def _wrap_expression(node: ast.stmt, mark: Mark) -> ast.stmt:
    """Turn ``x`` into ``__fep_check__(x, 3, "'value'")``."""
    assert isinstance(node, ast.Expr)
    arguments = [node.value, ast.Constant(mark.line), ast.Constant(mark.expected)]
    call = ast.Call(ast.Name(_CHECK, ast.Load()), arguments, [])
    node.value = ast.copy_location(call, node.value)
    return node


def _wrap_statement(node: ast.stmt, mark: Mark) -> ast.stmt:
    """Put a statement into ``try``, with calls of ``__fep_raised__``."""
    arguments = f"{mark.line}, {mark.expected!r}"
    wrapper = ast.parse(
        f"try:\n pass\nexcept BaseException as {_ERROR}:\n {_RAISED}({_ERROR}, {arguments})\n"
        f"else:\n {_RAISED}(None, {arguments})"
    ).body[0]
    assert isinstance(wrapper, ast.Try)
    wrapper.body = [node]
    for part in (*ast.walk(wrapper.handlers[0]), *ast.walk(wrapper.orelse[0])):
        ast.copy_location(part, node)
    return ast.copy_location(wrapper, node)


# Judge the values ----------------------------------------------------------------------------


def matches(value: object, expected: str) -> bool:
    """Return whether *value* equals the literal *expected*, or its ``repr`` matches that text."""
    try:
        literal = ast.literal_eval(expected)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return _text_matches(repr(value), expected)
    return _equals(value, literal)


def _equals(value: object, literal: object) -> bool:
    """Return whether type and value are equal, at all levels; ``...`` equals anything.

    Containers are compared here, so that ``[True]`` is not ``[1]``.
    """
    if literal is Ellipsis:
        return True
    if type(value) is not type(literal):
        return False
    if isinstance(literal, dict):
        assert isinstance(value, dict)
        same_keys = value.keys() == literal.keys()
        return same_keys and all(_equals(value[key], literal[key]) for key in literal)
    if isinstance(literal, (list, tuple)):
        assert isinstance(value, (list, tuple))
        return len(value) == len(literal) and all(map(_equals, value, literal))
    return bool(value == literal)


def _text_matches(text: str, expected: str) -> bool:
    pattern = ".*".join(map(re.escape, expected.split("...")))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def format_value(text: str) -> str:
    """Return *text* shortened, encodable, and without memory addresses, which always differ."""
    encodable = text.encode("utf-8", "backslashreplace").decode("utf-8")
    text = _MEMORY_ADDRESS.sub("0x...", encodable)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 3] + "..."


def check_functions(send: Send) -> dict[str, Callable[..., None]]:
    """Return the functions that an instrumented snippet calls."""

    def check(value: object, line: int, expected: str) -> None:
        ok = matches(value, expected)
        send({"line": line, "got": format_value(repr(value)), "ok": ok})

    def raised(error: BaseException | None, line: int, expected: str) -> None:
        got = f"raises {type(error).__name__}" if error else "raises nothing"
        if error and ":" in expected:
            got += f": {error}"
        send({"line": line, "got": format_value(got), "ok": _text_matches(got, expected)})

    return {_CHECK: check, _RAISED: raised}


def execute(source: str, send: Send) -> int:
    """Run *source* as the main program, send its results, and return the exit status."""
    try:
        tree = ast.parse(source, FILENAME)
        checks = attach_marks(tree, source)
        # Without dont_inherit, annotations of the snippet would become text, as in this module.
        code = compile(instrument(tree, checks), FILENAME, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        send({"raised": _describe(error), "at": getattr(error, "lineno", None)})
        return 1
    send({"attached": [mark.line for mark, _statement in checks]})
    main_module = types.ModuleType("__main__")
    main_module.__file__ = FILENAME
    main_module.__dict__.update(check_functions(send))
    sys.modules["__main__"] = main_module
    # inspect.getsource() and tracebacks read the source from here.
    linecache.cache[FILENAME] = (len(source), None, source.splitlines(True), FILENAME)
    try:
        exec(code, main_module.__dict__)  # noqa: S102 - running snippets is the purpose
    except BaseException as error:
        send({"raised": _describe(error), "at": _snippet_line(error)})
        traceback.print_exc()
        return 1
    send({"end": True})
    return 0


def _describe(error: BaseException) -> str:
    """Return the type and the first line of an exception."""
    first = (str(error).splitlines() or [""])[0]
    return format_value(f"{type(error).__name__}: {first}".rstrip(": "))


def _snippet_line(error: BaseException) -> int | None:
    """Return the innermost line of the snippet in the traceback of *error*."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == FILENAME), None)


# The pipe of results -------------------------------------------------------------------------


def sign(message: Message, number: int, secret: str) -> bytes:
    """Return the line for *message*, the one with that *number*: a signature and JSON."""
    text = json.dumps(message, sort_keys=True)
    return f"{_signature(text, number, secret)} {text}\n".encode("ascii")


def parse_messages(output: bytes, secret: str) -> list[Message]:
    """Return the messages in *output*.

    :raises ValueError: if a line is not signed, so that something else wrote to the pipe.
    """
    messages = []
    for number, line in enumerate(output.split(b"\n")[:-1]):
        signature, _, text = line.decode("ascii").partition(" ")
        if not hmac.compare_digest(signature, _signature(text, number, secret)):
            raise ValueError("the signature does not match")
        messages.append(json.loads(text))
    return messages


def _signature(text: str, number: int, secret: str) -> str:
    # The number is included so that a line cannot be repeated or left out.
    return hmac.new(secret.encode(), f"{number} {text}".encode(), hashlib.sha256).hexdigest()


def make_sender(pipe: int, secret: str) -> Send:
    """Return a function that sends messages through *pipe*, but not from a forked process."""
    owner, lock, count = os.getpid(), threading.Lock(), [0]

    def send(message: Message) -> None:
        if os.getpid() == owner:
            with lock:
                os.write(pipe, sign(message, count[0], secret))
                count[0] += 1

    return send


def _apply_limits(limits: dict[str, int]) -> None:
    """Limit this process and its children; the names are those of ``resource.RLIMIT_*``."""
    import resource

    for name, limit in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        # The soft limit of CPU time is one second lower: it sends SIGXCPU, by which the runner
        # recognizes it. The hard limit sends SIGKILL, which may have other causes.
        with suppress(ValueError):  # macOS has limits that it refuses to set
            resource.setrlimit(kind, (allowed - (name == "CPU"), allowed))


def _change_user(user: int) -> None:
    """Change from root to *user*, with no way back."""
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def _hide_pipe(pipe: int) -> int:
    """Return a copy of *pipe* that child processes do not inherit, and empty standard input."""
    import fcntl

    copy = fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, 64)
    os.close(pipe)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return copy


def main() -> int:
    """Run the task on standard input: ``source``, ``pipe``, ``secret``, ``limits``, ``user``."""
    task = json.loads(sys.stdin.buffer.read())
    sys.path[:] = [entry for entry in sys.path if entry]  # not the current directory
    send = make_sender(_hide_pipe(task["pipe"]), task["secret"])
    _apply_limits(task["limits"])
    if task["user"] is not None:
        _change_user(task["user"])
    return execute(task["source"], send)


if __name__ == "__main__":
    sys.exit(main())

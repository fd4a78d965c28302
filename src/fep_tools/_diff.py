"""Diffs that ``git apply`` accepts, whatever is in a file or in its name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ._sequences import can_diff
from ._text import safe

# git quotes a name that has one of these, as C does (git, quote.c).
_ESCAPES = {
    "\a": r"\a", "\b": r"\b", "\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r",
    '"': r"\"", "\\": r"\\",
}  # fmt: skip


def unified_diff(path: str, old: str, new: str, old_path: str | None = None) -> str:
    """Return a unified diff; its lines end as those of the texts do.

    :param old_path: the path before the change, if the file is renamed
    """
    if old_path in (None, path):
        names = _quote_name("a", path), _quote_name("b", path)
        header = ""
    else:
        names = _quote_name("a", old_path or path), _quote_name("b", path)
        header = f"diff --git {names[0].rstrip()} {names[1].rstrip()}\n" + "".join(
            f"rename {word} {_quote_name('', name or '').rstrip()}\n"
            for word, name in (("from", old_path), ("to", path))
        )
    before, after = _split_lines(old), _split_lines(new)
    # difflib takes cubic time in the worst case; one hunk of everything is a diff as well.
    if can_diff(before, after):
        lines = difflib.unified_diff(before, after, *names)
    else:
        lines = _whole_diff(before, after, *names)
    return header + "".join(map(_finish_line, lines))


def _whole_diff(before: list[str], after: list[str], *names: str) -> Iterator[str]:
    """Yield a diff that removes all lines, and adds all."""
    yield from (f"--- {names[0]}\n", f"+++ {names[1]}\n")
    yield f"@@ -1,{len(before)} +1,{len(after)} @@\n"
    yield from (f"-{line}" for line in before)
    yield from (f"+{line}" for line in after)


def printable(diff: str) -> str:
    r"""Return *diff* without what a terminal or a CI runner would obey.

    A line with such a character could not be applied. A line may end with ``\r\n``.
    """
    return "\n".join(map(_printable_line, diff.split("\n")))


def _printable_line(line: str) -> str:
    text = line.removesuffix("\r")
    return safe(text, None) + line[len(text) :]


def _split_lines(text: str) -> list[str]:
    r"""Split *text* after each ``\n``; ``str.splitlines()`` also splits at other characters."""
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])


def _finish_line(line: str) -> str:
    r"""Return a line of a diff, marked as ``diff`` does if it has no ``\n``."""
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _quote_name(side: str, path: str) -> str:
    """Return a name as git writes it in the header of a diff.

    A name with a control character or a quote is in quotes. After one with a blank, which may be
    the beginning of a date in other diffs, there is a tab.
    """
    name = f"{side}/{path}" if side else path
    if any(character in _ESCAPES or character < " " for character in name):
        return '"' + "".join(map(_escape, name)) + '"'
    return f"{name}\t" if " " in name else name


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\{ord(character):03o}" if character < " " else character

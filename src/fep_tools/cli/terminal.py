"""Output that fits the terminal, in colours by status, and progress of long work."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from .._text import plural, safe, width

if TYPE_CHECKING:
    from ..process.model import Process

MIN_COLUMNS = 20
"""Narrower terminals are treated as if they had so many columns."""

SECONDS_BETWEEN_LINES = 10.0
"""How often progress is written where it is not on a terminal."""

SECONDS_BEFORE_LINE = 1.0
"""Work that takes no longer shows no progress."""

STAGE_COLORS = {
    "open": "cyan", "agreed": "magenta", "done": "green", "waiting": "yellow", "dead": "red",
}  # fmt: skip
"""The colours of statuses, by stage."""

# Escape sequences "Select Graphic Rendition", which take no columns (ECMA-48 section 8.3.117).
_STYLE = re.compile(r"\x1b\[[0-9;]*m")

Paint = Callable[[str | None, str], str]
"""Colours a text as the status with a name is."""


def columns(*, err: bool = False) -> int | None:
    """Return the width of the terminal; ``None`` if standard output is none.

    ``COLUMNS`` overrides it, as in other programs.

    :param err: ask for standard error instead
    """
    if not (sys.stderr if err else sys.stdout).isatty():
        return None
    return _columns()


def _columns() -> int:
    import shutil  # not at the top: it loads four libraries of compression

    return max(shutil.get_terminal_size().columns, MIN_COLUMNS)


def echo(text: str, *, color: bool = False) -> None:
    """Print *text* to standard output, with lines no longer than the terminal.

    :param color: whether *text* has colours
    """
    limit = columns()
    shown = text if limit is None else fit(text, limit)
    click.echo(shown, nl=False, color=color or None)


def report(message: str) -> None:
    """Print a message about the run to standard error; it may have text from anywhere."""
    click.echo(f"fep: {safe(message, None)}", err=True)


def fit(text: str, limit: int) -> str:
    """Return *text* with its lines wrapped between words at *limit* columns.

    Continued lines begin below the last column of a table, or else two columns further than the
    line. A word that is too long, such as a URL, is left as it is, so that it can be copied.
    """
    return "\n".join(
        part
        for line in text.split("\n")
        for part in ([line] if visible_width(line) <= limit else _wrap(line, limit))
    )


def visible_width(text: str) -> int:
    """Return the columns that *text* takes, without its colours."""
    return width(_STYLE.sub("", text))


def _wrap(line: str, limit: int) -> Iterator[str]:
    plain = _STYLE.sub("", line)
    indent = len(plain) - len(plain.lstrip()) + 2
    # "11  Final  Blueprints": below "Blueprints", if that leaves a third of the terminal
    gaps = [width(plain[: match.end()]) for match in re.finditer(r"(?<=\S)[ ]{2,}", plain)]
    indent = max((gap for gap in gaps if gap <= limit * 2 // 3), default=min(indent, limit // 2))
    current, used = "", 0
    for blanks, word in re.findall(r"([ ]*)([^ ]+)", line):
        size = visible_width(word)
        if current and used + len(blanks) + size > limit and used > indent:
            yield current.rstrip()
            current, used = " " * indent + word, indent + size
        else:
            current, used = current + blanks + word, used + len(blanks) + size
    yield current


def painter(process: Process, *, color: bool) -> Paint:
    """Return the function that colours texts by status; without *color*, it changes nothing."""

    def paint(status: str | None, text: str) -> str:
        found = process.status(status)
        return click.style(text, fg=STAGE_COLORS[found.stage]) if color and found else text

    return paint


class Progress:
    """Progress on standard error: in one line of a terminal, or in a line every ten seconds.

    :param prefix: what each line begins with
    """

    def __init__(self, prefix: str = "fep: ") -> None:
        self._prefix = prefix
        self._is_live = sys.stderr.isatty()
        self._line = ""
        self._start = self._last = time.monotonic()

    def step(self, message: str) -> None:
        """Print the beginning of a step."""
        self.clear()
        click.echo(f"{self._prefix}{safe(message, None)}", err=True)
        self._last = time.monotonic()

    def count(self, activity: str, done: int, total: int) -> None:
        """Show how much of a step is done, as :func:`fep_tools._progress.report` says."""
        now = time.monotonic()
        share = f"{100 * done // max(total, 1)} %"
        line = self._prefix + activity.format(share=share, total=total)
        if self._is_live and done < total:
            self._show(line, now)
        elif self._is_live:
            self.clear()
        elif now - self._last >= SECONDS_BETWEEN_LINES and done < total:
            click.echo(line, err=True)
            self._last = now

    def _show(self, line: str, now: float) -> None:
        if now - self._last < SECONDS_BEFORE_LINE or line == self._line:
            return
        limit = max(_columns() - 1, MIN_COLUMNS)
        sys.stderr.write(f"\r{line[:limit]}{' ' * (len(self._line) - len(line))}")
        sys.stderr.flush()
        self._line = line[:limit]

    def clear(self) -> None:
        """Remove the line on the terminal, so that others can be written."""
        if self._line:
            sys.stderr.write(f"\r{' ' * len(self._line)}\r")
            sys.stderr.flush()
            self._line = ""

    def write(self, text: str) -> int:
        """Write a message to standard error; the line on the terminal makes room."""
        self.clear()
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Flush standard error."""
        sys.stderr.flush()

    @property
    def seconds(self) -> str:
        """The time that the work has taken: ``14 seconds``."""
        return plural(round(time.monotonic() - self._start), "second")

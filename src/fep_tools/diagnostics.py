"""What is said about a proposal, and where.

Named tuples, since they are made in a fraction of the time that data classes take, and a
check of one file takes hardly longer than its imports.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Self

from ._hashing import blake2b


class Severity(StrEnum):
    """How much harm a finding does: ``error`` fails a run, ``style`` is off by default."""

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"


class _Span(NamedTuple):
    line: int
    column: int
    end_line: int
    end_column: int


class Span(_Span):
    """A stretch of text: lines and columns from 1, in code points, the end exclusive."""

    __slots__ = ()

    def __new__(
        cls, line: int = 1, column: int = 1, end_line: int = 0, end_column: int = 0
    ) -> Self:
        """An end that is not given is where it begins."""
        return super().__new__(cls, line, column, end_line or line, end_column or column)


class Edit(NamedTuple):
    """Replace what *span* covers with *text*."""

    span: Span
    text: str


class Related(NamedTuple):
    """Another place that a finding is about."""

    path: str
    span: Span
    message: str


class Finding(NamedTuple):
    """A rule's verdict on one place.

    *path* is given only by rules about several files; *help* says what else may be done.
    """

    span: Span
    message: str
    help: str = ""
    edits: tuple[Edit, ...] = ()
    related: tuple[Related, ...] = ()
    path: str | None = None


class Diagnostic(NamedTuple):
    """A finding with its address and its rule: what every report is made of.

    *excerpt* holds the source lines from ``span.line`` to ``span.end_line``, so that a
    report needs no file; *introduced* is ``None`` where nothing was compared.
    """

    path: str
    span: Span
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    number: int | None = None
    excerpt: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    introduced: bool | None = None

    @property
    def key(self) -> tuple[str, Span, str, str]:
        """The order in which diagnostics are told, always."""
        return (self.path, self.span, self.code, self.message)


def fingerprint(subject: str, code: str, line: str, repeat: int) -> str:
    """Sixteen hexadecimal digits that survive moved lines (design, section 7)."""
    told = "\0".join((subject, code, " ".join(line.split()), str(repeat)))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def apply(text: str, edits: Iterable[Edit]) -> str:
    """*text* with *edits* made; of two that overlap, the first in the text wins."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:
        return min(starts[line - 1] + column - 1, len(text))

    pieces, done = [], 0
    for edit in sorted(edits):
        first = offset(edit.span.line, edit.span.column)
        if first < done:
            continue
        pieces += [text[done:first], edit.text]
        done = offset(edit.span.end_line, edit.span.end_column)
    return "".join([*pieces, text[done:]])


class CheckResult(NamedTuple):
    """Everything that a run found: *files* were looked at, by the rules of *process*.

    *complete* is ``False`` where something that the run needed was not there, such as the
    history before a shallow clone. *notes* are for whoever runs it, beside the findings;
    *known* is how many findings the baseline keeps from being told.
    """

    process: str
    files: int
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True
    notes: tuple[str, ...] = ()
    baselined: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(told.severity is severity for told in self.diagnostics)

    @property
    def introduced(self) -> int:
        """How many findings count against this change; all of them where nothing was compared."""
        return sum(told.introduced is not False for told in self.diagnostics)

    def fails(self, *, strict: bool = False) -> bool:
        """Whether the run ends with exit status 1: on errors, and if *strict* on anything."""
        return any(
            told.introduced is not False and (strict or told.severity is Severity.ERROR)
            for told in self.diagnostics
        )

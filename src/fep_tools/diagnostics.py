"""Findings, the diagnostics made of them, and the options and the result of a check.

The classes are named tuples, because they are created several times faster than dataclasses,
and a check of a single file takes hardly longer than its imports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple, Self

from ._text import digest, join_words, line_starts, parse_json, quote


class Severity(StrEnum):
    """The level of a rule or a finding.

    An ``error`` fails a run. A ``warning`` fails it only with ``--strict``. Rules of level
    ``style`` run only if they are selected.
    """

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"


def parse_severity(value: object) -> Severity:
    """Return the severity that a setting names.

    :raises ValueError: It names none; the message says what to write.
    """
    try:
        return Severity(str(value))
    except ValueError:
        levels = join_words(Severity)
        advice = f"use {levels}, or turn the rule off with 'ignore'"
        raise ValueError(f"{quote(str(value))} is not a level; {advice}") from None


class _Span(NamedTuple):
    line: int
    column: int
    end_line: int
    end_column: int


class Span(_Span):
    """A range of text.

    Lines and columns count from 1, columns in code points. The end is exclusive: the first
    three characters of a file are ``Span(1, 1, 1, 4)``.

    :param end_line: 0, the default, stands for *line*.
    :param end_column: 0, the default, stands for *column*.
    """

    __slots__ = ()

    def __new__(
        cls, line: int = 1, column: int = 1, end_line: int = 0, end_column: int = 0
    ) -> Self:
        """Create a span; without an end it is empty."""
        return super().__new__(cls, line, column, end_line or line, end_column or column)

    @property
    def start(self) -> tuple[int, int]:
        """The line and the column of the first character."""
        return self[:2]

    @property
    def end(self) -> tuple[int, int]:
        """The line and the column after the last character."""
        return self[2:]

    def touches(self, other: Span) -> bool:
        """Return whether the two have a character in common, or are next to each other."""
        return self.start <= other.end and other.start <= self.end


class Edit(NamedTuple):
    """A change of a text: what *span* covers is replaced by *text*."""

    span: Span
    text: str


class Related(NamedTuple):
    """Another position that a finding refers to, such as the other end of a relation."""

    path: str
    span: Span
    message: str


class Finding(NamedTuple):
    """A problem at one position, as a rule yields it.

    :param message: What is wrong and what to write instead, without a final period.
    :param help: Another way to solve the problem.
    :param edits: A fix. Either all of the edits are applied or none.
    :param path: The file, if the rule is not about a single proposal.
    """

    span: Span
    message: str
    help: str = ""
    edits: tuple[Edit, ...] = ()
    related: tuple[Related, ...] = ()
    path: str | None = None


class Diagnostic(NamedTuple):
    """A finding with its file, its rule and its severity, ready to be reported.

    :param path: The path of the file from the root of the repository, with ``/``.
    :param code: The code of the rule, such as ``H103``.
    :param name: The name of the rule, such as ``header-date``.
    :param number: The number of the proposal, if it has one.
    :param excerpt: The lines from ``span.line`` to ``span.end_line``, so that a report does
        not need to read the file.
    :param fingerprint: Identifies the finding in another version of the file
        (see :func:`fingerprint`).
    :param introduced: Whether a change introduced the finding; ``None`` if there is no base.
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
    def sort_key(self) -> tuple[str, Span, str]:
        """The key by which diagnostics are sorted in every result.

        The message is no part of it: findings of one rule at one position stay in the order in
        which the rule yields them, such as missing sections in the order of the process.
        """
        return (self.path, self.span, self.code)

    @classmethod
    def from_dict(cls, table: dict[str, Any]) -> Self:
        """Return the diagnostic in a table of :meth:`CheckResult.to_json`."""
        values = {
            **table,
            "span": Span(**table["span"]),
            "severity": Severity(table["severity"]),
            "excerpt": tuple(table["excerpt"]),
            "edits": tuple(Edit(Span(**e["span"]), e["text"]) for e in table["edits"]),
            "related": tuple(Related(**{**r, "span": Span(**r["span"])}) for r in table["related"]),
        }
        return cls(**values)


def fingerprint(subject: str, code: str, line: str, repeat: int) -> str:
    """Return sixteen hexadecimal digits that identify a finding when lines have moved.

    :param subject: The label of the proposal, such as ``FEP 7``, or the path of its file.
    :param code: The code of the rule.
    :param line: The text of the line. Changed white space does not matter.
    :param repeat: How many findings with the same three values come before this one.
    """
    identity = "\0".join((subject, code, " ".join(line.split()), str(repeat)))
    return digest(identity.encode("utf-8", "surrogatepass"), 8).hex()


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits* applied; of two that overlap, only the first in the text.

    Texts that are inserted at one position keep their order.
    """
    starts = [*line_starts(text), len(text)]

    def offset(line: int, column: int) -> int:
        return min(starts[min(line, len(starts)) - 1] + column - 1, len(text))

    pieces, end = [], 0
    for edit in sorted(edits, key=attrgetter("span")):
        start = offset(edit.span.line, edit.span.column)
        if start < end:
            continue
        pieces += [text[end:start], edit.text]
        end = offset(edit.span.end_line, edit.span.end_column)
    return "".join([*pieces, text[end:]])


class CheckOptions(NamedTuple):
    """Options of a check.

    :param today: The day of the check. Some rules compare it with dates of the proposals.
    :param paths: Report only findings in these files. Empty stands for all files.
    :param select: Rules to run instead of those in the settings: codes (``H103``), beginnings
        of codes (``H``), names (``header-date``) or ``ALL``.
    :param ignore: Rules not to run, besides those in the settings.
    :param jobs: The number of processes that parse bodies; 0 stands for one per core.
    :param baseline: If false, findings that are recorded in the baseline are reported too.
    """

    today: date
    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 0
    baseline: bool = True


class CheckResult(NamedTuple):
    """The result of a check.

    :param process: The acronym of the process, such as ``FEP``.
    :param files: The number of files that were checked.
    :param diagnostics: What was found, sorted by file and position.
    :param complete: False if something could not be judged, such as a file that is not UTF-8.
        Findings or notes say what.
    :param notes: Remarks about the run itself, to be shown with the diagnostics.
    :param baselined: The number of findings that the baseline kept from being reported.
    """

    process: str
    files: int
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True
    notes: tuple[str, ...] = ()
    baselined: int = 0

    def count(self, severity: Severity) -> int:
        """Return the number of diagnostics with this severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    @property
    def relevant(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that the change introduced; without a base, all of them."""
        return tuple(d for d in self.diagnostics if d.introduced is not False)

    @property
    def preexisting(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that the base has as well; without a base, none."""
        return tuple(d for d in self.diagnostics if d.introduced is False)

    @property
    def has_base(self) -> bool:
        """True if the diagnostics were compared with those of a base."""
        return any(diagnostic.introduced is not None for diagnostic in self.diagnostics)

    def fails(self, *, strict: bool = False) -> bool:
        """Return whether a run with this result exits with status 1.

        :param strict: Treat findings of every severity as errors.
        """
        return any(strict or d.severity is Severity.ERROR for d in self.relevant)

    def to_json(self) -> str:
        """Return everything in the result as JSON, for :meth:`from_json`."""
        return json.dumps(_to_plain(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the result that :meth:`to_json` wrote.

        :raises ValueError: The text is something else.
        """
        try:
            table = parse_json(text)
            diagnostics = tuple(map(Diagnostic.from_dict, table["diagnostics"]))
            return cls(**{**table, "diagnostics": diagnostics, "notes": tuple(table["notes"])})
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not a check result") from error


def _to_plain(value: Any) -> Any:
    """Replace named tuples by dictionaries, since JSON has only lists for tuples."""
    if hasattr(value, "_asdict"):
        return {name: _to_plain(field) for name, field in value._asdict().items()}
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    return value

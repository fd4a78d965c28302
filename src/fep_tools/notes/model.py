"""The notes of a proposal: for each framework a stance, some fields, a text and snippets.

FEP 3 defines the form. It is ordinary reStructuredText: a section for each framework, with a
field list and code blocks of the class ``fep-check``.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Generic, NamedTuple, TypeVar

from .._i18n import gettext_noop
from ..proposals.body import Body, BodyField, Heading, Location
from . import harness
from .frameworks import Frameworks

SNIPPET_CLASS = "fep-check"
"""The class of code blocks that are snippets."""

STANCES = {
    "baseline": gettext_noop("what Flask does today"),
    "adopted": gettext_noop("exactly this"),
    "similar": gettext_noop("the same purpose, in nearly the same way"),
    "divergent": gettext_noop("the same purpose, in another way"),
    "extension": gettext_noop("done by an extension, which 'Via' names"),
    "absent": gettext_noop("nothing of the kind"),
    "not-applicable": gettext_noop("the question does not arise"),
}
"""How a framework compares to the proposal. No stance is better than another."""

NOTE_FIELDS = ("Stance", "Via", "Since", "Docs")
"""The fields of a note."""

MAX_SNIPPET_LENGTH = 10_000
"""Characters of a snippet. A readable one has a tenth of that."""

MAX_NAME_LENGTH = 60
"""Characters of the name of a snippet."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # "sanic-view"


class SnippetCheck(NamedTuple):
    """The expected value of a line. Lines count from 1 at the start of the snippet."""

    line: int
    expected: str


@dataclass(frozen=True)
class Snippet:
    """A short program with checks.

    :param first_line: the line of the proposal on which its text begins.
    :param location: the position of its code block.
    """

    name: str
    text: str
    first_line: int
    location: Location
    language: str = "python"

    @property
    def is_named(self) -> bool:
        """True if it has a name under which its result can be saved."""
        return len(self.name) <= MAX_NAME_LENGTH and _NAME.fullmatch(self.name) is not None

    @cached_property
    def checks(self) -> tuple[SnippetCheck, ...]:
        """The checks in the order of the text; none if the snippet is too long."""
        return tuple(parse_checks(self.text)) if len(self.text) <= MAX_SNIPPET_LENGTH else ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its text. A result is valid for one digest."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def line(self, number: int) -> int:
        """Return the line of the proposal for line *number* of the snippet, at most its last."""
        return self.first_line + min(number, self.text.count("\n") + 1) - 1

    def in_file(self, reason: str) -> str:
        """Return the reason of a result with the line of the proposal.

        Results count the lines of the snippet, so that they stay valid where it moves:
        ``line 3: raised ValueError: x`` becomes ``line 57: raised ValueError: x``. What Python
        says about a syntax error names its line a second time.
        """
        match = _REASON.fullmatch(reason)
        if match is None:
            return reason
        text = _SYNTAX_ERROR.sub(r"\1", match["text"])
        return f"line {self.line(int(match['line']))}: {text}"

    @cached_property
    def syntax_error(self) -> SyntaxProblem | None:
        """The reason why Python cannot parse it; ``None`` if it can."""
        try:
            # A snippet is untrusted, but parsing runs nothing, and its length is limited.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ast.parse(self.text)
        except SyntaxError as error:
            message = f"{type(error).__name__}: {error.msg}"
            return SyntaxProblem(min(error.lineno or 1, self.text.count("\n") + 1), message)
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxProblem(1, f"{type(error).__name__}: it cannot be compiled")
        return None


class SyntaxProblem(NamedTuple):
    """A syntax error: its line in the snippet, and what Python says."""

    line: int
    message: str


_REASON = re.compile(r"line (?P<line>[0-9]+): (?P<text>.*)", re.DOTALL)
_SYNTAX_ERROR = re.compile(
    r"^raised ((?:Syntax|Indentation|Tab)Error: .*?)(?: \(\S+, line [0-9]+\))?$", re.DOTALL
)
"""``raised SyntaxError: invalid syntax (snippet.py, line 3)``"""


@dataclass(frozen=True)
class Note:
    """A note: the section of a proposal about one framework.

    :param framework: the key of the framework, ``""`` if *title* is not the title of one.
    :param text: the text of the section, without fields and code.
    :param fields: all fields as written, unknown ones too.
    """

    framework: str
    title: str
    title_location: Location
    text: str
    fields: tuple[BodyField, ...] = ()
    snippets: tuple[Snippet, ...] = ()

    def field(self, name: str) -> BodyField | None:
        """Return the first field of that name."""
        return next((f for f in self.fields if f.name.casefold() == name.casefold()), None)

    def _value(self, name: str) -> str:
        field = self.field(name)
        return field.value if field else ""

    @property
    def stance(self) -> str:
        """The stance as written, which may not be one of :data:`STANCES`."""
        return self._value("Stance")

    @property
    def via(self) -> str:
        """The extension that provides it, if the stance is ``extension``."""
        return self._value("Via")

    @property
    def since(self) -> str:
        """The first version of the framework for which the note is true."""
        return self._value("Since")

    @property
    def docs(self) -> str:
        """The URL of its documentation."""
        return self._value("Docs")


def parse_notes(body: Body, section: str, frameworks: Frameworks) -> tuple[Note, ...]:
    """Return the notes in *body*, in the order of the text.

    :param section: the title of the section that holds the notes.
    """
    # A note has what is between two lines. Looking through everything for each of many notes
    # would take quadratic time.
    fields = _Lines(sorted(body.body_fields, key=lambda field: field.location))
    snippets = _Lines(sorted(_find_snippets(body), key=lambda snippet: snippet.location))
    notes = []
    for heading, end in _subsections(body.headings, section):
        framework = frameworks.by_title.get(heading.title)
        start = heading.location.line
        notes.append(
            Note(
                framework=framework.key if framework else "",
                title=heading.title,
                title_location=heading.location,
                text=heading.text,
                fields=fields.between(start, end),
                snippets=snippets.between(start, end),
            )
        )
    return tuple(notes)


def find_section(body: Body, section: str) -> Heading | None:
    """Return the heading of the section that holds the notes."""
    return next((heading for heading in body.headings if heading.title == section), None)


def snippets_outside(body: Body, notes: Iterable[Note]) -> tuple[Snippet, ...]:
    """Return the snippets of *body* that are in none of its *notes*."""
    inside = {snippet.location for note in notes for snippet in note.snippets}
    return tuple(snippet for snippet in _find_snippets(body) if snippet.location not in inside)


def _subsections(headings: tuple[Heading, ...], section: str) -> Iterator[tuple[Heading, float]]:
    """Return the headings directly below *section*, each with the line before which it ends.

    With the levels 1 Abstract, 1 Cross-Framework Notes, 2 Sanic, 3 Older releases, 2 Hug,
    1 Copyright, these are Sanic, up to the line of Hug, and Hug, up to the line of Copyright.
    """
    section_level = 0  # 0: not in the section
    for position, heading in enumerate(headings):
        if section_level and heading.level <= section_level:
            section_level = 0
        if not section_level and heading.title == section:
            section_level = heading.level
        elif section_level and heading.level == section_level + 1:
            following = (headings[index] for index in range(position + 1, len(headings)))
            ends = (other.location.line for other in following if other.level <= heading.level)
            yield heading, next(ends, float("inf"))


def _find_snippets(body: Body) -> Iterator[Snippet]:
    """Return the code blocks that are snippets."""
    for code in body.code_blocks:
        if SNIPPET_CLASS in code.classes:
            yield Snippet(code.name, code.text, code.first_line, code.location, code.language)


_Fact = TypeVar("_Fact", BodyField, Snippet)


class _Lines(Generic[_Fact]):
    """Facts in the order of their lines."""

    def __init__(self, facts: list[_Fact]) -> None:
        self._facts: list[_Fact] = facts
        self._lines: list[float] = [fact.location.line for fact in facts]

    def between(self, start: float, end: float) -> tuple[_Fact, ...]:
        """Return those between two lines."""
        first = bisect_right(self._lines, start)
        return tuple(self._facts[first : bisect_left(self._lines, end)])


def parse_checks(text: str) -> Iterator[SnippetCheck]:
    """Return every ``#>`` of a program, as the harness reads them.

    Marks that check nothing, such as one in a string, are included: their snippet fails.
    """
    for mark in harness.find_marks(text):
        yield SnippetCheck(mark.line, mark.expected)

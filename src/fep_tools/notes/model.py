"""A proposal's notes: for each framework a stance, an address, a few words and snippets.

The form is ordinary reStructuredText, :fep:`3`: a section for each framework, a list of fields
and code blocks of the class ``fep-check``. It is made of the facts of a body alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from .._i18n import gettext_noop
from ..proposals.body import Body, BodyField, CodeBlock, Heading, Location
from . import harness
from .frameworks import Frameworks

SNIPPET_CLASS = "fep-check"
"""The class of a code block that is a snippet."""

STANCES = {
    "baseline": gettext_noop("what Flask does today"),
    "adopted": gettext_noop("exactly this"),
    "similar": gettext_noop("the same purpose, in nearly the same way"),
    "divergent": gettext_noop("the same purpose, in another way"),
    "extension": gettext_noop("done by an extension, which 'Via' names"),
    "absent": gettext_noop("nothing of the kind"),
    "not-applicable": gettext_noop("the question does not arise"),
}
"""What a framework does, relative to what the proposal asks for. None is better than another."""

NOTE_FIELDS = ("Stance", "Via", "Since", "Docs")
"""What a note may say of itself."""

MAX_SNIPPET_LENGTH = 10_000
"""Characters of a snippet; one that is worth reading has a tenth."""

MAX_NOTES = 50
"""Notes of a proposal, and snippets of a note; there are a handful of frameworks."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SnippetCheck(NamedTuple):
    """What a snippet claims about the value of a line; lines count from 1 in the snippet."""

    line: int
    expected: str


@dataclass(frozen=True)
class Snippet:
    """A program of a few lines, and what it claims. *place* is that of its block."""

    name: str
    text: str
    first_line: int
    location: Location
    language: str = "python"

    @property
    def is_named(self) -> bool:
        """Whether results can be kept under its name."""
        return len(self.name) <= 60 and _NAME.fullmatch(self.name) is not None

    @cached_property
    def checks(self) -> tuple[SnippetCheck, ...]:
        """Its claims, in the order of the text; of one that is too long, none."""
        return tuple(parse_checks(self.text)) if len(self.text) <= MAX_SNIPPET_LENGTH else ()

    @cached_property
    def digest(self) -> str:
        """What a result belongs to: any other text has another."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def line(self, number: int) -> int:
        """The line of the proposal that is that one of the snippet, or its last."""
        return self.first_line + min(number, self.text.count("\n") + 1) - 1


@dataclass(frozen=True)
class Note:
    """What a proposal says about one framework.

    *framework* is its key, ``""`` where nobody knows a framework called *title*. Fields that
    are not there are ``""``; *settings* are all of them as written.
    """

    framework: str
    title: str
    title_location: Location
    text: str
    fields: tuple[BodyField, ...] = ()
    snippets: tuple[Snippet, ...] = ()

    def field(self, name: str) -> BodyField | None:
        """The field of that name, as first written."""
        return next((s for s in self.fields if s.name.casefold() == name.casefold()), None)

    def _value(self, name: str) -> str:
        setting = self.field(name)
        return setting.value if setting else ""

    @property
    def stance(self) -> str:
        """The author's word for what the framework does, whether or not there is such a word."""
        return self._value("Stance")

    @property
    def via(self) -> str:
        """The extension that does it."""
        return self._value("Via")

    @property
    def since(self) -> str:
        """Since which version it does so."""
        return self._value("Since")

    @property
    def docs(self) -> str:
        """Where it is documented."""
        return self._value("Docs")


def parse_notes(body: Body, section: str, frameworks: Frameworks) -> tuple[Note, ...]:
    """The notes in the section of that title, in the order of the text."""
    found = []
    for heading, end in islice(_under(body.headings, section), MAX_NOTES):
        framework = frameworks.by_title.get(heading.title)
        found.append(
            Note(
                framework=framework.key if framework else "",
                title=heading.title,
                title_location=heading.location,
                text=heading.text,
                fields=tuple(
                    s for s in body.body_fields if heading.location.line < s.location.line < end
                ),
                snippets=tuple(islice(_snippets(body, heading.location.line, end), MAX_NOTES)),
            )
        )
    return tuple(found)


def snippets_outside(body: Body, notes: Iterable[Note]) -> tuple[Snippet, ...]:
    """The snippets that stand in none of *notes*, which are those of *body*."""
    inside = {snippet.location for note in notes for snippet in note.snippets}
    marked = (code for code in body.code_blocks if SNIPPET_CLASS in code.classes)
    return tuple(_snippet(code) for code in marked if code.location not in inside)


def find_section(body: Body, section: str) -> Heading | None:
    """The heading of the section that holds the notes."""
    return next((heading for heading in body.headings if heading.title == section), None)


def _under(headings: tuple[Heading, ...], section: str) -> Iterator[tuple[Heading, float]]:
    """The headings directly under *section*, each with the line on which what it heads ends."""
    within = 0
    for place, found in enumerate(headings):
        if within and found.level <= within:
            within = 0
        if not within and found.title == section:
            within = found.level
        elif within and found.level == within + 1:
            after = (h.location.line for h in headings[place + 1 :] if h.level <= found.level)
            yield found, next(after, float("inf"))


def _snippets(body: Body, start: int, end: float) -> Iterator[Snippet]:
    for code in body.code_blocks:
        if SNIPPET_CLASS in code.classes and start < code.location.line < end:
            yield _snippet(code)


def _snippet(code: CodeBlock) -> Snippet:
    return Snippet(code.name, code.text, code.first_line, code.location, code.language)


def parse_checks(text: str) -> Iterator[SnippetCheck]:
    """Every ``#>`` of a program, as the harness reads them.

    That goes for those which check nothing too, in a string for one: their snippet fails.
    """
    for mark in harness.marks(text):
        yield SnippetCheck(mark.line, mark.expected)

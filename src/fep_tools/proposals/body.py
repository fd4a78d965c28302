"""What the body of a proposal holds, as plain facts with places.

:mod:`fep_tools.proposals.rst` reads them from text, apart from everything else, since that needs
docutils; here they are only values, which a cache can keep and a rule can judge.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, NamedTuple

from ..diagnostics import Span


class Location(NamedTuple):
    """Where a fact stands: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """The same as diagnostics have it."""
        return Span(*self)


class Heading(NamedTuple):
    """A section's title. *empty*: nothing follows before the next title of its level or above."""

    title: str
    level: int
    location: Location
    empty: bool
    text: str
    """The first paragraph of the section, or ``""``."""


class Link(NamedTuple):
    """A hyperlink: a role's (``role`` is its name, ``target`` its number) or an address.

    *text* is what is shown, and *explicit* whether the author wrote it.
    """

    role: str
    target: str
    fragment: str
    text: str
    explicit: bool
    location: Location


ProblemKind = Literal[
    "markup", "underline", "directive", "role", "quotes", "scheme", "image", "markdown", "crash"
]
"""Kinds of problem; a rule asks for its own."""


class Problem(NamedTuple):
    """Something that cannot be read or may not be written in a body.

    *name* is what it is about (a directive, an address), *help* what may be done.
    """

    kind: ProblemKind
    name: str
    message: str
    location: Location
    help: str = ""


class Occurrence(NamedTuple):
    """A thing with a name: a banner, a comment, a proposal named in prose."""

    name: str
    location: Location


class BodyField(NamedTuple):
    """A field of a list that stands in a section: ``:Stance: similar``."""

    name: str
    value: str
    location: Location


class CodeBlock(NamedTuple):
    """A block of code; *first_line* is that of its first line of content."""

    language: str
    name: str
    classes: tuple[str, ...]
    text: str
    first_line: int
    location: Location


@dataclass(frozen=True, slots=True)
class Body:
    """The facts of one body, each sequence in the order of the text.

    *images* are the files of those that may be shown. *literals* and *mentions* name a
    proposal, in a literal or in plain prose, where a role would link it; *anchors* are what an
    address can point at; *lead* is where text stands before the first title.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    banners: tuple[Occurrence, ...] = ()
    comments: tuple[Occurrence, ...] = ()
    literals: tuple[Occurrence, ...] = ()
    mentions: tuple[Occurrence, ...] = ()
    code: tuple[CodeBlock, ...] = ()
    images: tuple[Occurrence, ...] = ()
    body_fields: tuple[BodyField, ...] = ()
    anchors: tuple[str, ...] = ()
    lead: Location | None = None

    def dump(self) -> str:
        """These facts as JSON, for :meth:`load`."""
        rows = [getattr(self, name) for name in self.__slots__]
        return json.dumps(rows, separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Body:
        """The facts that :meth:`dump` wrote; raises :class:`ValueError` for anything else."""
        rows = json.loads(text)
        try:
            facts = [_rows(shape, row) for shape, row in zip(_SHAPES, rows, strict=True)]
        except (TypeError, IndexError) as problem:
            raise ValueError("not the facts of a body") from problem
        return cls(*facts)


def unparsable(message: str) -> Body:
    """All that is known of a body that could not be read: why."""
    return Body(problems=(Problem("crash", "", message, Location(1, 1, 1, 1)),))


_SHAPES: tuple[Any, ...] = (
    Heading, Link, Problem, Occurrence, Occurrence, Occurrence, Occurrence,
    CodeBlock, Occurrence, BodyField, str, None,
)  # fmt: skip


def _rows(shape: Any, rows: Any) -> Any:
    if shape is None:
        return None if rows is None else Location(*rows)
    if shape is str:
        return tuple(rows)
    place = shape._fields.index("location")
    made = []
    for row in rows:
        row[place] = Location(*row[place])
        if shape is CodeBlock:
            row[2] = tuple(row[2])
        made.append(shape(*row))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a community's bodies may say beyond plain reStructuredText.

    *reference* is the role that links a proposal (``fep``), *roles* are others that link
    elsewhere, *literals* (``py:*`` for all that begin so) are shown as they are written;
    *banners* and *opaque* are directives.
    """

    reference: str
    roles: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()

    def is_literal(self, role: str) -> bool:
        """Whether text in *role* is shown as it is written."""
        return any(fnmatchcase(role, known) for known in self.literals)

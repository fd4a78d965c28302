"""The facts of a proposal's body: plain values with their positions.

:mod:`fep_tools.proposals.rst` collects them with docutils. Rules and the catalog read them
here, from the cache where possible, without importing docutils.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, TYPE_CHECKING

from .._text import parse_json
from ..diagnostics import Span

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Location(NamedTuple):
    """The position of a fact: lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """The same position as diagnostics have it."""
        return Span(*self)

    @property
    def is_empty(self) -> bool:
        """``True`` if there is no text at this position."""
        return self[:2] == self[2:]


class Heading(NamedTuple):
    """The title of a section.

    :param level: 1 for the outermost sections.
    :param empty: Nothing follows it before the next title of its level or above.
    :param text: The first paragraph of the section, or ``""``.
    """

    title: str
    level: int
    location: Location
    is_empty: bool
    text: str


LABEL_ROLE = "ref"
"""The role of a link to a label, however it was written."""


class Link(NamedTuple):
    """A hyperlink: text in a role, as in ``:pep:`8#imports```, or a link to a URL.

    :param role: The name of the role, or ``""`` for a URL.
    :param target: The text of the role (``8``), or the URL.
    :param fragment: What follows the ``#`` in the text of a role (``imports``).
    :param text: The text that is shown, ``""`` if a role makes it up.
    :param explicit: The author wrote that text.
    """

    role: str
    target: str
    fragment: str
    text: str
    explicit: bool
    location: Location


class Label(NamedTuple):
    """A label, such as that of ``.. _name:``, which ``:ref:`` links to.

    :param anchor: What a URL calls it.
    :param has_title: It is above a title or a caption, which a link without a text shows.
    """

    name: str
    anchor: str
    has_title: bool


class IncludedFile(NamedTuple):
    """A file that a text includes.

    :param name: What the text calls it.
    :param path: Its path, if it can be included.
    :param problem: Why it cannot, as the end of a sentence.
    """

    name: str
    path: str = ""
    text: str = ""
    problem: str = ""


class Inclusion(NamedTuple):
    """The lines below a proposal that stand for those of an included file.

    :param path: The path of the file.
    :param first_line: The number that stands for its first line.
    :param length: The number of its lines.
    """

    path: str
    first_line: int
    length: int


ProblemKind = Literal[
    "backslash", "code", "crash", "directive", "directive-text", "fence", "footnote", "formula",
    "html", "hyphen", "image", "include", "indentation", "inline", "lexing", "link", "list",
    "markdown", "markup", "quotes", "role", "scheme", "underline", "unreferenced",
]  # fmt: skip
"""The kind of a problem. Each rule on bodies reports one of them."""


class Problem(NamedTuple):
    """Markup that docutils cannot parse, or that a proposal may not use.

    :param name: The subject: the name of a directive or a role, a URL, the text.
    :param message: What is wrong. ``""`` where the rule has its own words.
    :param help: What to write instead, or ``""``.
    :param replacement: The text that replaces what is at *location*, if that is certain.
    """

    kind: ProblemKind
    name: str
    message: str
    location: Location
    help: str = ""
    replacement: str = ""


class Occurrence(NamedTuple):
    """A name and its position: a banner, a comment, a proposal that prose mentions."""

    name: str
    location: Location


class BodyField(NamedTuple):
    """A field of a field list directly in a section: ``:Stance: similar``."""

    name: str
    value: str
    location: Location


class CodeBlock(NamedTuple):
    """A block of code.

    :param name: Its ``:name:`` option, or ``""``.
    :param classes: Its ``:class:`` option.
    :param first_line: The number of its first line of content.
    :param location: The line of the directive.
    """

    language: str
    name: str
    classes: tuple[str, ...]
    text: str
    first_line: int
    location: Location


class Claim(NamedTuple):
    """A paragraph or an item of a list, in a section of which each needs a link.

    :param section: The title of that section.
    :param text: The text, with spaces for line breaks.
    :param has_link: A link is in it, or in the list that it introduces.
    """

    section: str
    text: str
    has_link: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Body:
    """The facts of one body, each sequence in the order of the text.

    :param banners: Directives that say how to take the page, such as ``.. superseded::``.
    :param literals: Literals that name a proposal, where a role would link it: ````FEP 7````.
    :param mentions: Every mention of a proposal in plain prose.
    :param images: The files of images that are allowed.
    :param anchors: The names that a URL can point at (``#rationale``).
    :param labels: The names that ``:ref:`` can link to.
    :param lead: The first text before the first title, if any.
    :param claims: The paragraphs and items of sections in which each needs a link.
    :param inclusions: The lines of included files, which positions may be in.
    :param shown_text: What readers see, without markup; each block begins on a line of its own.
        Empty unless :attr:`Vocabulary.shown_text <.vocabulary.Vocabulary.shown_text>` asks for it.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    banners: tuple[Occurrence, ...] = ()
    comments: tuple[Occurrence, ...] = ()
    literals: tuple[Occurrence, ...] = ()
    mentions: tuple[Occurrence, ...] = ()
    code_blocks: tuple[CodeBlock, ...] = ()
    images: tuple[Occurrence, ...] = ()
    body_fields: tuple[BodyField, ...] = ()
    anchors: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    lead: Location | None = None
    claims: tuple[Claim, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    shown_text: str = ""

    @property
    def is_unparsable(self) -> bool:
        """``True`` if the body could not be parsed."""
        return any(problem.kind == "crash" for problem in self.problems)

    def has_anchor(self, fragment: str) -> bool:
        """Return whether the fragment of a URL leads to something on the page.

        That is not known of a body that could not be parsed.
        """
        return self.is_unparsable or fragment in ("", "top", *self.anchors)

    def outline(self, *, with_headings: bool) -> Body:
        """Return the facts that other proposals see: labels, languages, and what links lead to.

        :param with_headings: Whether one of the headings is the title of the proposal.
        """
        languages = dict.fromkeys(code.language for code in self.code_blocks)
        nowhere = Location(1, 1, 1, 1)
        return Body(
            headings=tuple(h._replace(text="") for h in self.headings) if with_headings else (),
            problems=tuple(problem for problem in self.problems if problem.kind == "crash"),
            code_blocks=tuple(CodeBlock(name, "", (), "", 1, nowhere) for name in languages),
            anchors=self.anchors,
            labels=self.labels,
            inclusions=self.inclusions,
        )

    def facts(self) -> dict[str, Any]:
        """Return these facts as JSON has them, by their names."""
        # Named tuples become arrays. To make objects of them would take seven times as long.
        return {name: getattr(self, name) for name in self.__slots__}

    def dump(self) -> str:
        """Return these facts as JSON, for :meth:`load`."""
        return json.dumps(self.facts(), separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Body:
        """Return the facts that :meth:`dump` wrote.

        :raises ValueError: *text* is anything else.
        """
        # Pydantic's own parser of JSON refuses lone surrogates, which a text may hold.
        facts = parse_json(text)
        if not isinstance(facts, dict) or facts.keys() != set(cls.__slots__):
            raise ValueError("not the facts of a body")
        return _adapter().validate_python(facts)


@cache
def _adapter() -> TypeAdapter[Body]:
    from pydantic import TypeAdapter  # not at the top: a worker only dumps, and starts faster

    return TypeAdapter(Body)


MARKDOWN_MISSING = "is in Markdown, which needs MyST-Parser; run: pip install 'fep-tools[markdown]'"
"""Why the body of a proposal in Markdown was not parsed, if the extra is not installed."""


def unparsable(message: str) -> Body:
    """Return the facts of a body that could not be parsed: only the reason."""
    return Body(problems=(Problem("crash", "", message, Location(1, 1, 1, 1)),))

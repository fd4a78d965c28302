"""Bodies as docutils reads them: the only module beside ``site/`` that imports docutils.

Nothing is included, fetched, executed or configured from outside (SEC-A1). What a proposal
may say is a list of what is allowed, :data:`DIRECTIVES` and :data:`ROLES`, which checking and
building share; whatever is not on it is a fact for a rule, and never fatal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from docutils import frontend
from docutils import nodes
from docutils import utils
from docutils.parsers.rst import Directive
from docutils.parsers.rst import directives
from docutils.parsers.rst import Parser
from docutils.parsers.rst import roles
from docutils.readers.standalone import Reader

from .body import Body
from .body import Code
from .body import Heading
from .body import Link
from .body import Named
from .body import Place
from .body import Problem
from .body import Vocabulary

SETTINGS: dict[str, Any] = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "halt_level": 5,
    "report_level": 5,
    "line_length_limit": 5000,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "sectsubtitle_xform": False,
    "syntax_highlight": "none",
    "smart_quotes": False,
    "warning_stream": "",
    "input_encoding": "utf-8",
}
"""What docutils is told, wherever this project calls it."""

CODE = ("code", "code-block", "sourcecode")
NESTED = ("seealso", "versionadded", "versionchanged", "deprecated", "versionremoved")
PLAIN = (
    "admonition", "attention", "caution", "class", "compound", "container", "contents",
    "csv-table", "danger", "epigraph", "error", "figure", "highlights", "hint", "image",
    "important", "list-table", "note", "parsed-literal", "pull-quote", "replace", "rubric",
    "sectnum", "sidebar", "table", "tip", "topic", "unicode", "warning",
)  # fmt: skip
DIRECTIVES = frozenset((*CODE, *NESTED, *PLAIN))
"""Every directive that a proposal may use, before its community adds any."""

REFUSED_OPTIONS = ("file", "url", "loading", "diff")
"""Options that read a file or open a connection."""

ROLES = frozenset(
    ("abbr", "code", "emphasis", "file", "kbd", "literal", "math", "samp", "strong",
     "sub", "subscript", "sup", "superscript", "title", "title-reference", "t")
)  # fmt: skip
"""Every role that a proposal may use, before its community adds any."""

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
SCHEMES = ("http", "https", "mailto")

_TARGET = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*\s*$")


def read(text: str, vocabulary: Vocabulary) -> Body:
    """The facts of *text*, a proposal with its header lines emptied.

    Whatever docutils does to itself is for the caller, which runs this apart.
    """
    reading = _Reading(text, vocabulary)
    with _only_allowed(reading):
        document = utils.new_document("<body>", _settings())
        document.reporter.attach_observer(reading.hear)
        Parser().parse(text, document)
        reading.collect(document)
        document.transformer.populate_from_components((Reader(), Parser()))
        document.transformer.apply_transforms()
    return reading.body()


@cache
def _settings() -> Any:
    settings = frontend.get_default_settings(Parser, Reader)
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    return settings


def scheme_of(address: str) -> str:
    """The scheme of *address* in lower case, blanks and controls ignored as browsers do."""
    bare = "".join(c for c in address if c.isprintable() and not c.isspace())
    match = re.match(r"[a-z][a-z0-9+.-]*(?=:)", bare, re.IGNORECASE)
    return match[0].lower() if match else ""


def image_trouble(address: str) -> str:
    """Why *address* may not be shown as an image; empty where it may (SEC-A4)."""
    if scheme_of(address) or address.startswith(("/", "\\")) or ".." in address.split("/"):
        return "is not a file in the proposal's own folder"
    if not address.lower().endswith(IMAGES):
        return f"is not an image of a known kind ({', '.join(IMAGES)})"
    return ""


class _Reading:
    """One text being read: what was seen, and how to find where it stands."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.lines = text.split("\n")
        self.vocabulary = vocabulary
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self.banners: list[Named] = []
        self.comments: list[Named] = []
        self.literals: list[Named] = []
        self.code: list[Code] = []
        self.lead: Place | None = None
        self._seen: dict[str, tuple[int, int]] = {}

    def body(self) -> Body:
        return Body(
            headings=tuple(self.headings),
            links=tuple(sorted(self.links, key=lambda link: link.place)),
            problems=tuple(sorted(set(self.problems), key=lambda problem: problem.place)),
            banners=tuple(self.banners),
            comments=tuple(self.comments),
            literals=tuple(self.literals),
            code=tuple(self.code),
            lead=self.lead,
        )

    # Places --------------------------------------------------------------------------------

    def line(self, number: int | None) -> Place:
        """The whole of a line, without the blanks around it."""
        number = min(max(number or 1, 1), len(self.lines))
        text = self.lines[number - 1].rstrip("\r")
        start = len(text) - len(text.lstrip()) + 1
        return Place(number, start, number, max(len(text.rstrip()) + 1, start))

    def find(self, source: str, line: int | None) -> Place:
        """Where *source* stands, at *line* or after; each place is given once."""
        first = source.split("\n", 1)[0]
        number = max(line or 1, 1)
        seen = self._seen.get(source, (0, 0))
        for at in range(number - 1, min(number + 400, len(self.lines))):
            start = seen[1] if at == seen[0] else 0
            column = self.lines[at].find(first, start) if at >= seen[0] else -1
            if column >= 0:
                self._seen[source] = (at, column + len(first))
                return self._extent(source, at, column)
            if at > number and not first:
                break
        return self.line(number)

    def _extent(self, source: str, at: int, column: int) -> Place:
        rows = source.split("\n")
        end = at + len(rows) - 1
        if len(rows) == 1 or end >= len(self.lines):
            return Place(at + 1, column + 1, at + 1, column + 1 + len(rows[0]))
        tail = self.lines[end].find(rows[-1]) + len(rows[-1])
        return Place(at + 1, column + 1, end + 1, tail + 1)

    # What docutils tells while it reads ------------------------------------------------------

    def hear(self, message: nodes.system_message) -> None:
        """One of docutils' own messages; its advice about the unknown is ours already."""
        if message["level"] >= 2 and not _ours(message.astext()):
            text = " ".join(message.children[0].astext().split()) if message.children else ""
            place = self.line(message.get("line"))
            self.problems.append(Problem("markup", "", text.rstrip("."), place))

    def trouble(self, kind: Any, name: str, message: str, place: Place) -> None:
        self.problems.append(Problem(kind, name, message, place))

    def role(self, name: str) -> Callable[..., Any]:
        """The function that docutils calls for text in role *name*."""
        if name in (self.vocabulary.reference, *self.vocabulary.roles):
            return self._reference
        if name in ROLES or self.vocabulary.is_literal(name):
            return self._literal
        return self._unknown_role

    def _reference(
        self, name: str, raw: str, text: str, line: int, inliner: Any, *_: Any
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        text = utils.unescape(text)
        match = _TARGET.fullmatch(text)
        shown, target = (match["text"], match["target"]) if match else ("", text)
        target, _hash, fragment = target.partition("#")
        place = self.find(raw, line)
        self.links.append(Link(name, target.strip(), fragment, shown, match is not None, place))
        return [nodes.inline(raw, shown or text)], []

    def _literal(self, _name: str, raw: str, text: str, *_: Any) -> tuple[Any, Any]:
        return [nodes.inline(raw, utils.unescape(text))], []

    def _unknown_role(self, name: str, raw: str, text: str, line: int, *_: Any) -> tuple[Any, Any]:
        self.trouble("role", name, "", self.find(raw, line))
        return [nodes.inline(raw, utils.unescape(text))], []

    # What the tree holds -------------------------------------------------------------------

    def collect(self, document: nodes.document) -> None:
        """Everything that stands in *document*, before its references are resolved."""
        self._collect_headings(document)
        shapes: tuple[tuple[type[nodes.Node], Callable[[Any], None]], ...] = (
            (nodes.reference, self._address),
            (nodes.target, self._target),
            (nodes.image, self._image),
            (nodes.comment, self._comment),
            (nodes.literal, self._proposal_literal),
        )
        found = dict(shapes)
        for node in document.findall(lambda n: type(n) in found):
            found[type(node)](node)

    def _collect_headings(self, document: nodes.document) -> None:
        cursor = 0
        for section in document.findall(nodes.section):
            title: Any = section[0]
            cursor = self._title_line(title.rawsource, cursor)
            rest = [n for n in section[1:] if not isinstance(n, (nodes.comment, nodes.target))]
            paragraph = next((n for n in rest if isinstance(n, nodes.paragraph)), None)
            text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
            heading = Heading(
                title.astext(), _depth(section), self.line(cursor), not rest, text[:1000]
            )
            self.headings.append(heading)
        first = next((n for n in document.children if _is_prose(n)), None)
        if first is not None:
            self.lead = self.line(_line_of(first))

    def _title_line(self, title: str, cursor: int) -> int:
        """The number of the line that holds *title*, underlined, after line *cursor*."""
        for at in range(cursor, len(self.lines) - 1):
            if self.lines[at].strip() == title and _ADORNMENT.match(self.lines[at + 1]):
                return at + 1
        return cursor or 1

    def _address(self, node: nodes.reference) -> None:
        address = node.get("refuri")
        if address:
            text = node.astext()
            explicit = node.rawsource.startswith("`")
            place = self.find(node.rawsource or text, _line_of(node))
            self._link(address, text, explicit, place)

    def _target(self, node: nodes.target) -> None:
        """An address on a line of its own: ``.. _name: address``."""
        if "refuri" in node and node.rawsource.startswith(("..", "__")):
            place = self.line(_line_of(node))
            self._link(node["refuri"], " ".join(node["names"]), True, place)

    def _link(self, address: str, text: str, explicit: bool, place: Place) -> None:
        scheme = scheme_of(address)
        if scheme and scheme not in SCHEMES:
            self.trouble("scheme", scheme, address, place)
        self.links.append(Link("", address, "", text, explicit, place))

    def _image(self, node: nodes.image) -> None:
        address = node["uri"]
        if trouble := image_trouble(address):
            place = self.find(address, _line_of(node))
            self.trouble("image", address, trouble, place)

    def _comment(self, node: nodes.comment) -> None:
        text = " ".join(node.astext().split())
        if text:
            self.comments.append(Named(text[:200], self.line(_line_of(node))))

    def _proposal_literal(self, node: nodes.literal) -> None:
        text = node.astext()
        if re.fullmatch(rf"{re.escape(self.vocabulary.reference)}[ -]?[0-9]{{1,4}}", text, re.I):
            self.literals.append(Named(text, self.find(node.rawsource, _line_of(node))))


def _ours(message: str) -> bool:
    return "Unknown directive type" in message or "No directive entry for" in message


def _is_prose(node: nodes.Node) -> bool:
    silent = (nodes.section, nodes.comment, nodes.target, nodes.substitution_definition)
    return not isinstance(node, (*silent, nodes.system_message, nodes.topic, nodes.Admonition))


def _depth(section: nodes.Node) -> int:
    depth = 0
    node: nodes.Node | None = section
    while node is not None:
        depth += isinstance(node, nodes.section)
        node = node.parent
    return depth


def _line_of(node: nodes.Node | None) -> int | None:
    while node is not None:
        if node.line is not None:
            return int(node.line)
        node = node.parent
    return None


# Directives --------------------------------------------------------------------------------


class _Any(Directive):
    """A directive with whatever arguments, options and content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    reading: _Reading
    title = ""

    class _AnyOption(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            return directives.unchanged

        def __bool__(self) -> bool:
            return True

    option_spec = _AnyOption()

    def place(self) -> Place:
        return self.reading.line(self.lineno)

    def nested(self) -> list[nodes.Node]:
        holder = nodes.container()
        holder.line = self.lineno
        self.state.nested_parse(self.content, self.content_offset, holder)
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            holder += [nodes.paragraph("", "", *text), *messages]
        return [holder]


class _Opaque(_Any):
    """Known to the community's own site, and nothing to us."""

    def run(self) -> list[nodes.Node]:
        return [nodes.container()]


class _Nested(_Any):
    """A box around ordinary text."""

    def run(self) -> list[nodes.Node]:
        return self.nested()


class _Banner(_Any):
    """A box that says how the page is to be taken."""

    def run(self) -> list[nodes.Node]:
        self.reading.banners.append(Named(self.name, self.place()))
        box = nodes.note()
        box.extend(self.nested())
        return [box]


class _Refused(_Any):
    """Not on the list."""

    def run(self) -> list[nodes.Node]:
        self.reading.trouble("directive", self.name, "", self.place())
        return [nodes.container()]


class _Code(_Any):
    """A block of code, kept as it is."""

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        language = self.arguments[0] if self.arguments else ""
        classes = tuple(self.options.get("class", "").split())
        name = self.options.get("name", "")
        first = self.content_offset + 1
        self.reading.code.append(Code(language, name, classes, text, first, self.place()))
        return [nodes.literal_block(text, text)]


def _directive(name: str, reading: _Reading, original: Callable[..., Any]) -> Any:
    """The class that docutils runs for directive *name*."""
    base: type[Directive]
    if name in CODE:
        base = _Code
    elif name in reading.vocabulary.banners:
        base = _Banner
    elif name in NESTED:
        base = _Nested
    elif name in reading.vocabulary.opaque:
        base = _Opaque
    elif name in DIRECTIVES:
        return _without_files(original(), reading)
    else:
        base = _Refused
    return type(base.__name__, (base,), {"reading": reading})


def _without_files(directive: Any, reading: _Reading) -> Any:
    """*directive*, its options that read something told as not allowed."""

    class Guarded(directive):  # type: ignore[misc]
        def run(self) -> list[nodes.Node]:
            for option in REFUSED_OPTIONS:
                if option in self.options:
                    place = reading.line(self.lineno)
                    reading.trouble("directive", f"{self.name} :{option}:", "", place)
                    return [nodes.container()]
            made: list[nodes.Node] = super().run()
            return made

    return Guarded


@contextmanager
def _only_allowed(reading: _Reading) -> Iterator[None]:
    """While this lasts, docutils finds no directive or role but through *reading*."""
    directive, role = directives.directive, roles.role

    def find_directive(name: str, language: Any, document: Any) -> Any:
        found = _directive(
            name.lower(), reading, lambda: directive(name.lower(), language, document)[0]
        )
        return found, []

    def find_role(name: str, *_: Any) -> Any:
        return reading.role(name.lower()), []

    _patch(find_directive, find_role)
    try:
        yield
    finally:
        _patch(directive, role)


def _patch(directive: Any, role: Any) -> None:
    directives.directive = directive
    roles.role = role
